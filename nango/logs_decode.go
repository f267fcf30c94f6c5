package nango

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// flexible is a text, a number or a boolean in Nango's JSON, as text. Anything else is empty.
type flexible string

func (f *flexible) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		*f = flexible(text)
	} else if len(raw) > 0 && raw[0] != '{' && raw[0] != '[' {
		*f = flexible(notNull(raw))
	}
	return nil
}

func (f flexible) int() int {
	n, err := strconv.ParseFloat(string(f), 64)
	if err != nil || n > 1<<53 || n < -1<<53 {
		return 0
	}
	return int(n)
}

func (f flexible) milliseconds() time.Duration {
	return time.Duration(max(f.int(), 0)) * time.Millisecond
}

// lenient is a value of a type that a server may change: what can't be decoded is left empty.
type lenient[T any] struct{ value *T }

func (l *lenient[T]) UnmarshalJSON(raw []byte) error {
	if len(raw) == 0 || raw[0] != '{' {
		return nil
	}
	value := new(T)
	if err := json.Unmarshal(raw, value); err == nil || isMistyped(err) {
		l.value = value
	}
	return nil
}

// headers are the headers of a request in the logs: text, or a list of texts.
type headers http.Header

func (h *headers) UnmarshalJSON(raw []byte) error {
	var values map[string]any
	if json.Unmarshal(raw, &values) != nil {
		return nil
	}
	*h = headers(headerOf(values))
	return nil
}

type actorWire struct {
	Kind flexible `json:"kind"`
	ID   flexible `json:"id"`
}

type logErrorWire struct {
	Name    flexible        `json:"name"`
	Message flexible        `json:"message"`
	Type    flexible        `json:"type"`
	Status  flexible        `json:"status"`
	Payload json.RawMessage `json:"payload"`
	Extra   lenient[struct {
		Upstream lenient[upstreamWire] `json:"upstream_response"`
	}] `json:"additional_properties"`
}

type upstreamWire struct {
	Status flexible        `json:"status"`
	Header headers         `json:"headers"`
	Body   json.RawMessage `json:"body"`
}

type logRequestWire struct {
	URL    flexible        `json:"url"`
	Method flexible        `json:"method"`
	Header headers         `json:"headers"`
	Body   json.RawMessage `json:"body"`
}

type logResponseWire struct {
	Code   flexible        `json:"code"`
	Header headers         `json:"headers"`
	Body   json.RawMessage `json:"body"`
}

// logCommonWire are the fields that operations and messages share.
type logCommonWire struct {
	ID       flexible                 `json:"id"`
	Source   flexible                 `json:"source"`
	Level    flexible                 `json:"level"`
	Type     flexible                 `json:"type"`
	Message  flexible                 `json:"message"`
	Error    lenient[logErrorWire]    `json:"error"`
	Request  lenient[logRequestWire]  `json:"request"`
	Response lenient[logResponseWire] `json:"response"`
	Meta     json.RawMessage          `json:"meta"`
	Created  timestamp                `json:"createdAt"`
	Ended    timestamp                `json:"endedAt"`
	Duration flexible                 `json:"durationMs"`
}

type operationWire struct {
	logCommonWire
	Operation lenient[struct {
		Type   flexible `json:"type"`
		Action flexible `json:"action"`
	}] `json:"operation"`
	State       flexible           `json:"state"`
	Integration flexible           `json:"integrationName"`
	Provider    flexible           `json:"providerName"`
	Connection  flexible           `json:"connectionName"`
	Function    flexible           `json:"syncConfigName"`
	Actor       lenient[actorWire] `json:"actor"`
	UserID      flexible           `json:"userId"` // up to v0.71.4
	EndUserID   flexible           `json:"endUserId"`
	EndUserName flexible           `json:"endUserName"`
	Environment flexible           `json:"environmentName"`
	Account     flexible           `json:"accountName"`
	Updated     timestamp          `json:"updatedAt"`
	Started     timestamp          `json:"startedAt"`
	Expires     timestamp          `json:"expiresAt"`
}

type messageWire struct {
	logCommonWire
	Parent  flexible `json:"parentId"`
	Context flexible `json:"context"`
	Retry   lenient[struct {
		Attempt flexible `json:"attempt"`
		Max     flexible `json:"max"`
		Waited  flexible `json:"waited"` // milliseconds
	}] `json:"retry"`
	Saved lenient[struct {
		Model     flexible `json:"model"`
		Added     flexible `json:"added"`
		Updated   flexible `json:"updated"`
		Deleted   flexible `json:"deleted"`
		Unchanged flexible `json:"unchanged"`
	}] `json:"persistResults"`
}

type paginationWire struct {
	Total  flexible `json:"total"`
	Cursor flexible `json:"cursor"`
}

func (w operationWire) plain() LogOperation {
	o := LogOperation{
		ID: string(w.ID), Level: string(w.Level), Message: string(w.Message), State: string(w.State),
		Integration: string(w.Integration), Provider: string(w.Provider), Connection: string(w.Connection), Function: string(w.Function),
		EndUserID: string(w.EndUserID), EndUserName: string(w.EndUserName),
		Environment: string(w.Environment), Account: string(w.Account),
		Error: w.error(), Request: w.request(), Response: w.response(), Meta: notNull(w.Meta),
		Created: w.Created.Time, Updated: w.Updated.Time, Started: w.Started.Time, Ended: w.Ended.Time, Expires: w.Expires.Time,
		Duration: w.Duration.milliseconds(),
	}
	if kind := w.Operation.value; kind != nil {
		o.Type, o.Action = string(kind.Type), string(kind.Action)
	}
	switch actor := w.Actor.value; {
	case actor != nil:
		o.Actor = LogActor{string(actor.Kind), string(actor.ID)}
	case w.UserID != "":
		o.Actor = LogActor{"user", string(w.UserID)}
	}
	if o.Duration == 0 && !o.Started.IsZero() && o.Ended.After(o.Started) {
		o.Duration = o.Ended.Sub(o.Started)
	}
	return o
}

func (w messageWire) plain() LogMessage {
	m := LogMessage{
		ID: string(w.ID), Parent: string(w.Parent), Source: string(w.Source), Level: string(w.Level), Type: string(w.Type),
		Message: string(w.Message), Context: string(w.Context), Error: w.error(), Request: w.request(), Response: w.response(),
		Meta: notNull(w.Meta), Created: w.Created.Time, Ended: w.Ended.Time, Duration: w.Duration.milliseconds(),
	}
	if retry := w.Retry.value; retry != nil {
		m.Retry = &LogRetry{Attempt: retry.Attempt.int(), Max: retry.Max.int(), Waited: retry.Waited.milliseconds()}
	}
	if saved := w.Saved.value; saved != nil {
		m.Saved = &LogSaved{Model: string(saved.Model), Added: saved.Added.int(), Updated: saved.Updated.int(),
			Deleted: saved.Deleted.int(), Unchanged: saved.Unchanged.int()}
	}
	return m
}

func (w logCommonWire) error() *LogError {
	wire := w.Error.value
	if wire == nil {
		return nil
	}
	e := &LogError{Name: string(wire.Name), Message: string(wire.Message), Type: string(wire.Type), Status: wire.Status.int(),
		Payload: notNull(wire.Payload)}
	if extra := wire.Extra.value; extra != nil && extra.Upstream.value != nil {
		u := extra.Upstream.value
		e.Upstream = &Upstream{Status: u.Status.int(), Header: http.Header(u.Header), Body: notNull(u.Body)}
	}
	return e
}

func (w logCommonWire) request() *LogRequest {
	wire := w.Request.value
	if wire == nil {
		return nil
	}
	return &LogRequest{Method: string(wire.Method), URL: string(wire.URL), Header: http.Header(wire.Header), Body: notNull(wire.Body)}
}

func (w logCommonWire) response() *LogResponse {
	wire := w.Response.value
	if wire == nil {
		return nil
	}
	return &LogResponse{Code: wire.Code.int(), Header: http.Header(wire.Header), Body: notNull(wire.Body)}
}

// errShape is a result of a log tool in a form that this program doesn't know.
var errShape = errors.New("the log tool's result has another form")

func decodeLogPage(raw json.RawMessage) (LogPage, error) {
	var wire struct {
		Operations *[]lenient[operationWire] `json:"operations"`
		Pagination paginationWire            `json:"pagination"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil && !isMistyped(err) || wire.Operations == nil {
		return LogPage{}, fmt.Errorf("%w: it has no operations", errShape)
	}
	page := LogPage{Total: wire.Pagination.Total.int(), Cursor: string(wire.Pagination.Cursor)}
	for _, one := range *wire.Operations {
		if one.value != nil {
			page.Operations = append(page.Operations, one.value.plain())
		}
	}
	return page, nil
}

func decodeLogDetail(raw json.RawMessage) (LogDetail, error) {
	var wire struct {
		Operation  lenient[operationWire] `json:"operation"`
		Messages   []lenient[messageWire] `json:"messages"`
		Pagination paginationWire         `json:"pagination"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil && !isMistyped(err) || wire.Operation.value == nil {
		return LogDetail{}, fmt.Errorf("%w: it has no operation", errShape)
	}
	detail := LogDetail{Operation: wire.Operation.value.plain(), Total: wire.Pagination.Total.int(), Cursor: string(wire.Pagination.Cursor)}
	for _, one := range wire.Messages {
		if one.value != nil {
			detail.Messages = append(detail.Messages, one.value.plain())
		}
	}
	return detail, nil
}
