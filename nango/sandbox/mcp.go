package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// mcpHostPrefix makes a host name that of the management MCP endpoint: mcp.localhost, mcp.127.0.0.1.
const mcpHostPrefix = "mcp."

// protocolVersions are those that the header MCP-Protocol-Version may name, as seen on v0.71.4.
var protocolVersions = []string{"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05", "2024-10-07"}

// The error codes of JSON-RPC and of MCP's transport.
const (
	rpcTransport   = -32000
	rpcNoMethod    = -32601
	rpcBadParams   = -32602
	rpcParse       = -32700
	eventStream    = "text/event-stream"
	plainJSON      = "application/json" // without a charset, as the transport sends it
	mcpServerTitle = "Nango Management MCP server"
)

var (
	mcpRoute      = &route{pattern: "/mcp", scope: anyKey, handle: manageMCP, options: withQuery}
	noSuchMCPPath = &route{scope: publicRoute, options: unlimited | anyContentType | withQuery,
		handle: func(*call) answer { return failure(http.StatusNotFound, "not_found", "Not found") }}
)

// mcpRouteFor returns the route of a request to the host of the management endpoint, nil for other hosts. On that host every
// path except /mcp is 404, without a look at the key.
func (s *Server) mcpRouteFor(r *http.Request) *route {
	switch {
	case s.logOptions.NoEndpoint || !isMCPHost(r.Host):
		return nil
	case strings.EqualFold(strings.TrimSuffix(r.URL.Path, "/"), "/mcp"):
		return mcpRoute
	}
	return noSuchMCPPath
}

func isMCPHost(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.HasPrefix(strings.ToLower(host), mcpHostPrefix)
}

// postActionsMCP is POST /mcp on the host of the API: another endpoint, which has the actions of one connection as tools. Only its
// refusal of requests that name no connection is covered.
func postActionsMCP(c *call) answer {
	c.validHeaders(zod.Key("connection-id", connectionIDRule), zod.Key("provider-config-key", integrationRule))
	return failure(http.StatusNotImplemented, "not_implemented", "The sandbox doesn't have actions as MCP tools")
}

// manageMCP is the management MCP endpoint: MCP's streamable HTTP without sessions. Every POST stands alone.
func manageMCP(c *call) answer {
	accept := c.r.Header.Get("Accept")
	switch version := c.r.Header.Get("MCP-Protocol-Version"); {
	case c.r.Method != http.MethodPost:
		a := rpcRefusal(http.StatusMethodNotAllowed, rpcTransport, "Method not allowed.")
		a.contentType = ""
		return a
	case !strings.Contains(accept, plainJSON) || !strings.Contains(accept, eventStream):
		return rpcRefusal(http.StatusNotAcceptable, rpcTransport,
			"Not Acceptable: Client must accept both application/json and text/event-stream")
	case version != "" && !slices.Contains(protocolVersions, version):
		return rpcRefusal(http.StatusBadRequest, rpcTransport, fmt.Sprintf("Bad Request: Unsupported protocol version: %s "+
			"(supported versions: %s)", version, strings.Join(protocolVersions, ", ")))
	}
	list, isBatch := c.body.([]any)
	if !isBatch {
		list = []any{c.body}
	}
	if isBatch && c.logOptions.NoBatches || slices.ContainsFunc(list, notRPC) {
		return rpcRefusal(http.StatusBadRequest, rpcParse, "Parse error: Invalid JSON-RPC message")
	}
	return c.answerRPC(list)
}

// rpcRefusal is an answer of the transport, which is no event stream.
func rpcRefusal(status, code int, message string) answer {
	a := jsonAnswer(status, js.NewObject("jsonrpc", "2.0", "error", js.NewObject("code", code, "message", message), "id", nil))
	a.contentType, a.noETag = plainJSON, true
	return a
}

func notRPC(v any) bool {
	o, _ := v.(*js.Object)
	return o.Str("jsonrpc") != "2.0" || o.Str("method") == "" && !o.Has("result") && !o.Has("error")
}

// answerRPC answers each message that has an id and a method, as events of one stream. Without one it is 202.
func (c *call) answerRPC(list []any) answer {
	a := answer{status: http.StatusOK, contentType: eventStream, noETag: true, chunked: true}
	for _, v := range list {
		message := v.(*js.Object)
		if !message.Has("id") || message.Str("method") == "" {
			continue
		}
		a.body = append(a.body, "event: message\ndata: "...)
		a.body = js.AppendValue(a.body, c.callRPC(message))
		a.body = append(a.body, "\n\n"...)
	}
	if a.body == nil {
		return answer{status: http.StatusAccepted, noETag: true}
	}
	return a
}

// callRPC returns the response of one JSON-RPC request.
func (c *call) callRPC(message *js.Object) *js.Object {
	params := message.ObjOrNew("params")
	var result any
	switch message.Str("method") {
	case "initialize":
		result = initialized(params)
	case "ping":
		result = js.NewObject()
	case "tools/list":
		result = js.NewObject("tools", c.visibleTools())
	case "tools/call":
		result = c.callTool(params)
	default:
		return js.NewObject("jsonrpc", "2.0", "id", message.Get("id"),
			"error", js.NewObject("code", rpcNoMethod, "message", "Method not found"))
	}
	return js.NewObject("result", result, "jsonrpc", "2.0", "id", message.Get("id"))
}

// initialized answers the handshake, which no other call needs.
func initialized(params *js.Object) *js.Object {
	version := params.Str("protocolVersion")
	if !slices.Contains(protocolVersions, version) {
		version = protocolVersions[0]
	}
	return js.NewObject("protocolVersion", version, "capabilities", js.NewObject("tools", js.NewObject("listChanged", true)),
		"serverInfo", js.NewObject("name", mcpServerTitle, "version", "1.0.0"))
}

// mcpTool is a tool of the endpoint. run returns the structured content, or a text that says why it failed.
type mcpTool struct {
	name, description, scope string
	arguments                zod.Rule
	input, output            string // JSON schemas
	run                      func(*call, *js.Object) (any, string)
}

func (c *call) visibleTools() []any {
	out := []any{}
	for _, t := range mcpTools {
		if c.may(t.scope) {
			out = append(out, js.NewObject("name", t.name, "description", t.description, "inputSchema", json.RawMessage(t.input),
				"outputSchema", json.RawMessage(t.output), "annotations", js.NewObject("readOnlyHint", true),
				"execution", js.NewObject("taskSupport", "forbidden")))
		}
	}
	return out
}

// callTool is tools/call. Every failure is a result with isError.
func (c *call) callTool(params *js.Object) *js.Object {
	name := params.Str("name")
	at := slices.IndexFunc(mcpTools, func(t mcpTool) bool { return t.name == name })
	switch {
	case at < 0:
		return toolFailure(fmt.Sprintf("MCP error %d: Tool %s not found", rpcBadParams, name))
	case !c.may(mcpTools[at].scope):
		return toolFailure(fmt.Sprintf("MCP error %d: Tool %s disabled", rpcBadParams, name))
	}
	var in zod.Issues
	arguments, _ := mcpTools[at].arguments(params.ObjOrNew("arguments"), nil, &in).(*js.Object)
	if len(in) > 0 {
		return toolFailure(fmt.Sprintf("MCP error %d: Input validation error: Invalid arguments for tool %s: %s",
			rpcBadParams, name, issueTexts(in)))
	}
	content, problem := mcpTools[at].run(c, arguments)
	if problem != "" {
		return toolFailure(problem)
	}
	return toolResult(content)
}

func issueTexts(in zod.Issues) string {
	var out []string
	for _, issue := range in {
		text := issue.Message
		if len(issue.Path) > 0 {
			text += " at " + strings.Join(issue.Path, ".")
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

func toolFailure(text string) *js.Object {
	return js.NewObject("content", []any{js.NewObject("type", "text", "text", text)}, "isError", true)
}

// toolResult has the content twice, as text and structured, as seen on v0.71.4.
func toolResult(content any) *js.Object {
	compact := js.AppendValue(nil, content)
	var text bytes.Buffer
	if err := json.Indent(&text, compact, "", "  "); err != nil {
		panic("sandbox: content of a tool: " + err.Error())
	}
	return js.NewObject("content", []any{js.NewObject("type", "text", "text", text.String())},
		"structuredContent", json.RawMessage(compact))
}
