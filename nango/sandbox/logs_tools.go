package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// Limits of the log tools, as in their schemas.
const (
	maxLogPage      = 500
	defaultLogPage  = 25
	maxLogFilters   = 20
	maxLogStates    = 10
	maxLogName      = 256
	maxMessageQuery = 100
	defaultPeriod   = 24 * time.Hour // of a list without a period

	scopeLogs    = "environment:logs:read"
	logsDisabled = "Nango logs are disabled"
)

// filterKinds are the types and actions of operations that can be asked for. The logs have others too.
var filterKinds = []struct {
	name    string
	actions []string
}{
	{"action", []string{"run"}},
	{"sync", []string{"pause", "unpause", "run", "request_run", "request_run_full", "cancel", "init", "create_variant", "delete_variant"}},
	{"proxy", []string{"call"}},
	{"events", []string{"post_connection_creation", "pre_connection_deletion", "validate_connection"}},
	{"auth", []string{"create_connection", "refresh_token", "post_connection", "connection_test"}},
	{"admin", []string{"impersonation"}},
	{"webhook", []string{"incoming", "forward", "sync", "connection_create", "connection_refresh"}},
	{"deploy", []string{"prebuilt", "custom"}},
}

var logStates = []string{"waiting", "running", "success", "failed", "timeout", "cancelled"}

var mcpTools = []mcpTool{
	{
		name: "logs_list_operations", scope: scopeLogs, arguments: listOperationsArguments(), run: listOperations,
		description: "Operations of the environment's logs, newest first. A search looks only at one page of operations.",
		input:       listOperationsSchema(), output: logPageSchema(`"operations":` + openList),
	},
	{
		name: "logs_get_operation", scope: scopeLogs, arguments: getOperationArguments, run: getOperation,
		description: "One operation of the environment's logs and a page of its messages, newest first.",
		input:       getOperationSchema, output: logPageSchema(`"operation":` + openObject + `,"messages":` + openList),
	},
}

const (
	isoPattern     = `^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?Z$`
	operationIDFmt = `^[a-zA-Z0-9_]{20,25}$`

	schemaHead   = `{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{`
	openObject   = `{"type":"object","properties":{},"additionalProperties":{}}`
	openList     = `{"type":"array","items":` + openObject + `}`
	cursorSchema = `{"anyOf":[{"type":"string"},{"type":"null"}]}`
	limitSchema  = `{"default":25,"type":"integer","minimum":1,"maximum":500}`
	dateSchema   = `{"type":"string","format":"date-time"}`
	periodSchema = `{"type":"object","properties":{"from":` + dateSchema + `,"to":` + dateSchema +
		`},"required":["from"],"additionalProperties":false}`
	namesSchema        = `{"maxItems":20,"type":"array","items":{"type":"string","minLength":1,"maxLength":256}}`
	getOperationSchema = schemaHead + `"operationId":{"type":"string","pattern":"` + operationIDFmt + `"},"messages":{"type":"object",` +
		`"properties":{"limit":` + limitSchema + `,"cursor":` + cursorSchema + `,"search":{"type":"string","maxLength":100},"period":` +
		periodSchema + `},"additionalProperties":false}},"required":["operationId"],"additionalProperties":false}`
)

func logPageSchema(fields string) string {
	var required []string
	for _, name := range []string{"operations", "operation", "messages"} {
		if strings.Contains(fields, `"`+name+`":`) {
			required = append(required, `"`+name+`",`)
		}
	}
	return schemaHead + fields + `,"pagination":{"type":"object","properties":{"total":{"type":"number"},"cursor":` + cursorSchema +
		`},"required":["total","cursor"],"additionalProperties":false}},"required":[` + strings.Join(required, "") +
		`"pagination"],"additionalProperties":false}`
}

func listOperationsSchema() string {
	kinds := []any{}
	for _, k := range filterKinds {
		actions := js.NewObject("minItems", 1, "maxItems", len(k.actions), "type", "array",
			"items", js.NewObject("type", "string", "enum", list(k.actions)))
		kinds = append(kinds, js.NewObject("type", "object",
			"properties", js.NewObject("type", js.NewObject("type", "string", "const", k.name), "actions", actions),
			"required", []any{"type"}, "additionalProperties", false))
	}
	operations := js.NewObject("maxItems", maxLogFilters, "type", "array", "items", js.NewObject("anyOf", kinds))
	states := js.NewObject("maxItems", maxLogStates, "type", "array", "items", js.NewObject("type", "string", "enum", list(logStates)))
	return schemaHead + `"search":{"type":"string","maxLength":256},"limit":` + limitSchema + `,"cursor":` + cursorSchema +
		`,"states":` + string(js.AppendValue(nil, states)) + `,"operations":` + string(js.AppendValue(nil, operations)) +
		`,"integrations":` + namesSchema + `,"connections":` + namesSchema + `,"syncs":` + namesSchema + `,"period":` + periodSchema +
		`},"additionalProperties":false}`
}

// jsonInteger accepts whole numbers, and no text as the numbers of a query may be.
func jsonInteger(low, high float64) zod.Rule {
	number := zod.Typed("number", func(n json.Number, _ []string, _ *zod.Issues) any { return n })
	return zod.Refine(number, zod.Integer(low, high))
}

var (
	isoRegexp  = regexp.MustCompile(isoPattern)
	isoDate    = zod.String(zod.Format(isISODate, "Invalid ISO datetime"))
	periodRule = zod.Optional(zod.Object(zod.Key("from", isoDate), zod.Key("to", zod.Optional(isoDate))))
	cursorRule = zod.Optional(zod.Nullable(zod.String()))

	getOperationArguments = zod.Object(
		zod.Key("operationId", zod.String(zod.Pattern(operationIDFmt))),
		zod.Key("messages", zod.Optional(zod.Object(
			zod.Key("limit", zod.Optional(jsonInteger(1, maxLogPage))),
			zod.Key("cursor", cursorRule),
			zod.Key("search", zod.Optional(zod.String(zod.Max(maxMessageQuery)))),
			zod.Key("period", periodRule)))),
	)
)

func isISODate(s string) bool {
	_, err := time.Parse(time.RFC3339, s)
	return isoRegexp.MatchString(s) && err == nil
}

func listOperationsArguments() zod.Rule {
	var kinds []zod.Rule
	for _, k := range filterKinds {
		actions := zod.Refine(zod.Array(zod.Enum(k.actions...)), zod.MaxItems(len(k.actions)))
		kinds = append(kinds, zod.Object(zod.Key("type", zod.Enum(k.name)), zod.Key("actions", zod.Optional(actions))))
	}
	items := func(r zod.Rule, n int) zod.Rule { return zod.Optional(zod.Refine(zod.Array(r), zod.MaxItems(n))) }
	names := items(zod.String(zod.Min(1), zod.Max(maxLogName)), maxLogFilters)
	return zod.Object(
		zod.Key("search", zod.Optional(zod.String(zod.Max(maxLogName)))),
		zod.Key("limit", zod.Optional(jsonInteger(1, maxLogPage))),
		zod.Key("cursor", cursorRule),
		zod.Key("states", items(zod.Enum(logStates...), maxLogStates)),
		zod.Key("operations", items(zod.Union(kinds...), maxLogFilters)),
		zod.Key("integrations", names), zod.Key("connections", names), zod.Key("syncs", names),
		zod.Key("period", periodRule),
	)
}

// logCursor is the place of a row: the rows after it are older. Its text is that of the log store, as seen on v0.71.4.
type logCursor struct {
	ms int64
	id string
}

func (k logCursor) text() string {
	raw := js.AppendValue(nil, []any{json.Number(strconv.FormatInt(k.ms, 10)), k.id})
	return base64.StdEncoding.EncodeToString(raw)
}

// readCursor reads a cursor; ok is false if it is none.
func readCursor(s string) (k logCursor, ok bool) {
	raw, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return k, false
	}
	var pair []any
	if json.Unmarshal(raw, &pair) != nil || len(pair) != 2 {
		return k, false
	}
	ms, isNumber := pair[0].(float64)
	id, isText := pair[1].(string)
	return logCursor{int64(ms), id}, isNumber && isText
}

// olderThan reports whether a row comes after the cursor in a list that begins with the newest.
func (k logCursor) olderThan(other logCursor) bool {
	return k.ms < other.ms || k.ms == other.ms && k.id < other.id
}

// logPeriod is from and to of an argument, in milliseconds; both are included.
func logPeriod(period *js.Object, from, to time.Time) (int64, int64) {
	if t, err := time.Parse(time.RFC3339, period.Str("from")); err == nil {
		from = t
	}
	if t, err := time.Parse(time.RFC3339, period.Str("to")); err == nil {
		to = t
	}
	return from.UnixMilli(), to.UnixMilli()
}

// logPage is the pagination of an answer.
func logPage(total int, cursor any) *js.Object { return js.NewObject("total", total, "cursor", cursor) }

const badCursor = "Internal error" // the store refuses it, and the tool tells no more

// listOperations is logs_list_operations. A search looks only at the operations of the page, so that it can find none and
// have a next page, as seen on v0.71.4.
func listOperations(c *call, q *js.Object) (any, string) {
	if c.logOptions.Disabled {
		return nil, logsDisabled
	}
	cursor, ok := readCursor(q.Str("cursor"))
	if q.Str("cursor") != "" && !ok {
		return nil, badCursor
	}
	now := c.now()
	c.env.updateLogs(now, c.logOptions)
	from, to := logPeriod(q.Obj("period"), now.Add(-defaultPeriod), time.UnixMilli(1<<50))
	limit, wanted := intOr(q, "limit", defaultLogPage), newOperationFilter(q)
	var page []*operation
	total := 0
	for _, o := range slices.Backward(c.env.logs.between(from, min(to, now.UnixMilli()))) {
		if !wanted.matches(o, timestampMs(now)) {
			continue
		}
		total++
		if len(page) < limit && (!ok || o.cursor().olderThan(cursor)) {
			page = append(page, o)
		}
	}
	var next any
	if len(page) == limit && total > limit {
		next = page[limit-1].cursor().text()
	}
	rows := []any{}
	for _, o := range page {
		if search := q.Str("search"); search == "" || o.contains(search, timestampMs(now)) {
			rows = append(rows, o.view(c.env, timestampMs(now)))
		}
	}
	if q.Str("search") != "" {
		total = len(rows)
	}
	return js.NewObject("operations", rows, "pagination", logPage(total, next)), ""
}

// getOperation is logs_get_operation. The cursor is never null where messages came, as seen on v0.71.4.
func getOperation(c *call, q *js.Object) (any, string) {
	if c.logOptions.Disabled {
		return nil, logsDisabled
	}
	now := c.now()
	c.env.updateLogs(now, c.logOptions)
	o := c.env.logs.byID[q.Str("operationId")]
	if o == nil {
		return nil, "Operation not found"
	}
	page := q.Obj("messages")
	cursor, ok := readCursor(page.Str("cursor"))
	if page.Str("cursor") != "" && !ok {
		return nil, badCursor
	}
	from, to := logPeriod(page.Obj("period"), time.UnixMilli(0), time.UnixMilli(1<<50))
	limit, search := intOr(page, "limit", defaultLogPage), strings.ToLower(page.Str("search"))
	rows, total := []any{}, 0
	var last logCursor
	for _, m := range slices.Backward(o.messagesAt(timestampMs(now))) {
		at := m.cursor()
		if at.ms < from || at.ms > to || search != "" && !strings.Contains(strings.ToLower(m.text()), search) {
			continue
		}
		total++
		if len(rows) < limit && (!ok || at.olderThan(cursor)) {
			rows, last = append(rows, m.view()), at
		}
	}
	var next any
	if len(rows) > 0 {
		next = last.text()
	}
	return js.NewObject("operation", o.view(c.env, timestampMs(now)), "messages", rows, "pagination", logPage(total, next)), ""
}

// operationFilter is what a list asks for; an empty list is everything.
type operationFilter struct {
	states, integrations, connections, syncs []string
	kinds                                    []*js.Object
}

func newOperationFilter(q *js.Object) operationFilter {
	f := operationFilter{states: q.Strings("states"), integrations: q.Strings("integrations"),
		connections: q.Strings("connections"), syncs: q.Strings("syncs")}
	kinds, _ := q.Get("operations").([]any)
	for _, k := range kinds {
		f.kinds = append(f.kinds, k.(*js.Object))
	}
	return f
}

func (f operationFilter) matches(o *operation, now timestamp) bool {
	has := func(list []string, name string) bool { return len(list) == 0 || slices.Contains(list, name) }
	return has(f.states, o.stateAt(now)) && has(f.integrations, o.integrationName()) && has(f.connections, o.connectionName()) &&
		has(f.syncs, o.functionName()) && (len(f.kinds) == 0 || slices.ContainsFunc(f.kinds, o.kind.is))
}
