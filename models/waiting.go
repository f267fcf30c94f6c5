package models

import (
	"strings"
	"time"

	"nango-tui/ui"
)

const (
	// slowAfter is when a request gets a clock, and how often the clock is drawn.
	slowAfter = time.Second
	// maxWaitsFor is the maximum width of what a request waits for, in cells.
	maxWaitsFor = 40
)

// isLoading reports whether anything is in progress that the user waits for.
func (a *App) isLoading() bool { return a.fetching+a.sending > 0 || a.connecting != "" }

// loadingRedraw is how often the status line has to be redrawn.
func (a *App) loadingRedraw() time.Duration {
	if a.isLoading() {
		return slowAfter
	}
	return defaultRedraw
}

// waiting is what the user has waited for longest, and for how long; empty below [slowAfter].
func (a *App) waiting() ui.Text {
	if !a.isLoading() {
		return ui.Text{}
	}
	what, since := a.waitsFor()
	took := a.config.Now().Sub(since)
	if since.IsZero() || took < slowAfter {
		return ui.Text{}
	}
	return a.clean(what).Truncate(maxWaitsFor).Concat(ui.Clean(" "), ui.Elapsed(took))
}

// waitsFor is what was begun first and hasn't ended, and when that began: a switch of profiles, or a request. The log has the
// requests, also those that background work of a screen sends one after another.
func (a *App) waitsFor() (what string, since time.Time) {
	if a.connecting != "" {
		return textConnecting + a.connecting, a.connectingSince
	}
	request, ok := a.config.Log.Oldest()
	if !ok {
		return "", time.Time{}
	}
	if p := a.active; p != nil && p.Limiter.Budget().WaitUntil.After(a.config.Now()) {
		return textWaitsBudget, request.Began
	}
	path, _, _ := strings.Cut(request.Path, "?")
	return request.Method + " " + path, request.Began
}
