package sandbox

import (
	"cmp"
	"slices"
	"strings"
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
	id          int
	name, kind  string
	description string
	described   bool     // a function may be deployed without a description at all
	scopes      []string // nil where it declares none
	input       string   // the model of the input, "" for none
	returns     []string
	schema      *object // json_schema, nil for null
	runs        string
	autoStart   bool
	trackDelete bool
	syncType    string // "full" or "incremental"
	event       string
	version     string
	source      string // "repo", "catalog" or "standalone"
	sdkVersion  string
	disabled    bool
	strict      bool // its runtime checks the input
	deployed    stamp
	since       stamp // connections made before have no sync of it: the orchestrator was down when it was deployed
	endpoints   []endpoint
	code        string
	act         action
	sizes       recordSizes
	fixed       []fixedRecord // the records of a sync that saves always the same
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
func (w *world) deploy(i *integration, f *function) {
	if f.kind == kindOnEvent {
		w.lastEvent++
		f.id = w.lastEvent
	} else {
		w.lastFunction++
		f.id = w.lastFunction
	}
	i.functions = slices.DeleteFunc(i.functions, func(old *function) bool { return old.kind == f.kind && old.name == f.name })
	i.functions = append(i.functions, f)
	slices.SortFunc(i.functions, byKindAndName)
}

// undeploy takes a function away; the states of a sync go with it.
func (w *world) undeploy(i *integration, f *function) {
	i.functions = slices.DeleteFunc(i.functions, func(old *function) bool { return old == f })
	if f.kind != kindSync {
		return
	}
	for _, conn := range i.byID {
		conn.syncs = slices.DeleteFunc(conn.syncs, func(s *syncState) bool { return s.fn == f })
	}
	w.dropTroubles(func(t *trouble) bool { return t.fn == f })
}

// view is a sync or an action as the templates of a provider show it.
func (f *function) view() *object {
	o := newObject("name", f.name)
	if f.described {
		o.set("description", f.description)
	}
	if f.scopes != nil {
		o.set("scopes", texts(f.scopes))
	}
	o.set("type", f.kind)
	if f.input != "" {
		o.set("input", f.input)
	}
	o.set("returns", texts(f.returns))
	o.set("json_schema", schemaOrNull(f.schema))
	if f.kind == kindSync {
		o.set("runs", textOrNull(f.runs))
		o.set("auto_start", f.autoStart)
		o.set("track_deletes", f.trackDelete)
	}
	return o
}

// deployedView is a function as GET /integrations/{key}/functions shows it.
func (f *function) deployedView() *object {
	o := f.view()
	if f.kind == kindOnEvent {
		o = newObject("name", f.name, "type", f.kind, "event", f.event)
	}
	o.set("id", f.id)
	o.set("enabled", !f.disabled)
	o.set("last_deployed", isoZ(f.deployed.time()))
	o.set("source", f.source)
	return o
}

func texts(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

func textOrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func schemaOrNull(o *object) any {
	if o == nil {
		return nil
	}
	return o
}
