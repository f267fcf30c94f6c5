package models

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/dialog"
)

// Elsewhere is a kind of screen with its actions. The palette and the help find actions of screens that are not open in it.
type Elsewhere struct {
	// Where says where the actions are: "on the connections list".
	Where string
	// Route opens the screen; empty if it needs something that only the user knows, such as which connection.
	Route string
	// Screens are its types, as in [Scope].
	Screens []string
	Actions []ElsewhereAction
}

// ElsewhereAction is an action of a screen that may not be open.
type ElsewhereAction struct {
	ID        screen.ActionID
	Title     string
	Operation nango.Operation
}

// elsewherePrefix begins the ids of palette items that are actions of other screens.
const elsewherePrefix = "elsewhere "

// elsewhere calls f with the actions that the screen on top doesn't have, and where they are.
func (a *App) elsewhere(f func(place Elsewhere, action ElsewhereAction)) {
	here := a.actions()
	kind := a.Scope().Screen
	for _, place := range a.config.Elsewhere {
		if slices.Contains(place.Screens, kind) {
			continue
		}
		for _, action := range place.Actions {
			if !slices.ContainsFunc(here, func(h screen.Action) bool { return h.ID == action.ID }) {
				f(place, action)
			}
		}
	}
}

// elsewhereItems are the actions of other screens for the palette: "on the connections list: Delete".
func (a *App) elsewhereItems() []dialog.Item {
	var items []dialog.Item
	a.elsewhere(func(place Elsewhere, action ElsewhereAction) {
		items = append(items, dialog.Item{
			ID: elsewherePrefix + string(action.ID) + " " + place.Where, Title: ui.Clean(place.Where + ": " + action.Title),
			Detail: effectWord(screen.Action{Operation: action.Operation}), Keys: a.keysOf(action.ID),
		})
	})
	return items
}

// elsewhereGroups are the keys of other screens for the help.
func (a *App) elsewhereGroups() []dialog.HelpGroup {
	var groups []dialog.HelpGroup
	last := ""
	a.elsewhere(func(place Elsewhere, action ElsewhereAction) {
		keys := a.keysOf(action.ID)
		if keys == "" {
			return
		}
		if place.Where != last {
			groups, last = append(groups, dialog.HelpGroup{Title: ui.Clean(upperFirst(place.Where))}), place.Where
		}
		of := &groups[len(groups)-1]
		of.Items = append(of.Items, dialog.Item{
			Keys: keys, Title: ui.Clean(action.Title), Detail: effectWord(screen.Action{Operation: action.Operation}),
		})
	})
	return groups
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// goElsewhere goes to the screen of a palette item, or says what to open first.
func (a *App) goElsewhere(item dialog.Item) {
	a.elsewhere(func(place Elsewhere, action ElsewhereAction) {
		if item.ID != elsewherePrefix+string(action.ID)+" "+place.Where {
			return
		}
		how := textInPalette
		if key := a.firstKey(action.ID); key != "" {
			how = fmt.Sprintf(textByKey, strconv.Quote(key))
		}
		if place.Route == "" {
			a.toast(fmt.Sprintf(textOpenFirst, action.Title, place.Where, how))
			return
		}
		below := a.top()
		a.goTo(place.Route)
		if a.top() != below {
			a.toast(fmt.Sprintf(textActionHere, action.Title, how))
		}
	})
}
