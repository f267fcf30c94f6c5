package sandbox

import (
	"cmp"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

const (
	maxRecordPage     = 10_000
	defaultRecordPage = 100
	defaultPrune      = 1_000
	maxCursor         = 1_000
	maxRecordIDs      = 100
	maxRecordID       = 256
)

var (
	modelRule = zod.String(zod.Pattern(`^[A-Z][a-zA-Z0-9_-]+$`), zod.Max(maxNameLength))
	utcRegexp = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$`)
)

// recordsConnection returns the connection of the headers, or ends the request.
func (c *call) recordsConnection() *connection {
	h := c.validHeaders(zod.Key("connection-id", connectionIDRule), zod.Key("provider-config-key", integrationRule))
	return require(c.env.connection(h.Str("provider-config-key"), h.Str("connection-id")), failure(http.StatusBadRequest,
		"unknown_connection", "Provided ConnectionId and ProviderConfigKey does not match a valid connection"))
}

// modelState returns the sync that saves a model, and the model's index in it. An unknown model has no records.
func (c *call) modelState(conn *connection, model, variant string) (*syncState, int) {
	variant = cmp.Or(variant, baseVariant)
	for _, s := range c.env.syncsOf(conn, nil) {
		if n := slices.Index(s.fn.returns, model); n >= 0 && s.variant == variant {
			s.advance(c.timestamp())
			return s, n
		}
	}
	return nil, 0
}

// recentRule accepts a time of the last twelve months that ends in Z.
func (c *call) recentRule(s string, at []string, in *zod.Issues) any {
	t, err := time.Parse(time.RFC3339Nano, s)
	if !utcRegexp.MatchString(s) {
		in.Add(at, "invalid_format", "Invalid ISO datetime")
	}
	if err != nil || t.Before(c.now().AddDate(-1, 0, 0)) {
		in.Add(at, "custom", "must be within the last 12 months")
	}
	return s
}

func filterRule(s string, at []string, in *zod.Issues) any {
	for word := range strings.SplitSeq(s, ",") {
		if !slices.Contains([]string{"added", "updated", "deleted"}, strings.ToLower(word)) {
			in.Add(at, "invalid_value", `Invalid option: expected one of "added"|"updated"|"deleted"`)
		}
	}
	return s
}

// idsRule accepts one id or several. A comma is part of an id.
func idsRule(v any, at []string, in *zod.Issues) any {
	id := zod.String(zod.Min(1), zod.Max(maxRecordID))
	values, ok := v.([]any)
	if !ok {
		return []any{id(v, at, in)}
	}
	zod.MaxItems(maxRecordIDs)(values, at, in)
	return zod.Array(id)(v, at, in)
}

// recordQuery is the query of GET /records.
type recordQuery struct {
	limit   int
	after   recordPosition
	since   timestamp
	ids     []any
	matches func(action string) bool
}

func (c *call) readRecordQuery(q *js.Object) recordQuery {
	out := recordQuery{limit: intOr(q, "limit", defaultRecordPage), matches: actionFilter(q.Str("filter")), since: -1}
	out.ids, _ = q.Get("ids").([]any)
	for _, name := range []string{"delta", "modified_after"} {
		if t, err := time.Parse(time.RFC3339Nano, q.Str(name)); err == nil {
			out.since = toTimestamp(t)
		}
	}
	if q.Str("cursor") == "" {
		return out
	}
	after, ok := parseCursor(q.Str("cursor"))
	if !ok {
		stop(failure(http.StatusInternalServerError, "server_error", "Failed to fetch records"))
	}
	out.after = after
	return out
}

// actionFilter has a quirk of the server: together with another action, "deleted" excludes deleted records.
func actionFilter(filter string) func(string) bool {
	if filter == "" {
		return func(string) bool { return true }
	}
	words := strings.Split(strings.ToUpper(filter), ",")
	return func(action string) bool {
		return slices.Contains(words, action) && (action != recordDeleted || len(words) == 1)
	}
}

// getRecords is GET /records: oldest change first, until next_cursor is null.
func getRecords(c *call) answer {
	q := c.validQuery(
		zod.Key("model", modelRule),
		zod.Key("variant", zod.Optional(functionRule)),
		zod.Key("delta", zod.Optional(zod.Typed("string", c.recentRule))),
		zod.Key("modified_after", zod.Optional(zod.Typed("string", c.recentRule))),
		zod.Key("limit", zod.Optional(zod.Number(1, maxRecordPage))),
		zod.Key("filter", zod.Optional(zod.Typed("string", filterRule))),
		zod.Key("cursor", zod.Optional(zod.String(zod.Min(1), zod.Max(maxCursor)))),
		zod.Key("ids", zod.Optional(idsRule)),
	)
	conn := c.recordsConnection()
	wanted := c.readRecordQuery(q)
	s, model := c.modelState(conn, q.Str("model"), q.Str("variant"))
	if s == nil {
		return jsonText(http.StatusOK, []byte(`{"next_cursor":null,"records":[]}`))
	}
	rows, more := c.env.recordPage(s, model, wanted)
	var next any
	if more {
		next = s.cursor(rows[len(rows)-1])
	}
	b := append(js.AppendValue([]byte(`{"next_cursor":`), next), `,"records":[`...)
	b = slices.Grow(b, len(rows)*(s.fn.sizes.bytes+512))
	for n, r := range rows {
		if n > 0 {
			b = append(b, ',')
		}
		b = s.appendRecord(b, model, r)
	}
	return jsonText(http.StatusOK, append(b, "]}"...))
}

// recordPage returns the records of a query, and whether there are more.
func (env *environment) recordPage(s *syncState, model int, q recordQuery) ([]recordRow, bool) {
	all := env.sortedRecords(s, model)
	first, _ := slices.BinarySearchFunc(all, q.after, func(r recordRow, after recordPosition) int {
		if r.position().compare(after) <= 0 {
			return -1
		}
		return 1
	})
	var rows []recordRow
	for _, r := range all[first:] {
		if r.modified <= q.since || !q.matches(r.action) || q.ids != nil && !slices.Contains(q.ids, any(s.externalID(r))) {
			continue
		}
		if len(rows) == q.limit {
			return rows, true
		}
		rows = append(rows, r)
	}
	return rows, false
}

// appendRecord writes a record. A pruned record has only its id.
func (s *syncState) appendRecord(b []byte, model int, r recordRow) []byte {
	b = js.AppendString(append(b, `{"id":`...), s.externalID(r))
	prunedAt, pruned := s.isPruned(model, r)
	if !pruned {
		b = s.appendPayload(b, model, r)
	}
	var deleted, erased any
	if r.action == recordDeleted {
		deleted = pgTime(r.modified.time())
	}
	if pruned {
		erased = pgTime(prunedAt.time())
	}
	metadata := js.NewObject("first_seen_at", pgTime(r.firstSeen.time()), "last_modified_at", pgTime(r.modified.time()),
		"last_action", r.action, "deleted_at", deleted, "pruned_at", erased, "cursor", s.cursor(r))
	return append(js.AppendValue(append(b, `,"_nango_metadata":`...), metadata), '}')
}

var pruneBody = zod.Object(
	zod.Key("model", modelRule),
	zod.Key("variant", zod.Optional(functionRule)),
	zod.Key("until_cursor", zod.String(zod.Min(1), zod.Max(maxCursor))),
	zod.Key("limit", zod.Optional(zod.Number(1, maxRecordPage))),
)

// patchRecordsPrune is PATCH /records/prune: it erases payloads up to and including a cursor.
func patchRecordsPrune(c *call) answer {
	body := c.validBody(pruneBody)
	conn := c.recordsConnection()
	until, ok := parseCursor(body.Str("until_cursor"))
	if !ok {
		return failure(http.StatusInternalServerError, "server_error", "Failed to prune records")
	}
	limit := intOr(body, "limit", defaultPrune)
	count := 0
	if s, model := c.modelState(conn, body.Str("model"), body.Str("variant")); s != nil {
		count = c.prune(s, model, until, limit)
	}
	return jsonAnswer(http.StatusOK, js.NewObject("count", count, "has_more", count == limit))
}

func (c *call) prune(s *syncState, model int, until recordPosition, limit int) int {
	count := 0
	for _, r := range c.env.sortedRecords(s, model) {
		if count == limit || r.position().compare(until) > 0 {
			break
		}
		if _, already := s.isPruned(model, r); already || r.action == recordDeleted {
			continue
		}
		if s.pruned == nil {
			s.pruned = map[prunedKey]pruning{}
		}
		s.pruned[prunedKey{model, r.index}] = pruning{r.lastTick, toTimestamp(c.now())}
		count++
	}
	return count
}

// externalID is the provider's id of a record.
func (s *syncState) externalID(r recordRow) string {
	if s.fn.fixedRecords != nil {
		return s.fn.fixedRecords[r.index].id
	}
	h := fake.Hash(s.seed, uint64(r.index), 11)
	if s.fn.sizes.prefix == "" {
		return strconv.FormatUint(h|1<<53, 10)
	}
	return fmt.Sprintf("%s%010x", s.fn.sizes.prefix, h&0xff_ffff_ffff)
}

// appendPayload writes the fields of a record after its id.
func (s *syncState) appendPayload(b []byte, model int, r recordRow) []byte {
	if s.fn.fixedRecords != nil {
		return appendFields(b, s.fn.fixedRecords[r.index].payload)
	}
	m := &fake.Generator{Seed: fake.Hash(s.seed, uint64(model), uint64(r.index), 13), Version: uint64(r.version)}
	before := len(b)
	schema := s.fn.modelSchema(s.fn.returns[model])
	if schema == nil {
		return b
	}
	b = appendFields(b, m.Object(schema))
	if missing := s.fn.sizes.bytes - (len(b) - before); missing > 0 {
		text := strings.Repeat(fake.Filler, missing/len(fake.Filler)+1)[:missing]
		b = js.AppendString(append(b, `,"notes":`...), text)
	}
	return b
}

func appendFields(b []byte, o *js.Object) []byte {
	for k, v := range o.All() {
		if k != "id" {
			b = append(js.AppendString(append(b, ','), k), ':')
			b = js.AppendValue(b, v)
		}
	}
	return b
}

// modelSchema returns the schema of a model, nil if there is none.
func (f *function) modelSchema(name string) *js.Object { return f.schema.Obj("definitions").Obj(name) }
