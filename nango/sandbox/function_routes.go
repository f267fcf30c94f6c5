package sandbox

import (
	"fmt"
	"net/http"
	"strings"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

const (
	maxFunctions    = 100 // of a page
	defaultFunction = 20
)

var anyKind = zod.Enum(kindSync, kindAction, kindOnEvent)

// pathIntegration returns the integration of the path, or ends the request.
func (c *call) pathIntegration() *integration {
	key := c.validParam("uniqueKey", integrationRule)
	return require(c.env.integration(key), failure(http.StatusNotFound, "not_found", "Integration does not exist"))
}

func getFunctions(c *call) answer {
	q := c.validQuery(
		zod.Key("type", zod.Optional(anyKind)),
		zod.Key("search", zod.Optional(nameRule)),
		zod.Key("page", zod.Optional(zod.Integer(0, maxOffset))),
		zod.Key("limit", zod.Optional(zod.Integer(1, maxFunctions))),
	)
	i := c.pathIntegration()
	page, limit := intOr(q, "page", 0), intOr(q, "limit", defaultFunction)
	kind, search := q.Str("type"), strings.ToLower(q.Str("search"))
	found := filter(i.functions, func(f *function) bool {
		return (kind == "" || f.kind == kind) && strings.Contains(strings.ToLower(f.name), search)
	})
	rows := []any{}
	for n := page * limit; n < min(len(found), (page+1)*limit); n++ {
		rows = append(rows, found[n].deployedView())
	}
	return jsonAnswer(http.StatusOK, js.NewObject("data", rows,
		"pagination", js.NewObject("total", len(found), "page", page, "limit", limit)))
}

// numberOr returns a number of an object that was checked, or a default.
func numberOr(o *js.Object, key string, otherwise float64) float64 {
	if n, ok := o.Get(key).(float64); ok {
		return n
	}
	return otherwise
}

func intOr(o *js.Object, key string, otherwise int) int {
	return int(numberOr(o, key, float64(otherwise)))
}

// functionOf returns the function of the path, or ends the request.
func (c *call) functionOf(q *js.Object) (*integration, *function) {
	name := c.validParam("name", functionRule)
	i := c.pathIntegration()
	return i, require(i.function(name, q.Str("type")), failure(http.StatusNotFound, "not_found", "Function does not exist"))
}

// getFunction is GET /integrations/{uniqueKey}/functions/{name}. Of a sync and an action with the same name, it is the
// action, as seen on v0.71.4.
func getFunction(c *call) answer {
	_, f := c.functionOf(c.validQuery(zod.Key("type", zod.Optional(anyKind))))
	return data(f.deployedView())
}

// getFunctionCode is GET /integrations/{uniqueKey}/functions/{name}/code. A name of two functions is a conflict.
func getFunctionCode(c *call) answer {
	q := c.validQuery(zod.Key("type", zod.Optional(anyKind)))
	name := c.validParam("name", functionRule)
	key := c.validParam("uniqueKey", integrationRule)
	i := require(c.env.integration(key), failure(http.StatusNotFound, "not_found", fmt.Sprintf("Integration '%s' not found", key)))
	kind := q.Str("type")
	matching := filter(i.functions, func(f *function) bool { return f.name == name && (kind == "" || f.kind == kind) })
	switch len(matching) {
	case 0:
		return failure(http.StatusNotFound, "not_found", fmt.Sprintf("Function '%s' not found for integration '%s'", name, key))
	case 1:
		return jsonAnswer(http.StatusOK, js.NewObject("type", matching[0].kind, "code", matching[0].code))
	}
	list := []any{}
	for _, f := range matching {
		list = append(list, js.NewObject("type", f.kind, "name", f.name))
	}
	return errorAnswer(http.StatusConflict, js.NewObject("code", "ambiguous_function",
		"message", fmt.Sprintf("Multiple functions named '%s' found for integration '%s'. Specify a type to disambiguate.", name, key),
		"payload", js.NewObject("matches", list)))
}

// deleteFunction is DELETE /integrations/{uniqueKey}/functions/{name}. It deletes no function of a repository.
func deleteFunction(c *call) answer {
	i, f := c.functionOf(c.validQuery(zod.Key("type", zod.Enum(kindSync, kindAction))))
	if f.source == "repo" {
		return failure(http.StatusBadRequest, "function_managed_by_deploy",
			"This function is managed by a deploy from a repository. Remove it there and deploy again.")
	}
	c.env.undeploy(i, f)
	return data(js.NewObject("success", true))
}
