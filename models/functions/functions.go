// Package functions shows the functions of an integration (syncs, actions and on-event functions) with their source code, and
// compiles, tests and deploys templates and local files. It may know what any screen may know, and no other area.
package functions

import (
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Actions on a function, in the list and on its page.
const (
	Open   screen.ActionID = "function.open"
	Use    screen.ActionID = "function.use"
	Source screen.ActionID = "function.source"
	Copy   screen.ActionID = "function.copy"
	Delete screen.ActionID = "function.delete"
	All    screen.ActionID = "function.all"
)

// Actions on the list.
const (
	Templates screen.ActionID = "functions.templates"
	LocalFile screen.ActionID = "functions.file"
)

// Routes of the area.
const (
	ListRoute   = "functions"
	DetailRoute = "function"
)

// queryType is the type of a function in its route: a sync and an action may have the same name.
const queryType = "type"

func routeTo(integration string, kind nango.FunctionType, name string) screen.Route {
	return screen.To(DetailRoute, integration, name).With(queryType, string(kind))
}

// sources describes where a function comes from, in a word and in a sentence.
var sources = map[string]struct{ word, said string }{
	"repo":       {"CLI", textFromRepository},
	"standalone": {"code", textFromCode},
	"catalog":    {"template", textFromTemplate},
}

// sourceWord is the source in a word: ours, or Nango's if it isn't known.
func sourceWord(source string) string {
	if known, ok := sources[source]; ok {
		return known.word
	}
	return source
}

// useAction is the main action on a function: run an action, show the state of a sync.
func useAction(integration string, kind nango.FunctionType, name string) screen.Action {
	switch kind {
	case nango.ActionFunction:
		return screen.Action{ID: Use, Title: "Run", Do: screen.To("run", integration, name).Open}
	case nango.SyncFunction:
		return screen.Action{ID: Use, Title: "Open syncs", Do: screen.To("syncs", integration).Open}
	}
	return screen.Action{ID: Use, Title: "Run", Disabled: textOnEventNotRunnable}
}

func changesFunctions(c nango.Call, integration string) bool {
	switch c.Operation {
	case nango.OpFunctionDelete, nango.OpDeploymentStart:
		return c.About.Integration == integration
	}
	return false
}

func checkRoute(r screen.Route, args int, usage string, known ...string) error {
	if len(r.Args) != args {
		return fmt.Errorf(textRouteMustBe, usage)
	}
	if err := r.CheckQuery(known...); err != nil {
		return err
	}
	return nango.CheckIntegrationKey(r.Arg(0))
}

func count(n int) string { return ui.Count(n).String() }
