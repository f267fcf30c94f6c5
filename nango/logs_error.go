package nango

// LogsUnavailable returns why the logs can't be read at all, in one line, if that is what an error says. An error about a single
// operation, such as [NotFound], is none of these.
func LogsUnavailable(err error) (reason string, ok bool) {
	e, ok := AsError(err)
	if !ok || !e.Operation.ofLogs() {
		return "", false
	}
	reason, ok = logsReasons[e.Kind]
	return reason, ok
}

// logsReasons are the kinds that concern all logs.
var logsReasons = map[Kind]string{
	LogsDisabled:  "Logs are off on this server.",
	LogsNoAddress: "Logs: no address. Name it with logs: in the profile.",
	LogsTooOld:    "Logs: this server is too old. They need v0.71.0 or later.",
	LogsTooNew:    "Logs: this server is too new for this program.",
	Forbidden:     "Logs: this key lacks the scope " + scopeLogs + ".",
	Unauthorized:  "Logs: this key is unknown to the server of the logs.",
	Network:       "Logs: the server of the logs is not reachable.",
	Timeout:       "Logs: the server of the logs doesn't respond.",
}

const scopeLogs = "environment:logs:read"

// ofLogs reports whether the operation calls log tools.
func (o Operation) ofLogs() bool { return o == OpLogsList || o == OpLogGet || o == OpLogsBatch }
