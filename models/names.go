package models

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// This file names connections by their customers in what App draws around screens: breadcrumbs, messages and dialogs. Screens put
// [nango.ConnectionRef.String] into such texts; the name is looked up when they are drawn.

// connectionOf is the connection that a route is about; without an id if it is about none.
func connectionOf(r screen.Route) nango.ConnectionRef {
	ref := nango.ConnectionRef{Integration: r.Arg(0), ID: r.Query.Get("connection")}
	if strings.Contains(places[r.Name].shape, "/ID") {
		ref.ID = r.Arg(1)
	}
	return ref
}

// learnName lets the store know the customer of an opened screen if a screen below knows it, such as a list that is being read.
func (a *App) learnName(e *entry) {
	ref := connectionOf(e.route)
	if e.profile == nil || ref.ID == "" || e.profile.store.Name(ref) != "" {
		return
	}
	for _, other := range a.stack {
		if list, ok := other.screen.(screen.CustomerNamer); ok && other.profile == e.profile {
			e.profile.store.LearnName(ref, list.CustomerOf(ref))
		}
	}
}

// titleOf is the title of a screen in the breadcrumbs.
func (a *App) titleOf(e *entry) string {
	return a.named(e.profile, withCustomer(e.profile, connectionOf(e.route), e.screen.Title(), false))
}

// titleOfWatch is the title of a watch. It has the profile if that isn't the active one.
func (a *App) titleOfWatch(w *watcher) string {
	return a.named(w.profile, withCustomer(w.profile, w.ref, w.watch.Title(), false))
}

// connection is the connection that the screen or the watch is about; without an id if it is about none.
func (o origin) connection() nango.ConnectionRef {
	switch {
	case o.watcher != nil:
		return o.watcher.ref
	case o.entry != nil:
		return connectionOf(o.entry.route)
	}
	return nango.ConnectionRef{}
}

// withCustomer replaces the id of a connection in a text by its customer's name if that is known, or puts the name before the id.
func withCustomer(of *ActiveProfile, ref nango.ConnectionRef, text string, keepID bool) string {
	before, after, found := strings.Cut(text, ref.String())
	isPart := before != "" && !strings.HasSuffix(before, " ") || after != "" && !strings.ContainsAny(after[:1], " ,.:;)")
	if !found || isPart || of == nil || ref.ID == "" {
		return text
	}
	name := of.store.Name(ref)
	if name == "" {
		return text
	}
	before = strings.TrimSuffix(before, name+" · ")
	if keepID {
		return before + name + " · " + ref.String() + after
	}
	return before + name + " · " + ref.Integration + after
}
