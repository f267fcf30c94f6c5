package nango

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// The states of a [LogOperation]. Others can occur.
const (
	LogWaiting   = "waiting"
	LogRunning   = "running"
	LogSucceeded = "success"
	LogFailed    = "failed"
	LogTimedOut  = "timeout"
	LogCancelled = "cancelled"
)

// The sources of a [LogMessage]: Nango itself, or the function.
const (
	LogInternal = "internal"
	LogUser     = "user"
)

// LogHTTP is the type of a [LogMessage] about an HTTP request.
const LogHTTP = "http"

// LogOperation is something that Nango did: a token refresh, a run of a sync, a proxied request, a webhook. Every field can be
// empty: newer servers have types, states and actors that are unknown here. Texts are unchanged and may contain secrets.
type LogOperation struct {
	ID      string
	Level   string // debug, info, warn or error
	Message string
	// Type and Action say what was done, such as "auth" and "refresh_token". See [LogKinds].
	Type, Action string
	State        string
	Integration  string // the integration key
	Provider     string
	Connection   string // the connection id
	Function     string // the name of the sync or action
	Actor        LogActor
	EndUserID    string
	EndUserName  string
	Error        *LogError
	Request      *LogRequest
	Response     *LogResponse
	Meta         json.RawMessage // an object that depends on the type; nil if there is none
	// The times are zero if unset. Ended is zero while the operation runs.
	Created, Updated, Started, Ended, Expires time.Time
	// Duration is how long it took; 0 if it has not ended.
	Duration time.Duration
	// Environment and Account are names: the only place where Nango says what a key belongs to.
	Environment, Account string
}

// Ref is the operation's connection. Either part may be empty.
func (o LogOperation) Ref() ConnectionRef {
	return ConnectionRef{Integration: o.Integration, ID: o.Connection}
}

// LogActor is who caused an operation, such as a "user" of the dashboard or a "session".
type LogActor struct{ Kind, ID string }

// LogError is the error of an operation or a message.
type LogError struct {
	Name, Message string
	// Type is Nango's error code, such as "script_http_error".
	Type    string
	Status  int // the HTTP status that Nango derived from it, or 0
	Payload json.RawMessage
	// Upstream is the provider's response that caused it, if Nango includes it.
	Upstream *Upstream
}

// LogRequest is an HTTP request in the logs. Nango has replaced credentials in its headers.
type LogRequest struct {
	Method, URL string
	Header      http.Header
	Body        json.RawMessage // unchanged JSON; text is a JSON string. Nil if the log has none.
}

// LogResponse is an HTTP response in the logs.
type LogResponse struct {
	Code   int
	Header http.Header
	Body   json.RawMessage // as in [LogRequest]
}

// LogMessage is a line in the log of an operation.
type LogMessage struct {
	ID      string
	Parent  string // the id of the operation
	Source  string // [LogInternal] or [LogUser]
	Level   string
	Type    string // "log" or [LogHTTP]
	Message string
	// Context is what the message is about: script, proxy, webhook or auth. It may be empty.
	Context  string
	Error    *LogError
	Request  *LogRequest
	Response *LogResponse
	Retry    *LogRetry
	Saved    *LogSaved
	Meta     json.RawMessage // nil if there is none
	// The times are zero if unset.
	Created, Ended time.Time
	Duration       time.Duration
}

// LogRetry says which try of a request a message is about.
type LogRetry struct {
	Attempt, Max int
	Waited       time.Duration
}

// LogSaved are the records that a message says were saved.
type LogSaved struct {
	Model                              string
	Added, Updated, Deleted, Unchanged int
}

// LogKind is a type of operations, and some of its actions. Without actions, it means all of them.
type LogKind struct {
	Type    string
	Actions []string
}

// LogKinds are the types of operations that can be filtered by, with all their actions. Operations of other types, such as "function"
// and "agent_session", occur in lists, but the server refuses to filter by them.
func LogKinds() []LogKind {
	return []LogKind{
		{"action", []string{"run"}},
		{"sync", []string{"run", "request_run", "request_run_full", "init", "pause", "unpause", "cancel", "create_variant", "delete_variant"}},
		{"proxy", []string{"call"}},
		{"auth", []string{"refresh_token", "create_connection", "post_connection", "connection_test"}},
		{"webhook", []string{"incoming", "forward", "sync", "connection_create", "connection_refresh"}},
		{"events", []string{"post_connection_creation", "pre_connection_deletion", "validate_connection"}},
		{"deploy", []string{"prebuilt", "custom"}},
		{"admin", []string{"impersonation"}},
	}
}

// LogQuery selects operations. Its zero value selects those of the last 24 hours.
type LogQuery struct {
	Limit  int    // operations per page, 1 to [MaxLogPage]; 0 for Nango's default of 25
	Cursor string // of the page before
	States []string
	// Operations, Integrations, Connections and Functions have at most [MaxLogFilter] values each. Connections are ids, which belong
	// to one integration only if Integrations says so.
	Operations                           []LogKind
	Integrations, Connections, Functions []string
	// From and To are the period of the operations' creation. Without From it is the last 24 hours; without To it has no end.
	From, To time.Time
	// Search is a text in the message. Nango searches only the page that it has read: a page can have no operation, but a cursor.
	Search string
}

// MessageQuery selects messages of an operation. Its zero value selects the newest 25.
type MessageQuery struct {
	Limit    int
	Cursor   string
	Search   string
	From, To time.Time
}

// Bounds of the log tools, which Nango enforces.
const (
	MaxLogPage   = 500
	MaxLogFilter = 20
	maxLogName   = 256
	maxLogSearch = 256
	// maxMessageSearch is the maximum for messages, in characters.
	maxMessageSearch = 100
)

// MaxLogBatch is the maximum number of calls of the log tools in one request.
const MaxLogBatch = 20

// LogPage is a page of operations, newest first.
type LogPage struct {
	Operations []LogOperation
	Total      int // of all pages
	// Cursor is for the next page; empty at the end. A page without operations can have one.
	Cursor string
}

// LogDetail is an operation with a page of its messages, newest first.
type LogDetail struct {
	Operation LogOperation
	Messages  []LogMessage
	Total     int // of all pages
	Cursor    string
}

// Next returns the cursor for the next page, given how many messages were loaded so far, this page included. It is empty at the end:
// Nango returns a cursor even then (seen on v0.71.4).
func (d LogDetail) Next(loaded int) string {
	if len(d.Messages) == 0 || loaded >= d.Total {
		return ""
	}
	return d.Cursor
}

// ListLogOperations lists operations, newest first.
func ListLogOperations(query LogQuery) Read[LogPage] {
	return logRead(decodePart(decodeLogPage), query.part())
}

// GetLogOperation reads an operation and a page of its messages.
func GetLogOperation(id string, query MessageQuery) Read[LogDetail] {
	return logRead(decodePart(decodeLogDetail), detailPart(LogSelection{ID: id, Messages: query}))
}

// LogSelection selects an operation and its messages.
type LogSelection struct {
	ID       string
	Messages MessageQuery
}

// LogBatchQuery is what [GetLogBatch] reads: at most [MaxLogBatch] operations and lists together.
type LogBatchQuery struct {
	Details []LogSelection
	Pages   []LogQuery
}

// LogBatch is the response of [GetLogBatch], in the order of its query.
type LogBatch struct {
	Details []LogDetailResult
	Pages   []LogPageResult
}

// LogDetailResult is an operation of a [LogBatch], or why it could not be read.
type LogDetailResult struct {
	LogDetail
	Err error
}

// LogPageResult is a list of a [LogBatch], or why it could not be read.
type LogPageResult struct {
	LogPage
	Err error
}

// GetLogBatch reads several operations and lists in one request, which costs one of the budget. A server that takes no batches gets
// them one by one. The read fails only if nothing could be read.
func GetLogBatch(query LogBatchQuery) Read[LogBatch] {
	parts := make([]logPart, 0, len(query.Details)+len(query.Pages))
	for _, one := range query.Details {
		parts = append(parts, detailPart(one))
	}
	for _, one := range query.Pages {
		parts = append(parts, one.part())
	}
	return logRead(decodeBatch(query), parts...)
}

// logPart is a call of a log tool.
type logPart struct {
	tool      string
	arguments any
	refusal   error
}

// The log tools.
const (
	toolList = "logs_list_operations"
	toolGet  = "logs_get_operation"
)

type periodWire struct {
	From string `json:"from"`
	To   string `json:"to,omitempty"`
}

type kindWire struct {
	Type    string   `json:"type"`
	Actions []string `json:"actions,omitempty"`
}

type listWire struct {
	Limit        int         `json:"limit,omitempty"`
	Cursor       string      `json:"cursor,omitempty"`
	States       []string    `json:"states,omitempty"`
	Operations   []kindWire  `json:"operations,omitempty"`
	Integrations []string    `json:"integrations,omitempty"`
	Connections  []string    `json:"connections,omitempty"`
	Functions    []string    `json:"syncs,omitempty"`
	Period       *periodWire `json:"period,omitempty"`
	Search       string      `json:"search,omitempty"`
}

type messagesWire struct {
	Limit  int         `json:"limit,omitempty"`
	Cursor string      `json:"cursor,omitempty"`
	Search string      `json:"search,omitempty"`
	Period *periodWire `json:"period,omitempty"`
}

type detailWire struct {
	ID       string        `json:"operationId"`
	Messages *messagesWire `json:"messages,omitempty"`
}

func (q LogQuery) part() logPart {
	wire := listWire{
		Limit: q.Limit, Cursor: q.Cursor, States: q.States, Integrations: q.Integrations, Connections: q.Connections,
		Functions: q.Functions, Period: period(q.From, q.To), Search: q.Search,
	}
	for _, kind := range q.Operations {
		wire.Operations = append(wire.Operations, kindWire(kind))
	}
	return logPart{toolList, wire, firstError(checkLimit(q.Limit), checkPeriod(q.From, q.To), checkSearch(q.Search, maxLogSearch),
		refuseIf(len(q.Operations) > MaxLogFilter, "%d types are too many; the maximum is %d", len(q.Operations), MaxLogFilter),
		checkLogNames("integrations", q.Integrations), checkLogNames("connections", q.Connections),
		checkLogNames("functions", q.Functions))}
}

func detailPart(one LogSelection) logPart {
	q := one.Messages
	wire := detailWire{ID: one.ID}
	if q != (MessageQuery{}) {
		wire.Messages = &messagesWire{Limit: q.Limit, Cursor: q.Cursor, Search: q.Search, Period: period(q.From, q.To)}
	}
	return logPart{toolGet, wire, firstError(
		refuseIf(!IsLogID(one.ID), "%q is not the id of a log operation: it has 20 to 25 letters, digits and underscores", one.ID),
		checkLimit(q.Limit), checkPeriod(q.From, q.To), checkSearch(q.Search, maxMessageSearch))}
}

// IsLogID reports whether a text can be the id of a log operation.
func IsLogID(id string) bool {
	return len(id) >= 20 && len(id) <= 25 && outside(id, letters+digits+"_") == ""
}

// logTime is the time format of the log tools. They refuse an offset, even +00:00.
const logTime = "2006-01-02T15:04:05.000Z"

func period(from, to time.Time) *periodWire {
	if from.IsZero() {
		return nil
	}
	p := &periodWire{From: from.UTC().Format(logTime)}
	if !to.IsZero() {
		p.To = to.UTC().Format(logTime)
	}
	return p
}

func checkPeriod(from, to time.Time) error {
	switch {
	case to.IsZero():
		return nil
	case from.IsZero():
		return errors.New("a period needs its start")
	case to.Before(from):
		return errors.New("the period ends before it starts")
	}
	return nil
}

func checkLimit(limit int) error {
	return refuseIf(limit < 0 || limit > MaxLogPage, "the limit is %d; it must be from 1 to %d", limit, MaxLogPage)
}

func checkSearch(text string, most int) error {
	return refuseIf(utf8.RuneCountInString(text) > most, "the text to search for has more than %d characters", most)
}

func checkLogNames(what string, names []string) error {
	if len(names) > MaxLogFilter {
		return fmt.Errorf("%d %s are too many; the maximum is %d", len(names), what, MaxLogFilter)
	}
	if slices.ContainsFunc(names, func(name string) bool { return name == "" || utf8.RuneCountInString(name) > maxLogName }) {
		return fmt.Errorf("one of the %s is empty, or has more than %d characters", strings.TrimSpace(what), maxLogName)
	}
	return nil
}
