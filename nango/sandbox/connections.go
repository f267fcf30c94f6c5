package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

const (
	maxPage     = 2_000  // largest limit of GET /connections
	defaultPage = 10_000 // rows without a limit; the list is cut there
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

// getConnections is GET /connections: newest first, no total, no link to the next page.
func getConnections(c *call) answer {
	q := c.validQuery(connectionFilters...)
	limit, page := numberOr(q, "limit", defaultPage), numberOr(q, "page", 0)
	rows := c.env.connectionPage(connectionFilter(q), int(page*limit), int(limit))
	list := make([]any, len(rows))
	for i, row := range rows {
		view := row.head()
		view.Set("created", pgTime(row.created.time()))
		list[i] = view
	}
	return jsonAnswer(http.StatusOK, js.NewObject("connections", list))
}

// connectionFilter returns a function that reports whether a connection passes all filters of a query.
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
	for k, v := range q.Obj("tags").All() {
		tests = append(tests, hasTag(k, v.(string)))
	}
	if words := strings.ToLower(q.Str("search")); words != "" {
		tests = append(tests, func(c *connection) bool { return matchesSearch(c, words) })
	}
	return func(c *connection) bool {
		return !slices.ContainsFunc(tests, func(ok func(*connection) bool) bool { return !ok(c) })
	}
}

// hasTag searches the pair in the stored text. A quote inside a key or a value is escaped there, so the text of a pair
// occurs only as a pair.
func hasTag(key, value string) func(*connection) bool {
	pair := string(js.AppendString(append(js.AppendString(nil, key), ':'), value))
	return func(c *connection) bool { return strings.Contains(c.tags, pair) }
}

// matchesSearch searches the connection id, and name and email of the end user; never tags.
func matchesSearch(c *connection, words string) bool {
	has := func(s string) bool { return strings.Contains(strings.ToLower(s), words) }
	return has(c.connectionID) || c.endUser != nil && (has(c.endUser.name) || has(c.endUser.email))
}

// connectionPage returns a page of the connections that match, newest first.
func (env *environment) connectionPage(matches func(*connection) bool, offset, limit int) []*connection {
	var rows []*connection
	for i := len(env.connections) - 1; i >= 0 && len(rows) < limit; i-- {
		if !matches(env.connections[i]) {
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

// head has the fields that list and full connection have in common.
func (c *connection) head() *js.Object {
	return js.NewObject("id", c.id, "connection_id", c.connectionID, "provider_config_key", c.integration.key,
		"provider", c.integration.provider.Name, "errors", c.errors(), "end_user", c.endUser.view(),
		"tags", json.RawMessage(c.tags), "metadata", json.RawMessage(c.metadata))
}
