package sandbox

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	maxRecordPage     = 10_000
	defaultRecordPage = 100
	defaultPrune      = 1_000
	maxCursor         = 1_000
	maxRecordIDs      = 100
	maxRecordID       = 256
	modelPattern      = `^[A-Z][a-zA-Z0-9_-]+$`
)

var (
	modelRegexp = regexp.MustCompile(modelPattern)
	modelRule   = text(matches(modelRegexp, modelPattern), atMost(maxNameLength))
	utcRegexp   = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$`)
)

// validHeaders checks headers, which go by their lower-case names in what is wrong with them.
func (c *call) validHeaders(fields ...field) *object {
	o := newObject()
	for _, f := range fields {
		if list, ok := c.r.Header[http.CanonicalHeaderKey(f.key)]; ok && len(list) > 0 {
			o.set(f.key, list[0])
		}
	}
	return valid("invalid_headers", loose(fields...), o)
}

// recordsOf is the connection that the headers name, or the end of the request.
func (c *call) recordsOf() *connection {
	h := c.validHeaders(field{"connection-id", connectionIDRule}, field{"provider-config-key", integrationRule})
	conn := c.world.connection(h.str("provider-config-key"), h.str("connection-id"))
	if conn == nil {
		stop(failure(http.StatusBadRequest, "unknown_connection", "Provided ConnectionId and ProviderConfigKey does not match a valid connection"))
	}
	return conn
}

// modelState finds the sync that saves a model, and the model's place in it. A model that nobody
// knows has no records.
func (c *call) modelState(conn *connection, model, variant string) (*syncState, int) {
	if variant == "" {
		variant = baseVariant
	}
	for _, s := range c.world.statesOf(conn, nil) {
		if n := slices.Index(s.fn.returns, model); n >= 0 && s.variant == variant {
			s.settle(millis(c.now()))
			return s, n
		}
	}
	return nil, 0
}

// recentRule wants a time that ends in Z and lies within twelve months.
func (c *call) recentRule(v any, at []string, in *issues) any {
	s, ok := v.(string)
	if !ok {
		wrongType("string", v, at, in)
		return nil
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if !utcRegexp.MatchString(s) {
		in.add(at, "invalid_format", "Invalid ISO datetime")
	}
	if err != nil || t.Before(c.now().AddDate(-1, 0, 0)) {
		in.add(at, "custom", "must be within the last 12 months")
	}
	return s
}

var actionWords = []string{"added", "updated", "deleted"}

func filterRule(v any, at []string, in *issues) any {
	s, ok := v.(string)
	if !ok {
		wrongType("string", v, at, in)
		return nil
	}
	for word := range strings.SplitSeq(s, ",") {
		if !slices.Contains(actionWords, strings.ToLower(word)) {
			in.add(at, "invalid_value", `Invalid option: expected one of "added"|"updated"|"deleted"`)
		}
	}
	return s
}

// idsRule takes one id or several; a comma is part of an id.
func idsRule(v any, at []string, in *issues) any {
	id := text(atLeast(1), atMost(maxRecordID))
	values, ok := v.([]any)
	if !ok {
		return []any{id(v, at, in)}
	}
	if len(values) > maxRecordIDs {
		in.add(at, "too_big", "Too big: expected array to have <="+strconv.Itoa(maxRecordIDs)+" items")
	}
	return list(id)(v, at, in)
}

// recordQuery is what GET /records was asked for.
type recordQuery struct {
	limit  int
	after  place
	since  stamp
	ids    []any
	passes func(action string) bool
}

func (c *call) readRecordQuery(q *object) recordQuery {
	out := recordQuery{limit: numberOr(q, "limit", defaultRecordPage), passes: actionFilter(q.str("filter")), since: -1}
	out.ids, _ = q.get("ids").([]any)
	for _, name := range []string{"delta", "modified_after"} {
		if t, err := time.Parse(time.RFC3339Nano, q.str(name)); err == nil {
			out.since = stampOf(t)
		}
	}
	if q.str("cursor") == "" {
		return out
	}
	after, ok := parseCursor(q.str("cursor"))
	if !ok {
		stop(failure(http.StatusInternalServerError, "server_error", "Failed to fetch records"))
	}
	out.after = after
	return out
}

// actionFilter has the server's quirk: beside another action, "deleted" drops the deleted ones.
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
		field{"model", modelRule},
		field{"variant", optional(functionRule)},
		field{"delta", optional(c.recentRule)},
		field{"modified_after", optional(c.recentRule)},
		field{"limit", optional(numberBetween(1, maxRecordPage))},
		field{"filter", optional(filterRule)},
		field{"cursor", optional(text(atLeast(1), atMost(maxCursor)))},
		field{"ids", optional(idsRule)},
	)
	conn := c.recordsOf()
	wanted := c.readRecordQuery(q)
	s, model := c.modelState(conn, q.str("model"), q.str("variant"))
	if s == nil {
		return jsonText(http.StatusOK, []byte(`{"next_cursor":null,"records":[]}`))
	}
	rows, more := c.world.page(s, model, wanted)
	b := []byte(`{"next_cursor":`)
	if more {
		b = appendString(b, s.cursor(rows[len(rows)-1]))
	} else {
		b = append(b, "null"...)
	}
	b = append(b, `,"records":[`...)
	b = slices.Grow(b, len(rows)*(s.fn.sizes.bytes+512))
	for n, r := range rows {
		if n > 0 {
			b = append(b, ',')
		}
		b = s.appendRecord(b, model, r)
	}
	return jsonText(http.StatusOK, append(b, "]}"...))
}

// page are the records that a query gets, and whether there are more.
func (w *world) page(s *syncState, model int, q recordQuery) ([]recordRow, bool) {
	all := w.listed(s, model)
	first, _ := slices.BinarySearchFunc(all, q.after, func(r recordRow, after place) int {
		if r.place().compare(after) <= 0 {
			return -1
		}
		return 1
	})
	var rows []recordRow
	for _, r := range all[first:] {
		if r.at <= q.since || !q.passes(r.action) || q.ids != nil && !slices.Contains(q.ids, any(s.externalID(r))) {
			continue
		}
		if len(rows) == q.limit {
			return rows, true
		}
		rows = append(rows, r)
	}
	return rows, false
}

// appendRecord writes a record; of a pruned one the id is left.
func (s *syncState) appendRecord(b []byte, model int, r recordRow) []byte {
	b = appendString(append(b, `{"id":`...), s.externalID(r))
	prunedAt, pruned := s.isPruned(model, r)
	if !pruned {
		b = s.appendPayload(b, model, r)
	}
	b = appendString(append(b, `,"_nango_metadata":{"first_seen_at":`...), pgTime(r.seen.time()))
	b = appendString(append(b, `,"last_modified_at":`...), pgTime(r.at.time()))
	b = appendString(append(b, `,"last_action":`...), r.action)
	deleted, erased := "", ""
	if r.action == recordDeleted {
		deleted = pgTime(r.at.time())
	}
	if pruned {
		erased = pgTime(prunedAt.time())
	}
	b = appendNullable(append(b, `,"deleted_at":`...), deleted)
	b = appendNullable(append(b, `,"pruned_at":`...), erased)
	b = appendString(append(b, `,"cursor":`...), s.cursor(r))
	return append(b, "}}"...)
}

var pruneBody = shape(
	field{"model", modelRule},
	field{"variant", optional(functionRule)},
	field{"until_cursor", text(atLeast(1), atMost(maxCursor))},
	field{"limit", optional(numberBetween(1, maxRecordPage))},
)

// patchRecordsPrune is PATCH /records/prune: it erases payloads up to and with a cursor.
func patchRecordsPrune(c *call) answer {
	c.validQuery()
	body := c.validBody(pruneBody)
	conn := c.recordsOf()
	until, ok := parseCursor(body.str("until_cursor"))
	if !ok {
		return failure(http.StatusInternalServerError, "server_error", "Failed to prune records")
	}
	limit := numberOr(body, "limit", defaultPrune)
	count := 0
	if s, model := c.modelState(conn, body.str("model"), body.str("variant")); s != nil {
		count = c.prune(s, model, until, limit)
	}
	return jsonAnswer(http.StatusOK, newObject("count", count, "has_more", count == limit))
}

func (c *call) prune(s *syncState, model int, until place, limit int) int {
	count := 0
	for _, r := range c.world.listed(s, model) {
		if count == limit || r.place().compare(until) > 0 {
			break
		}
		if _, already := s.isPruned(model, r); already || r.action == recordDeleted {
			continue
		}
		if s.pruned == nil {
			s.pruned = map[prunedKey]pruning{}
		}
		s.pruned[prunedKey{model, r.index}] = pruning{r.tick, stampOf(c.now())}
		count++
	}
	return count
}
