package sandbox

import (
	"cmp"
	"slices"
	"strings"

	"nango-tui/nango/sandbox/js"
)

// The kinds of functions, in the order in which the server lists them.
const (
	kindAction  = "action"
	kindOnEvent = "on-event"
	kindSync    = "sync"
)

// endpoint is the path by which an old client could call a function.
type endpoint struct {
	Method string  `json:"method"`
	Path   string  `json:"path"`
	Group  *string `json:"group"`
}

// function is a deployed function of an integration. All connections share it; syncState has what differs.
type function struct {
	id             int
	name, kind     string
	description    string
	hasDescription bool
	scopes         []string // nil if it declares none
	input          string   // model, "" for none
	returns        []string
	schema         *js.Object // json_schema, nil for null
	runs           string
	autoStart      bool
	trackDelete    bool
	syncType       string // "full" or "incremental"
	event          string
	version        string
	source         string // "repo", "catalog" or "standalone"
	sdkVersion     string
	disabled       bool
	validatesInput bool
	deployed       timestamp
	syncsSince     timestamp // older connections have no sync of it, because the orchestrator was down when it was deployed
	endpoints      []endpoint
	code           string
	run            actionFunc
	sizes          recordSizes
	fixedRecords   []fixedRecord // of a sync that always saves the same
}

// byKindAndName is the order of GET /integrations/{key}/functions, as seen on v0.71.4.
func byKindAndName(a, b *function) int {
	return cmp.Or(strings.Compare(a.kind, b.kind), strings.Compare(a.name, b.name))
}

func byName(a, b *function) int {
	return cmp.Or(strings.Compare(a.name, b.name), strings.Compare(a.kind, b.kind))
}

// function finds a function by name and kind; "" is any kind, actions first.
func (i *integration) function(name, kind string) *function {
	for _, f := range i.functions {
		if f.name == name && (kind == "" || f.kind == kind) {
			return f
		}
	}
	return nil
}

func (i *integration) syncs() []*function {
	return filter(i.functions, func(f *function) bool { return f.kind == kindSync })
}

func filter[T any](all []T, keep func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(all), func(one T) bool { return !keep(one) })
}

// deploy adds a function, or replaces the one of the same kind and name. Event functions are numbered separately.
func (env *environment) deploy(i *integration, f *function) {
	if f.kind == kindOnEvent {
		env.lastEvent++
		f.id = env.lastEvent
	} else {
		env.lastFunction++
		f.id = env.lastFunction
	}
	i.functions = slices.DeleteFunc(i.functions, func(old *function) bool { return old.kind == f.kind && old.name == f.name })
	i.functions = append(i.functions, f)
	slices.SortFunc(i.functions, byKindAndName)
}

// undeploy removes a function and the states of its syncs.
func (env *environment) undeploy(i *integration, f *function) {
	i.functions = slices.DeleteFunc(i.functions, func(old *function) bool { return old == f })
	if f.kind != kindSync {
		return
	}
	for _, conn := range i.connections {
		conn.syncs = slices.DeleteFunc(conn.syncs, func(s *syncState) bool { return s.fn == f })
	}
	env.removeSyncFailures(func(t *syncFailure) bool { return t.fn == f })
}

// view is a sync or an action as in the templates of a provider.
func (f *function) view() *js.Object {
	isSync := f.kind == kindSync
	return js.NewObject("name", f.name, "description", js.When(f.hasDescription, f.description),
		"scopes", js.When(f.scopes != nil, list(f.scopes)), "type", f.kind, "input", js.When(f.input != "", f.input),
		"returns", list(f.returns), "json_schema", objectOrNull(f.schema), "runs", js.When(isSync, stringOrNull(f.runs)),
		"auto_start", js.When(isSync, f.autoStart), "track_deletes", js.When(isSync, f.trackDelete))
}

// deployedView is a function in GET /integrations/{key}/functions.
func (f *function) deployedView() *js.Object {
	o := f.view()
	if f.kind == kindOnEvent {
		o = js.NewObject("name", f.name, "type", f.kind, "event", f.event)
	}
	o.Merge(js.NewObject("id", f.id, "enabled", !f.disabled, "last_deployed", isoZ(f.deployed.time()), "source", f.source))
	return o
}

func list[T any](items []T) []any {
	out := make([]any, len(items))
	for i, item := range items {
		out[i] = item
	}
	return out
}

func stringOrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
