package models

import (
	"strings"

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
	for _, name := range placeNames() {
		if strings.HasPrefix(name, typed) {
			c.Items = append(c.Items, places[name].item())
		}
	}
	return c
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
