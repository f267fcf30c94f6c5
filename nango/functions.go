package nango

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// FunctionType is the type of a function.
type FunctionType string

// The types of functions.
const (
	SyncFunction    FunctionType = "sync"
	ActionFunction  FunctionType = "action"
	OnEventFunction FunctionType = "on-event"
)

// Function is a sync, an action or an on-event function of an integration.
type Function struct {
	// ID is Nango's number for it. No operation accepts it.
	ID   int64        `json:"id"`
	Name string       `json:"name"`
	Type FunctionType `json:"type"`
	// Description and Scopes are set by the author; Scopes are those of the provider.
	Description string   `json:"description"`
	Scopes      []string `json:"scopes"`
	// Input is the name of the input model, Returns are those of the output. Schema defines them. Input is empty if there is no
	// input, also where Nango names a model that allows only null: its compiler makes one for each action (seen on v0.71.4).
	Input   string   `json:"input"`
	Returns []string `json:"returns"`
	// Schema is a JSON schema with all models under "definitions", or nil.
	Schema json.RawMessage `json:"json_schema"`
	// Frequency is how often a sync runs, such as "every hour"; empty for other functions.
	Frequency string `json:"runs"`
	// AutoStart means that a sync starts when a connection is created; TrackDeletes, that it detects deleted records.
	AutoStart    bool `json:"auto_start"`
	TrackDeletes bool `json:"track_deletes"`
	// Event is the event of an on-event function, such as "post-connection-creation".
	Event    string     `json:"event"`
	Enabled  bool       `json:"enabled"` // can only be changed in the web dashboard
	Deployed *time.Time `json:"-"`       // when it was last deployed; nil if Nango doesn't say
	// Source is "repo", "standalone" or "catalog". A function from a repository is deployed and deleted from there.
	Source  string          `json:"source"`
	Version string          `json:"version"` // set by the author. Only [ListScripts] returns it.
	Raw     json.RawMessage `json:"-"`       // the unchanged response
}

// UnmarshalJSON decodes a function in any of Nango's formats. Fields of an unexpected type stay empty.
func (f *Function) UnmarshalJSON(raw []byte) error {
	type plain Function
	var wire struct {
		plain
		Deployed timestamp `json:"last_deployed"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil && !isMistyped(err) {
		return err
	}
	if wire.Name == "" {
		return missing("name")
	}
	*f = Function(wire.plain)
	f.Schema, f.Deployed, f.Raw = notNull(f.Schema), wire.Deployed.orNil(), bytes.Clone(raw)
	if f.Input != "" && allowsOnlyNull(f.Schema, f.Input) {
		f.Input = ""
	}
	return nil
}

// maxModelRefs is how many references from one model to another are followed.
const maxModelRefs = 8

// allowsOnlyNull reports whether a model of a schema allows nothing but null.
func allowsOnlyNull(schema json.RawMessage, model string) bool {
	var all struct {
		Definitions map[string]json.RawMessage `json:"definitions"`
	}
	if json.Unmarshal(schema, &all) != nil {
		return false
	}
	for range maxModelRefs {
		var one map[string]any
		if json.Unmarshal(all.Definitions[model], &one) != nil {
			return false
		}
		ref, _ := one["$ref"].(string)
		next, isRef := strings.CutPrefix(ref, "#/definitions/")
		if !isRef {
			constant, isConstant := one["const"]
			types, _ := one["type"].([]any)
			values, _ := one["enum"].([]any)
			return one["type"] == "null" || slices.Equal(types, []any{"null"}) || slices.Equal(values, []any{nil}) ||
				isConstant && constant == nil
		}
		model = next
	}
	return false
}

// Limits set by Nango for lists of functions.
const (
	MaxFunctionPage   = 100
	maxFunctionSearch = 255
)

// FunctionQuery selects functions of an integration. Empty fields don't filter.
type FunctionQuery struct {
	Integration string // the integration key
	Type        FunctionType
	Search      string // part of the name, case-insensitive
	// Page counts from 0. Limit is the page size, 1 to [MaxFunctionPage]; with 0, Nango uses 20.
	Page, Limit int
	// most is how many functions of the page are kept; with 0, [FunctionsBound].
	most int
}

// FunctionPage is a page of functions.
type FunctionPage struct {
	Functions []Function
	Total     int // the number of functions on all pages
}

// ListFunctions reads one page of an integration's functions. Use [FunctionPages] to read all.
func ListFunctions(query FunctionQuery) Read[FunctionPage] {
	call := newCall(OpFunctionsList, http.MethodGet, "integrations", query.Integration, "functions")
	call.About.Integration, call.Query = query.Integration, query.values()
	decode := func(response Response) (FunctionPage, error) {
		return decodeFunctions(response, cmp.Or(query.most, FunctionsBound))
	}
	return read(call, decode, CheckIntegrationKey(query.Integration), query.check())
}

func (q FunctionQuery) values() url.Values {
	values := url.Values{}
	put(values.Set, "type", string(q.Type), "search", q.Search, "page", number(q.Page), "limit", number(q.Limit))
	return values
}

func (q FunctionQuery) check() error {
	return firstError(checkPage("functions", q.Limit, MaxFunctionPage, q.Page),
		refuseIf(units(q.Search) > maxFunctionSearch, "the search is longer than %d characters", maxFunctionSearch),
		checkFunctionType(q.Type, "", SyncFunction, ActionFunction, OnEventFunction))
}

func checkFunctionType(got FunctionType, allowed ...FunctionType) error {
	return refuseIf(!slices.Contains(allowed, got), "this does not work for functions of type %q", got)
}

func decodeFunctions(response Response, most int) (FunctionPage, error) {
	wire, err := decodeJSON[struct {
		Data       *[]Function
		Pagination struct{ Total int }
	}](response)
	switch {
	case err != nil:
		return FunctionPage{}, err
	case wire.Data == nil:
		return FunctionPage{}, missing("data")
	}
	return FunctionPage{firstRows(*wire.Data, most), max(wire.Pagination.Total, len(*wire.Data))}, nil
}

// GetFunction reads one function. Without a type, it returns the first one with that name.
func GetFunction(integration, name string, kind FunctionType) Read[Function] {
	call, err := aboutFunction(OpFunctionGet, http.MethodGet, integration, name, kind)
	return read(call, decodeData[Function], err)
}

// FunctionCode is the source code of a function.
type FunctionCode struct {
	Type FunctionType `json:"type"`
	Code string       `json:"code"` // TypeScript
}

// GetFunctionCode reads the source code of a function. Without a type, a name shared by several functions is a
// [Conflict].
func GetFunctionCode(integration, name string, kind FunctionType) Read[FunctionCode] {
	call, err := aboutFunction(OpFunctionCode, http.MethodGet, integration, name, kind)
	call.Path = append(call.Path, "code")
	return read(call, requires(decodeJSON[FunctionCode], "type", func(c FunctionCode) bool { return c.Type != "" }), err)
}

// DeleteFunction deletes a sync or an action and its data. It completes after the response. Nango refuses to delete a
// function from a repository.
func DeleteFunction(integration, name string, kind FunctionType) Request[Success] {
	call, err := aboutFunction(OpFunctionDelete, http.MethodDelete, integration, name, kind)
	return request(call, succeeded(decodeData[Success]), checkFunctionType(kind, SyncFunction, ActionFunction), err)
}

func aboutFunction(operation Operation, method, integration, name string, kind FunctionType) (Call, error) {
	call := newCall(operation, method, "integrations", integration, "functions", name).about(ConnectionRef{Integration: integration})
	call.Name = name
	if kind != "" {
		call.Query = url.Values{"type": {string(kind)}}
	}
	return call, firstError(CheckIntegrationKey(integration), CheckFunctionName(name),
		checkFunctionType(kind, "", SyncFunction, ActionFunction, OnEventFunction))
}

// FunctionsBound is the maximum number of functions read per integration.
const FunctionsBound = 2000

// FunctionPages reads all functions of a query, page by page, without sending anything itself. It can be copied.
type FunctionPages struct {
	loading
	query FunctionQuery
	total int
}

// NewFunctionPages starts at the first page. It ignores the query's limit and page.
func NewFunctionPages(query FunctionQuery) FunctionPages {
	query.Page, query.Limit = 0, MaxFunctionPage
	return FunctionPages{query: query, loading: loading{bound: FunctionsBound}}
}

// Next returns the page to read next, if there is one.
func (p *FunctionPages) Next() (Read[FunctionPage], bool) {
	if p.done {
		return Read[FunctionPage]{}, false
	}
	p.query.most = p.bound - p.loaded
	return ListFunctions(p.query), true
}

// Add adds the page that [FunctionPages.Next] returned. A page that isn't full ends the list, and so does the bound.
func (p *FunctionPages) Add(page FunctionPage) {
	p.query.Page++
	p.loaded += len(page.Functions)
	p.total = page.Total
	p.done = len(page.Functions) < MaxFunctionPage || p.loaded >= p.bound
}

// Missing is the number of functions beyond [FunctionsBound].
func (p *FunctionPages) Missing() int {
	if !p.done {
		return 0
	}
	return max(p.total-p.loaded, 0)
}

// ProviderScripts are the functions of a provider, as returned by the older list: integrations of one provider are
// merged under the key of the first, and on-event functions are missing.
type ProviderScripts struct {
	Integration string
	Provider    string
	Functions   []Function
}

// ListScripts reads the functions of all integrations. It is for servers without [ListFunctions], which was added in
// v0.70.7.
func ListScripts() Read[[]ProviderScripts] {
	return read(newCall(OpScriptsList, http.MethodGet, "scripts", "config"), decodeScripts)
}

func decodeScripts(response Response) ([]ProviderScripts, error) {
	wire, err := decodeJSON[[]struct {
		Integration string     `json:"providerConfigKey"`
		Provider    string     `json:"provider"`
		Syncs       []Function `json:"syncs"`
		Actions     []Function `json:"actions"`
		OnEvents    []Function `json:"on-events"`
	}](response)
	if err != nil {
		return nil, err
	}
	all, n := make([]ProviderScripts, 0, min(len(wire), MaxRows)), 0
	for _, one := range wire {
		if one.Integration == "" {
			return nil, missing("providerConfigKey")
		}
		functions := slices.Concat(one.Syncs, one.Actions, one.OnEvents)
		if n += 1 + len(functions); n > MaxRows {
			return nil, errTooManyRows
		}
		all = append(all, ProviderScripts{Integration: one.Integration, Provider: one.Provider, Functions: functions})
	}
	return all, nil
}
