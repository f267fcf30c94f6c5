package logs

import (
	"encoding/json"
	"time"

	"nango-tui/nango"
)

// messageJSON is a message with Nango's names, without what it doesn't have.
func messageJSON(m nango.LogMessage) any {
	shown := object{}
	shown.put("id", m.ID, "parentId", m.Parent, "source", m.Source, "level", m.Level, "type", m.Type, "message", m.Message,
		"context", m.Context, "meta", m.Meta, "createdAt", m.Created, "endedAt", m.Ended, "durationMs", m.Duration)
	shown.exchange(m.Error, m.Request, m.Response)
	if m.Retry != nil {
		shown["retry"] = object{"attempt": m.Retry.Attempt, "max": m.Retry.Max, "waited": m.Retry.Waited.Milliseconds()}
	}
	if m.Saved != nil {
		shown["persistResults"] = object{"model": m.Saved.Model, "added": m.Saved.Added, "updated": m.Saved.Updated,
			"deleted": m.Saved.Deleted, "unchanged": m.Saved.Unchanged}
	}
	return shown
}

// operationJSON is an operation and its loaded messages in the same way.
func operationJSON(o nango.LogOperation, messages []nango.LogMessage) any {
	shown := object{}
	shown.put("id", o.ID, "level", o.Level, "message", o.Message, "state", o.State, "integrationName", o.Integration,
		"providerName", o.Provider, "connectionName", o.Connection, "syncConfigName", o.Function, "endUserId", o.EndUserID,
		"endUserName", o.EndUserName, "environmentName", o.Environment, "accountName", o.Account, "meta", o.Meta, "createdAt", o.Created,
		"updatedAt", o.Updated, "startedAt", o.Started, "endedAt", o.Ended, "expiresAt", o.Expires, "durationMs", o.Duration)
	shown["operation"] = object{"type": o.Type, "action": o.Action}
	if o.Actor.Kind != "" {
		shown["actor"] = object{"kind": o.Actor.Kind, "id": o.Actor.ID}
	}
	shown.exchange(o.Error, o.Request, o.Response)
	all := make([]any, len(messages))
	for i, m := range messages {
		all[i] = messageJSON(m)
	}
	return object{"operation": shown, "messages": all}
}

type object map[string]any

// put adds names and values, except empty ones.
func (o object) put(pairs ...any) {
	for i := 0; i+1 < len(pairs); i += 2 {
		name, _ := pairs[i].(string)
		switch value := pairs[i+1].(type) {
		case string:
			o.putIf(name, value, value != "")
		case time.Time:
			o.putIf(name, value, !value.IsZero())
		case time.Duration:
			o.putIf(name, value.Milliseconds(), value != 0)
		case json.RawMessage:
			o.putIf(name, value, len(value) > 0)
		case int:
			o.putIf(name, value, value != 0)
		}
	}
}

func (o object) putIf(name string, value any, is bool) {
	if is {
		o[name] = value
	}
}

func (o object) exchange(e *nango.LogError, request *nango.LogRequest, response *nango.LogResponse) {
	if e != nil {
		shown := object{}
		shown.put("name", e.Name, "message", e.Message, "type", e.Type, "status", e.Status, "payload", e.Payload)
		if e.Upstream != nil {
			shown["upstream_response"] = object{"status": e.Upstream.Status, "headers": e.Upstream.Header, "body": e.Upstream.Body}
		}
		o["error"] = shown
	}
	if request != nil {
		shown := object{"headers": request.Header}
		shown.put("method", request.Method, "url", request.MaskedURL(), "body", request.Body)
		o["request"] = shown
	}
	if response != nil {
		shown := object{"headers": response.Header}
		shown.put("code", response.Code, "body", response.Body)
		o["response"] = shown
	}
}
