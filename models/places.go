package models

import (
	"nango-tui/models/logs"
	"nango-tui/models/screen"
	"nango-tui/models/welcome"
)

// places are the screens that a route can name. It is the one table that knows every area.
var places = map[string]place{
	"requests": {"requests", "the calls of this program", func(a *App, r screen.Route) (screen.Screen, error) {
		return logs.NewRequests(r, a.config.Log.Entries), nil
	}},
	"welcome": {open: func(a *App, _ screen.Route) (screen.Screen, error) {
		return welcome.New(a.problem, a.config.HasDemo), nil
	}},
}
