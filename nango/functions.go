package nango

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
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
	ID   int64
	Name string
	Type FunctionType
	// Description and Scopes are set by the author; Scopes are those of the provider.
	Description string
	Scopes      []string
	// Input is the name of the input model, Returns are those of the output. Schema defines them.
	Input   string
	Returns []string
	// Schema is a JSON schema with all models under "definitions", or nil.
	Schema json.RawMessage
	// Frequency is how often a sync runs, such as "every hour"; empty for other functions.
	Frequency string
	// AutoStart means that a sync starts when a connection is created; TrackDeletes, that it detects deleted records.
	AutoStart, TrackDeletes bool
	// Event is the event of an on-event function, such as "post-connection-creation".
	Event string
	// Enabled can only be changed in the web dashboard.
	Enabled bool
	// Deployed is when it was last deployed; nil if Nango doesn't say.
	Deployed *time.Time
	// Source is "repo", "standalone" or "catalog". A function from a repository is deployed and deleted from there.
	Source string
	// Version is set by the author. Only [ListScripts] returns it.
	Version string
	// Raw is the unchanged response.
	Raw json.RawMessage
}

type functionWire struct {
	ID           int64           `json:"id"`
	Name         string          `json:"name"`
	Type         FunctionType    `json:"type"`
	Description  string          `json:"description"`
	Scopes       []string        `json:"scopes"`
	Input        string          `json:"input"`
	Returns      []string        `json:"returns"`
	Schema       json.RawMessage `json:"json_schema"`
	Runs         string          `json:"runs"`
	AutoStart    bool            `json:"auto_start"`
	TrackDeletes bool            `json:"track_deletes"`
	Event        string          `json:"event"`
	Enabled      bool            `json:"enabled"`
	Deployed     timestamp       `json:"last_deployed"`
	Source       string          `json:"source"`
	Version      string          `json:"version"`
}

// UnmarshalJSON decodes a function in any of Nango's formats. Fields of an unexpected type stay empty.
func (f *Function) UnmarshalJSON(raw []byte) error {
	var w functionWire
	if err := json.Unmarshal(raw, &w); err != nil && !isMistyped(err) {
		return err
	}
	if w.Name == "" {
		return missing("name")
	}
	*f = Function{
		ID: w.ID, Name: w.Name, Type: w.Type, Description: w.Description, Scopes: w.Scopes, Input: w.Input, Returns: w.Returns,
		Schema: notNull(w.Schema), Frequency: w.Runs, AutoStart: w.AutoStart, TrackDeletes: w.TrackDeletes, Event: w.Event,
		Enabled: w.Enabled, Deployed: w.Deployed.orNil(), Source: w.Source, Version: w.Version, Raw: append(json.RawMessage(nil), raw...),
	}
	return nil
}

// Limits set by Nango for lists of functions.
const (
	MaxFunctionPage   = 100
	maxFunctionSearch = 255
)

// FunctionQuery selects functions of an integration. Empty fields don't filter.
type FunctionQuery struct {
	// Integration is the integration key.
	Integration string
	Type        FunctionType
	// Search is part of the name, case-insensitive.
	Search string
	// Page counts from 0. Limit is the page size, 1 to [MaxFunctionPage]; with 0, Nango uses 20.
	Page, Limit int
}

// FunctionPage is a page of functions.
type FunctionPage struct {
	Functions []Function
	// Total is the number of functions on all pages.
	Total int
}

// ListFunctions reads one page of an integration's functions. Use [FunctionPages] to read all.
func ListFunctions(query FunctionQuery) Read[FunctionPage] {
	call := newCall(OpFunctionsList, http.MethodGet, "integrations", query.Integration, "functions")
	call.About.Integration, call.Query = query.Integration, query.values()
	return read(call, decodeFunctions, CheckIntegrationKey(query.Integration), query.check())
}

func (q FunctionQuery) values() url.Values {
	values := url.Values{}
	for name, value := range map[string]string{"type": string(q.Type), "search": q.Search} {
		if value != "" {
			values.Set(name, value)
		}
	}
	for name, value := range map[string]int{"page": q.Page, "limit": q.Limit} {
		if value != 0 {
			values.Set(name, strconv.Itoa(value))
		}
	}
	return values
}

func (q FunctionQuery) check() error {
	switch {
	case q.Limit < 0 || q.Limit > MaxFunctionPage:
		return fmt.Errorf("the page size must be 1 to %d functions, not %d", MaxFunctionPage, q.Limit)
	case q.Page < 0:
		return fmt.Errorf("the page number must be 0 or more, not %d", q.Page)
	case units(q.Search) > maxFunctionSearch:
		return fmt.Errorf("the search is longer than %d characters", maxFunctionSearch)
	}
	return checkFunctionType(q.Type, "", SyncFunction, ActionFunction, OnEventFunction)
}

func checkFunctionType(got FunctionType, allowed ...FunctionType) error {
	for _, one := range allowed {
		if got == one {
			return nil
		}
	}
	return fmt.Errorf("this does not work for functions of type %q", got)
}

func decodeFunctions(response Response) (FunctionPage, error) {
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
	return FunctionPage{Functions: *wire.Data, Total: wire.Pagination.Total}, nil
}

// GetFunction reads one function. Without a type, it returns the first one with that name.
func GetFunction(integration, name string, kind FunctionType) Read[Function] {
	call, err := aboutFunction(OpFunctionGet, http.MethodGet, integration, name, kind)
	return read(call, decodeData[Function], err)
}

// FunctionCode is the source code of a function.
type FunctionCode struct {
	Type FunctionType `json:"type"`
	// Code is TypeScript.
	Code string `json:"code"`
}

// GetFunctionCode reads the source code of a function. Without a type, a name shared by several functions is a
// [Conflict].
func GetFunctionCode(integration, name string, kind FunctionType) Read[FunctionCode] {
	call, err := aboutFunction(OpFunctionCode, http.MethodGet, integration, name, kind)
	call.Path = append(call.Path, "code")
	return read(call, decodeCode, err)
}

func decodeCode(response Response) (FunctionCode, error) {
	code, err := decodeJSON[FunctionCode](response)
	if err == nil && code.Type == "" {
		err = missing("type")
	}
	return code, err
}

// DeleteFunction deletes a sync or an action and its data. It completes after the response. Nango refuses to delete a
// function from a repository.
func DeleteFunction(integration, name string, kind FunctionType) Request[Success] {
	call, err := aboutFunction(OpFunctionDelete, http.MethodDelete, integration, name, kind)
	return request(call, decodeDone, checkFunctionType(kind, SyncFunction, ActionFunction), err)
}

// decodeDone decodes {"data": {"success": true}}.
func decodeDone(response Response) (Success, error) {
	value, err := decodeData[Success](response)
	if err == nil && !value.Success {
		err = errNoSuccess
	}
	return value, err
}

func aboutFunction(operation Operation, method, integration, name string, kind FunctionType) (Call, error) {
	call := newCall(operation, method, "integrations", integration, "functions", name)
	call.About.Integration = integration
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
	query  FunctionQuery
	loaded int
	total  int
	done   bool
}

// NewFunctionPages starts at the first page. It ignores the query's limit and page.
func NewFunctionPages(query FunctionQuery) FunctionPages {
	query.Page, query.Limit = 0, MaxFunctionPage
	return FunctionPages{query: query}
}

// Next returns the page to read next, if there is one.
func (p *FunctionPages) Next() (Read[FunctionPage], bool) {
	if p.done {
		return Read[FunctionPage]{}, false
	}
	return ListFunctions(p.query), true
}

// Add adds the page that [FunctionPages.Next] returned. A page that isn't full ends the list, and so does the bound.
func (p *FunctionPages) Add(page FunctionPage) {
	p.query.Page++
	p.loaded += len(page.Functions)
	p.total = page.Total
	p.done = len(page.Functions) < MaxFunctionPage || p.loaded >= FunctionsBound
}

// Done reports whether the list is complete.
func (p *FunctionPages) Done() bool { return p.done }

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
	all := make([]ProviderScripts, 0, len(wire))
	for _, one := range wire {
		if one.Integration == "" {
			return nil, missing("providerConfigKey")
		}
		functions := append(append(one.Syncs, one.Actions...), one.OnEvents...)
		all = append(all, ProviderScripts{Integration: one.Integration, Provider: one.Provider, Functions: functions})
	}
	return all, nil
}
