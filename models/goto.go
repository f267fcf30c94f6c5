package models

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

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
	if typed == "" {
		c.Note = ui.Clean(textWhatToType)
	}
	if i := strings.IndexAny(typed, "/?"); i >= 0 {
		if p := places[typed[:i]]; p.shape != "" {
			c.Note = ui.Clean(p.shape + "  " + p.about)
		}
	}
	c.Complete = isRoute(typed)
	var needArguments, needCustomer []dialog.Item
	for _, name := range placeNames() {
		switch p := places[name]; {
		case !strings.HasPrefix(name, typed):
		case p.fits(nil):
			c.Items = append(c.Items, p.item())
		case strings.HasSuffix(p.shape, "/WHO"): // names and views are there at once
			needCustomer = append(needCustomer, p.item())
		default:
			needArguments = append(needArguments, p.item())
		}
	}
	c.Items = append(c.Items, needArguments...)
	c.Items = append(append(c.Items, a.nameItems(typed)...), needCustomer...)
	return c
}

// maxNames is the maximum number of names that are searched for a typed text, and maxNameItems of those that are offered.
const (
	maxNames     = 500
	maxNameItems = 100
)

// nameItems offers the names that contain what was typed or have its letters in order, best first: views, profiles, and what screens
// and the store have loaded. After the name of a place, it offers what has that place: "syncs/glo" finds the syncs of Globex, and
// "syncs/" integrations, then connections.
func (a *App) nameItems(typed string) []dialog.Item {
	words, of := typed, ""
	var items []dialog.Item
	if i := strings.IndexAny(typed, "/?"); i >= 0 {
		of, words = typed[:i], strings.ReplaceAll(typed[i+1:], "/", " ")
	} else if typed != "" {
		items = a.placeItems(typed)
	}
	if of == "" && strings.TrimSpace(words) == "" {
		return nil
	}
	found := a.findNames(strings.ToLower(words))
	if of != "" {
		found = ofPlace(found, of, words)
	}
	seen := map[string]bool{}
	for _, name := range found {
		if id := name.Route.String(); !seen[id+name.About] {
			seen[id+name.About] = true
			items = append(items, dialog.Item{ID: id, Title: a.clean(name.Text), Detail: ui.Clean(name.About)})
		}
	}
	items = dialog.Best(items, words)
	return items[:min(len(items), maxNameItems)]
}

// ofPlace turns names into routes of a place, and drops those that have none. If nothing else was typed, integrations come first and
// each connection once.
func ofPlace(found []screen.Destination, of, words string) []screen.Destination {
	var fitting []screen.Destination
	for _, name := range found {
		if places[of].isOf(name.Route.Args) {
			name.Route = screen.To(of, name.Route.Args...)
			fitting = append(fitting, name)
		}
	}
	if strings.TrimSpace(words) != "" {
		return fitting
	}
	last := func(d screen.Destination) int { // a customer says more than the organization
		return 2*len(d.Route.Args) + strings.Count(d.About, screen.TextOrganization)
	}
	slices.SortStableFunc(fitting, func(a, b screen.Destination) int { return last(a) - last(b) })
	seen := map[string]bool{}
	return slices.DeleteFunc(fitting, func(d screen.Destination) bool {
		known := seen[d.Route.String()]
		seen[d.Route.String()] = true
		return known
	})
}

// isOf reports whether the key of an integration, or that and the id of a connection, are all that the place needs.
func (p place) isOf(args []string) bool {
	switch len(args) {
	case 1:
		return strings.Contains(p.shape, "/KEY") && !strings.Contains(p.shape, "/KEY/ID") && p.fits(args)
	case 2:
		return strings.Contains(p.shape, "/KEY/ID") || strings.Contains(p.shape, "/KEY[/ID]")
	}
	return false
}

// placeItems are the views of lists, the profiles, and the places whose names don't begin with what was typed.
func (a *App) placeItems(typed string) []dialog.Item {
	var items []dialog.Item
	for _, v := range a.views {
		if places[v.List].fits(nil) {
			items = append(items, dialog.Item{ID: v.Route().String(), Title: a.clean(v.Name),
				Detail: a.clean(fmt.Sprintf(textAboutView, v.List, v.Filter))})
		}
	}
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
	for _, key := range slices.Sorted(maps.Keys(a.active.store.Tally().All())) {
		if screen.HasLetters(strings.ToLower(key), strings.ReplaceAll(text, " ", "")) {
			found = append(found, screen.Destination{Text: key, About: screen.TextIntegration, Route: screen.To("integration", key)})
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

// viewsRead is what the user's document of lists has.
type viewsRead struct {
	views []screen.View
	err   error
}

// readViews reads the saved views, which the line offers when they are there.
func (a *App) readViews() {
	a.do(func() tea.Msg {
		views, err := screen.ReadViews(a.config.Files)
		return viewsRead{views, err}
	})
}

func (a *App) viewsRead(msg viewsRead) {
	if msg.err != nil {
		a.toast(msg.err.Error())
	}
	changed := !reflect.DeepEqual(a.views, msg.views)
	a.views = msg.views
	if o, ok := a.overlay.(*goToOverlay); ok && changed {
		o.line.Complete()
	}
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
