package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

const (
	maxPage     = 2_000  // largest limit of GET /connections
	defaultPage = 10_000 // rows without a limit: the list is cut there without a word
	maxOffset   = 1 << 40
)

var connectionFilters = []zod.Field{
	zod.Key("connectionId", zod.Optional(nameRule)),
	zod.Key("search", zod.Optional(nameRule)),
	zod.Key("endUserId", zod.Optional(nameRule)),
	zod.Key("integrationId", zod.Optional(zod.String(zod.Min(1)))),
	zod.Key("endUserOrganizationId", zod.Optional(nameRule)),
	zod.Key("tags", zod.Optional(tagsRule)),
	zod.Key("limit", zod.Optional(zod.Number(1, maxPage))),
	zod.Key("page", zod.Optional(zod.Number(0, maxOffset))),
}

// getConnections is GET /connections and GET /connection: newest first, no total, no next link.
func getConnections(c *call) answer {
	q := c.validQuery(connectionFilters...)
	limit, page := float64(defaultPage), 0.0
	if v, ok := q.Get("limit").(float64); ok {
		limit = v
	}
	if v, ok := q.Get("page").(float64); ok {
		page = v
	}
	rows := c.env.connectionPage(connectionFilter(q), int(page*limit), int(limit))
	b := make([]byte, 0, 400*len(rows)+32)
	b = append(b, `{"connections":[`...)
	for i, row := range rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendRow(b, row)
	}
	return jsonText(http.StatusOK, append(b, "]}"...))
}

// connectionFilter makes one test of a connection out of all filters of a query.
func connectionFilter(q *js.Object) func(*connection) bool {
	var tests []func(*connection) bool
	if id := q.Str("connectionId"); id != "" {
		tests = append(tests, func(c *connection) bool { return c.connectionID == id })
	}
	if keys := q.Str("integrationId"); keys != "" {
		wanted := strings.Split(keys, ",")
		tests = append(tests, func(c *connection) bool { return slices.Contains(wanted, c.integration.key) })
	}
	if id := q.Str("endUserId"); id != "" {
		tests = append(tests, func(c *connection) bool { return c.endUser != nil && c.endUser.id == id })
	}
	if id := q.Str("endUserOrganizationId"); id != "" {
		tests = append(tests, func(c *connection) bool { return c.endUser != nil && c.endUser.orgID == id })
	}
	if tags := q.Obj("tags"); tags != nil {
		for _, k := range tags.Keys() {
			tests = append(tests, hasTag(k, tags.Str(k)))
		}
	}
	if words := strings.ToLower(q.Str("search")); words != "" {
		tests = append(tests, func(c *connection) bool { return matchesSearch(c, words) })
	}
	return func(c *connection) bool {
		for _, ok := range tests {
			if !ok(c) {
				return false
			}
		}
		return true
	}
}

// hasTag looks for the pair in the stored text. A quote inside a key or value is escaped there, so
// that the pair stands nowhere but as a pair.
func hasTag(key, value string) func(*connection) bool {
	pair := string(js.AppendString(append(js.AppendString(nil, key), ':'), value))
	return func(c *connection) bool { return strings.Contains(c.tags, pair) }
}

// found is the server's search: connection id, and name and e-mail of the end user; never tags.
func matchesSearch(c *connection, words string) bool {
	has := func(s string) bool { return strings.Contains(strings.ToLower(s), words) }
	return has(c.connectionID) || c.endUser != nil && (has(c.endUser.name) || has(c.endUser.email))
}

// pick is a page of the connections that pass, newest first.
func (env *environment) connectionPage(passes func(*connection) bool, offset, limit int) []*connection {
	var rows []*connection
	for i := len(env.connections) - 1; i >= 0 && len(rows) < limit; i-- {
		if !passes(env.connections[i]) {
			continue
		}
		if offset > 0 {
			offset--
			continue
		}
		rows = append(rows, env.connections[i])
	}
	return rows
}

// appendHead writes the fields that list and full connection share, without the braces.
func appendHead(b []byte, c *connection) []byte {
	b = strconv.AppendInt(append(b, `"id":`...), int64(c.id), 10)
	b = js.AppendString(append(b, `,"connection_id":`...), c.connectionID)
	b = js.AppendString(append(b, `,"provider_config_key":`...), c.integration.key)
	b = js.AppendString(append(b, `,"provider":`...), c.integration.provider.Name)
	b = appendErrors(append(b, ','), c)
	b = appendEndUser(append(b, `,"end_user":`...), c.endUser)
	b = append(append(b, `,"tags":`...), c.tags...)
	return append(append(b, `,"metadata":`...), c.metadata...)
}

func appendRow(b []byte, c *connection) []byte {
	b = appendHead(append(b, '{'), c)
	b = js.AppendString(append(b, `,"created":`...), pgTime(c.created.time()))
	return append(b, '}')
}
