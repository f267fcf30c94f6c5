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

// endpoint is the path under which an old client could call a function.
type endpoint struct {
	Method string  `json:"method"`
	Path   string  `json:"path"`
	Group  *string `json:"group"`
}

// function is a deployed function of an integration. The world of 100,000 connections has one
// function for all connections of an integration; what differs is in syncState.
type function struct {
	id             int
	name, kind     string
	description    string
	hasDescription bool     // a function may be deployed without a description at all
	scopes         []string // nil where it declares none
	input          string   // the model of the input, "" for none
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
	validatesInput bool // its runtime checks the input
	deployed       timestamp
	syncsSince     timestamp // connections made before have no sync of it: the orchestrator was down when it was deployed
	endpoints      []endpoint
	code           string
	run            actionFunc
	sizes          recordSizes
	fixedRecords   []fixedRecord // the records of a sync that saves always the same
}

// byKindAndName is the order of GET /integrations/{key}/functions, as seen on v0.71.4.
func byKindAndName(a, b *function) int {
	return cmp.Or(strings.Compare(a.kind, b.kind), strings.Compare(a.name, b.name))
}

func byName(a, b *function) int {
	return cmp.Or(strings.Compare(a.name, b.name), strings.Compare(a.kind, b.kind))
}

// function finds one by name and kind; without a kind the action comes first.
func (i *integration) function(name, kind string) *function {
	for _, f := range i.functions {
		if f.name == name && (kind == "" || f.kind == kind) {
			return f
		}
	}
	return nil
}

// syncs are the functions that run by a schedule, by name.
func (i *integration) syncs() []*function {
	var out []*function
	for _, f := range i.functions {
		if f.kind == kindSync {
			out = append(out, f)
		}
	}
	return out
}

// deploy adds a function or puts it in the place of the one of the same kind and name. An event
// function has a number of its own sequence.
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

// undeploy takes a function away; the states of a sync go with it.
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

// view is a sync or an action as the templates of a provider show it.
func (f *function) view() *js.Object {
	o := js.NewObject("name", f.name)
	if f.hasDescription {
		o.Set("description", f.description)
	}
	if f.scopes != nil {
		o.Set("scopes", stringList(f.scopes))
	}
	o.Set("type", f.kind)
	if f.input != "" {
		o.Set("input", f.input)
	}
	o.Set("returns", stringList(f.returns))
	o.Set("json_schema", objectOrNull(f.schema))
	if f.kind == kindSync {
		o.Set("runs", stringOrNull(f.runs))
		o.Set("auto_start", f.autoStart)
		o.Set("track_deletes", f.trackDelete)
	}
	return o
}

// deployedView is a function as GET /integrations/{key}/functions shows it.
func (f *function) deployedView() *js.Object {
	o := f.view()
	if f.kind == kindOnEvent {
		o = js.NewObject("name", f.name, "type", f.kind, "event", f.event)
	}
	o.Set("id", f.id)
	o.Set("enabled", !f.disabled)
	o.Set("last_deployed", isoZ(f.deployed.time()))
	o.Set("source", f.source)
	return o
}

func stringList(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

func stringOrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
