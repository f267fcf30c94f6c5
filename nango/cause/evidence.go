package cause

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"nango-tui/internal/clean"
	"nango-tui/nango"
)

// Bounds for what is read of an operation.
const (
	// maxMessages is how many messages are searched.
	maxMessages = 500
	// maxWalked is how much of a message or a payload is searched for a location and codes, in bytes.
	maxWalked = 64 << 10
	// maxName is the maximum length of a type, an action or a code, in bytes.
	maxName = 60
)

// Types and actions of operations that have a meaning here.
const (
	typeAuth      = "auth"
	typeSync      = "sync"
	typeWebhook   = "webhook"
	actionRefresh = "refresh_token"
)

// evidence is what an operation says about its failure.
type evidence struct {
	mask func(string) string
	// status is the provider's; 0 if it didn't respond.
	status int
	code   string // Nango's error code, such as "script_http_error"
	// theirs is what the provider said, ours what Nango or the function said, spare what is left.
	theirs, ours, spare string
	request             string
	file                string
	line                int
	until               time.Time

	// About the operation, for the table.
	isAuth        bool
	isWebhook     bool
	provider      string // in lower case
	mode          string
	connected, at time.Time
}

// said is what is shown: the provider's words, else Nango's or the function's.
func (e *evidence) said() string {
	for _, text := range []string{e.theirs, e.ours} {
		if text != "" && !(e.status > 0 && noise.MatchString(text)) {
			return text
		}
	}
	if e.status > 0 {
		return "" // Nango's sentence says no more than the status
	}
	return e.spare
}

// noise is what HTTP clients say about a status. It adds nothing to the status.
var noise = regexp.MustCompile(`(?i)^(axioserror: )?request failed with status code \d+$`)

// searched is what the table is compared with, in lower case.
func (e *evidence) searched() string {
	return strings.ToLower(strings.Join([]string{e.theirs, e.ours, e.spare, e.code}, " \n "))
}

// text is a text of a server, masked and clean.
func (e *evidence) text(s string) string {
	if e.mask != nil {
		s = e.mask(s)
	}
	return line(s)
}

func line(s string) string { return clean.Line(s).String() }

func clip(s string) string { return line(s[:min(len(s), maxName)]) }

// gather reads an operation and its messages.
func gather(in Input) *evidence {
	o := in.Operation
	e := &evidence{mask: in.Mask, isAuth: o.Type == typeAuth, isWebhook: o.Type == typeWebhook && o.Action != "incoming"}
	messages := slices.Clone(in.Messages[:min(len(in.Messages), maxMessages)])
	slices.SortStableFunc(messages, func(a, b nango.LogMessage) int { return b.Created.Compare(a.Created) })
	if o.Error != nil {
		e.failure(o.Error)
	}
	for i := range messages {
		if m := &messages[i]; m.Source != nango.LogUser && m.Type != nango.LogHTTP && m.Level == "error" {
			e.message(m)
		}
	}
	for i := range messages {
		if m := &messages[i]; m.Type == nango.LogHTTP && failed(m) && !isFunctionFault(e.code) {
			e.exchange(m)
			break
		}
	}
	e.userMessage(messages)
	return e
}

// failed reports whether an HTTP message is about a request that failed.
func failed(m *nango.LogMessage) bool {
	return m.Level == "error" || m.Error != nil || m.Response != nil && m.Response.Code >= http.StatusBadRequest
}

// isFunctionFault reports whether a code says that the function itself failed, whatever requests it has made.
func isFunctionFault(code string) bool {
	return strings.HasSuffix(code, "_script_runtime_error") || strings.HasPrefix(code, "function_runtime_") ||
		slices.Contains([]string{"script_internal_error", "invalid_action_output", "invalid_action_input", "execution_timeout",
			"compilation_error", "validation_error"}, code)
}

// isProviderCode reports whether Nango's code says that the payload is the provider's.
func isProviderCode(code string) bool {
	return code == "script_http_error" || code == "script_api_rate_limit_error" || strings.Contains(code, "external_error")
}

// failure reads an error of Nango.
func (e *evidence) failure(f *nango.LogError) {
	e.setCode(f.Type)
	said := nango.Words(f.Payload, e.mask)
	switch {
	case f.Upstream != nil:
		e.setStatus(f.Upstream.Status, f.Upstream.Header)
		set(&e.theirs, nango.Words(f.Upstream.Body, e.mask))
	case isProviderCode(f.Type):
		set(&e.theirs, said)
	}
	if isFunctionFault(f.Type) {
		e.location(string(f.Payload))
		e.location(f.Message)
	}
	set(&e.ours, said)
	set(&e.spare, nango.Words([]byte(f.Message), e.mask))
}

// message reads an error message of Nango. Its error is beside it or in its metadata.
func (e *evidence) message(m *nango.LogMessage) {
	if m.Error != nil {
		e.failure(m.Error)
	}
	var meta struct {
		Type, Message        string
		Payload, Body, Error json.RawMessage
	}
	if len(m.Meta) > 0 {
		_ = json.Unmarshal(m.Meta, &meta) // what doesn't fit stays empty
	}
	e.setCode(meta.Type)
	said := nango.Words(meta.Payload, e.mask)
	if isProviderCode(meta.Type) {
		set(&e.theirs, said)
	}
	set(&e.theirs, nango.Words(meta.Body, e.mask))
	set(&e.ours, said)
	set(&e.ours, nango.Words(meta.Error, e.mask))
	set(&e.spare, nango.Words([]byte(meta.Message), e.mask))
	set(&e.spare, nango.Words([]byte(m.Message), e.mask))
}

// exchange reads a request that failed.
func (e *evidence) exchange(m *nango.LogMessage) {
	if m.Request != nil {
		url, _, _ := strings.Cut(m.Request.URL, "?")
		e.request = strings.TrimSpace(m.Request.Method + " " + url)
	}
	if m.Response != nil {
		if e.setStatus(m.Response.Code, m.Response.Header); len(m.Response.Body) > 0 {
			set(&e.theirs, nango.Words(m.Response.Body, e.mask))
		}
	}
	var meta struct{ Body json.RawMessage }
	if len(m.Meta) > 0 {
		_ = json.Unmarshal(m.Meta, &meta) // what doesn't fit stays empty
	}
	set(&e.theirs, nango.Words(meta.Body, e.mask))
	if m.Error != nil {
		said := nango.Words([]byte(m.Error.Message), e.mask)
		if e.status == 0 { // what the network said is the cause; Nango's sentence only says where it happened
			said = strings.TrimSpace(said + " " + nango.Words(m.Error.Payload, e.mask))
			set(&e.theirs, said)
		}
		set(&e.ours, said)
	}
}

// userMessage takes what the function itself logged last as an error, if there is nothing else.
func (e *evidence) userMessage(messages []nango.LogMessage) {
	for i := range messages {
		if m := &messages[i]; m.Source == nango.LogUser && m.Level == "error" && e.theirs == "" && e.ours == "" {
			e.ours = nango.Words([]byte(m.Message), e.mask)
		}
	}
}

func (e *evidence) setCode(code string) { set(&e.code, clip(code)) }

// setStatus sets the provider's status, and until when its rate limit holds.
func (e *evidence) setStatus(status int, header http.Header) {
	if e.status == 0 && status >= 100 && status <= 999 {
		e.status, e.until = status, retryAt(header)
	}
}

// set sets a text unless it is set.
func set(to *string, text string) {
	if *to == "" {
		*to = text
	}
}

// maxWait is the longest rate limit that is believed.
const maxWait = 31 * 24 * time.Hour

// retryAt is when a response allows the next request, by the clock of its server; zero if it doesn't say.
func retryAt(header http.Header) time.Time {
	get := func(name string) string {
		for key, values := range header {
			if strings.EqualFold(key, name) && len(values) > 0 {
				return strings.TrimSpace(values[0])
			}
		}
		return ""
	}
	date, err := http.ParseTime(get("Date"))
	text := get("Retry-After")
	if at, wrong := http.ParseTime(text); wrong == nil {
		return at
	}
	if seconds, wrong := strconv.ParseUint(text, 10, 32); wrong == nil && err == nil {
		if wait := time.Duration(seconds) * time.Second; wait <= maxWait {
			return date.Add(wait)
		}
	}
	for _, name := range []string{"X-RateLimit-Reset", "RateLimit-Reset"} {
		if reset, wrong := strconv.ParseInt(get(name), 10, 64); wrong == nil && err == nil {
			if at := time.Unix(reset, 0); at.After(date) && at.Sub(date) <= maxWait {
				return at
			}
		}
	}
	return time.Time{}
}

// locationPattern matches what stack traces write: "contacts.ts:12:5", "/app/contacts.js(12,5)".
var locationPattern = regexp.MustCompile(`([\w.$@/\\-]*[/\\])?([\w.$@-]{1,100}\.[cm]?[jt]sx?)[(:](\d{1,6})`)

// location finds the first line of the function's code that a text names. Modules are not the function's code.
func (e *evidence) location(text string) {
	text = text[:min(len(text), maxWalked)]
	for _, at := range locationPattern.FindAllStringSubmatch(text, maxLocations) {
		if e.line == 0 && !strings.Contains(at[1], "node_modules") {
			e.file = at[2]
			e.line, _ = strconv.Atoi(at[3]) // a few digits
		}
	}
}

// maxLocations is how many locations of a stack trace are read.
const maxLocations = 50
