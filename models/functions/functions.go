// Package functions is the functions of an integration: its syncs, its actions and what runs on events, with their source
// code; templates and local files that are tried and deployed; and how that goes. It may know what any screen may know, and
// no other area.
package functions

import (
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Ids of the actions on a function, in the list and on its own screen.
const (
	Open   screen.ActionID = "function.open"
	Use    screen.ActionID = "function.use"
	Source screen.ActionID = "function.source"
	Copy   screen.ActionID = "function.copy"
	Delete screen.ActionID = "function.delete"
	All    screen.ActionID = "function.all"
)

// Ids of the actions on the list.
const (
	Templates screen.ActionID = "functions.templates"
	LocalFile screen.ActionID = "functions.file"
)

// Routes of the area.
const (
	ListRoute   = "functions"
	DetailRoute = "function"
)

// queryType names the type of a function in its route: a sync and an action may share a name.
const queryType = "type"

// routeTo is the route to a function.
func routeTo(integration string, kind nango.FunctionType, name string) screen.Route {
	return screen.To(DetailRoute, integration, name).With(queryType, string(kind))
}

// sources say where a function came from, in a word and at length.
var sources = map[string]struct{ word, said string }{
	"repo":       {"CLI", "a repository, deployed by the CLI: it is changed and deleted there"},
	"standalone": {"code", "code, deployed by itself"},
	"catalog":    {"template", "a template of the provider"},
}

// sourceWord is where a function came from, in a word; Nango's own where it is none that is known.
func sourceWord(source string) string {
	if known, ok := sources[source]; ok {
		return known.word
	}
	return source
}

// use is what one does with a function of the type: an action is run, of a sync one looks at the state.
func use(integration string, kind nango.FunctionType, name string) screen.Action {
	switch kind {
	case nango.ActionFunction:
		return screen.Action{ID: Use, Title: "Run", Do: func(t *screen.Turn) { t.Open(screen.To("run", integration, name)) }}
	case nango.SyncFunction:
		return screen.Action{ID: Use, Title: "State of the syncs", Do: func(t *screen.Turn) { t.Open(screen.To("syncs", integration)) }}
	}
	return screen.Action{ID: Use, Title: "Run", Disabled: "what runs on events is run by Nango alone"}
}

// changes says whether a call changed the functions of an integration.
func changes(c nango.Call, integration string) bool {
	switch c.Operation {
	case nango.OpFunctionDelete, nango.OpDeploymentStart:
		return c.About.Integration == integration
	}
	return false
}

// checkRoute says whether a route names an integration, and knows only what is asked for.
func checkRoute(r screen.Route, args int, usage string, known ...string) error {
	if len(r.Args) != args {
		return fmt.Errorf("it is %s", usage)
	}
	if err := r.CheckQuery(known...); err != nil {
		return err
	}
	return nango.CheckIntegrationKey(r.Arg(0))
}

func count(n int) string { return ui.Count(n).String() }
