package models

import (
	"slices"
	"strings"

	"nango-tui/models/connections"
	"nango-tui/models/screen"
	"nango-tui/ui"
	"nango-tui/ui/dialog"
)

// This file completes routes and names on the line that `:` opens, and goes there.

// completeRoute offers the places and names that fit what was typed, best first. While the arguments of a route are typed, it
// describes the route.
func (a *App) completeRoute(typed string) dialog.Completion {
	typed = strings.TrimLeft(typed, ":/")
	var c dialog.Completion
	if i := strings.IndexAny(typed, "/?"); i >= 0 {
		if p := places[typed[:i]]; p.shape != "" {
			c.Note = ui.Clean(p.shape + "  " + p.about)
		}
	}
	c.Complete = isRoute(typed)
	var needArguments []dialog.Item
	for _, name := range placeNames() {
		switch p := places[name]; {
		case !strings.HasPrefix(name, typed):
		case p.fits(nil):
			c.Items = append(c.Items, p.item())
		default:
			needArguments = append(needArguments, p.item())
		}
	}
	c.Items = append(c.Items, needArguments...)
	c.Items = append(c.Items, a.nameItems(typed)...)
	return c
}

// maxNames is the maximum number of names that are looked at for a typed text, and maxNameItems of those that are offered.
const (
	maxNames     = 500
	maxNameItems = 100
)

// nameItems offers the names that contain what was typed, best first: profiles, and what screens and the store have loaded. After
// the name of a place, it offers what has that place: "syncs/glo" finds the syncs of Globex.
func (a *App) nameItems(typed string) []dialog.Item {
	words, of := typed, ""
	var items []dialog.Item
	if i := strings.IndexAny(typed, "/?"); i >= 0 {
		of, words = typed[:i], strings.ReplaceAll(typed[i+1:], "/", " ")
	} else if typed != "" {
		items = a.placeItems(typed)
	}
	seen := map[string]bool{}
	for _, name := range a.findNames(strings.ToLower(words)) {
		route := name.Route
		if of != "" {
			if !places[of].fits(route.Args) || len(route.Args) == 0 {
				continue
			}
			route = screen.To(of, route.Args...)
		}
		if id := route.String(); !seen[id+name.About] {
			seen[id+name.About] = true
			items = append(items, dialog.Item{ID: id, Title: a.clean(name.Text), Detail: ui.Clean(name.About)})
		}
	}
	items = dialog.Best(items, words)
	return items[:min(len(items), maxNameItems)]
}

// placeItems are the profiles, and the places whose names don't begin with what was typed.
func (a *App) placeItems(typed string) []dialog.Item {
	broken := screen.To("connections").With("state", "broken")
	items := []dialog.Item{{ID: broken.String(), Title: ui.Clean(textBroken), Detail: ui.Clean(textAboutBroken)}}
	for _, name := range placeNames() {
		if !strings.HasPrefix(name, typed) {
			items = append(items, places[name].item())
		}
	}
	for _, p := range a.config.Profiles {
		route := screen.To(profileRoute, p.Name).String()
		items = append(items, dialog.Item{ID: route, Title: a.clean(p.Name), Detail: ui.Clean(textAboutProfile)})
	}
	return items
}

// findNames asks those who know names: the screens of the active profile, and the lists that its store keeps.
func (a *App) findNames(text string) []screen.Destination {
	var found []screen.Destination
	ask := func(of any) {
		if namer, ok := of.(screen.Namer); ok && len(found) < maxNames {
			found = append(found, namer.FindNames(text, maxNames-len(found))...)
		}
	}
	if strings.TrimSpace(text) == "" {
		return nil
	}
	hasRows := false
	for _, e := range slices.Backward(a.stack) {
		if e.profile == a.active {
			_, isList := e.screen.(*connections.List)
			hasRows = hasRows || isList
			ask(e.screen)
		}
	}
	if a.active == nil {
		return found
	}
	for key := range a.active.store.Tally().All() {
		if strings.Contains(strings.ToLower(key), text) {
			found = append(found, screen.Destination{Text: key, About: string(screen.NameIntegration), Route: screen.To("integration", key)})
		}
	}
	if !hasRows {
		for _, list := range a.active.store.Lists() {
			ask(list)
		}
	}
	return found
}

// isRoute reports whether a text is a route that can be opened.
func isRoute(typed string) bool {
	r, err := screen.ParseRoute(typed)
	p, ok := places[r.Name]
	return err == nil && (r.Name == profileRoute && len(r.Args) == 1 || ok && p.shape != "" && p.fits(r.Args))
}

// item offers the place, as far as its route is known without arguments.
func (p place) item() dialog.Item {
	end := len(p.shape)
	if i := strings.IndexAny(p.shape, "[?"); i >= 0 {
		end = i
	}
	return dialog.Item{ID: strings.SplitAfter(p.shape[:end], "/")[0], Title: ui.Clean(p.shape), Detail: ui.Clean(p.about)}
}

func (a *App) goTo(typed string) {
	route, err := screen.ParseRoute(typed)
	if err != nil {
		a.showError(textCannotGo, err)
		return
	}
	a.history = append(a.history, typed)
	a.history = a.history[max(len(a.history)-maxHistory, 0):]
	if route.Name == profileRoute {
		a.confirmLeaving(func() { a.open(a.active, route, nil) }, a.stack...)
		return
	}
	if reason := a.disconnected(); reason != "" {
		a.showError(textCannotGo+": "+reason, nil)
		return
	}
	a.open(a.active, route, nil)
}
