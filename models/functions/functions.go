// Package functions shows the functions of an integration (syncs, actions and on-event functions) with their source code, and
// compiles, tests and deploys templates and local files. It may know what any screen may know, and no other area.
package functions

import (
	"cmp"
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// Actions on a function, in the list and on its page.
const (
	Open      screen.ActionID = "function.open"
	Use       screen.ActionID = "function.use"
	OpenSyncs screen.ActionID = "function.syncs"
	Source    screen.ActionID = "function.source"
	Copy      screen.ActionID = "function.copy"
	Delete    screen.ActionID = "function.delete"
	All       screen.ActionID = "function.all"
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

// runActions are to run an action and to show the state of a sync. The footer has the one that fits the function. None is the
// reason if there is no function.
func runActions(integration string, kind nango.FunctionType, name, none string) (run, syncs screen.Action) {
	isAction, isSync := kind == nango.ActionFunction, kind == nango.SyncFunction
	notRun, notSync := screen.DisabledIf(!isAction, textOnEventNotRunnable), screen.DisabledIf(!isSync, textNotASync)
	if isSync {
		notRun = textSyncNotRunHere
	}
	return screen.Action{ID: Use, Title: "Run", HideInFooter: isSync, Disabled: cmp.Or(none, notRun),
			Do: screen.To("run", integration, name).Open},
		screen.Action{ID: OpenSyncs, Title: "Open syncs", HideInFooter: !isSync, Disabled: cmp.Or(none, notSync),
			Do: screen.To("syncs", integration).Open}
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
