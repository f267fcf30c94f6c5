package models

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

// tour shows everything that the dashboard can show of a world: every place, every action of it, what lies over the
// screens, and errors. After each step it looks at what the terminal would get.
type tour struct {
	*driver
	server *sandbox.Server
	// look is called after each step with what was done last.
	look func(step string)
	// skip are actions that are left out, by the end of their id.
	skip []string
}

// newTour begins at the list of connections of a server to which the test has given its own world.
func newTour(t *testing.T, server *sandbox.Server, width, height int) *tour {
	t.Helper()
	tr := &tour{server: server, look: func(string) {}}
	tr.driver = newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}, "other": {Production: true}})
	tr.send(tea.WindowSizeMsg{Width: width, Height: height})
	return tr
}

func (tr *tour) everywhere(routes ...screen.Route) {
	for _, route := range routes {
		tr.at(route)
		for _, key := range []string{"?", "ctrl+p", ":", "P"} {
			tr.press(key)
			tr.look(route.String() + " " + key)
			tr.press("esc")
		}
		for _, action := range tr.app.top().screen.Actions() {
			if !action.Motion && !tr.skips(action.ID) {
				tr.try(route, action.ID)
			}
		}
	}
}

func (tr *tour) skips(id screen.ActionID) bool {
	for _, end := range tr.skip {
		if strings.HasSuffix(strings.ToLower(string(id)), end) {
			return true
		}
	}
	return false
}

// at goes to the place, whatever is open.
func (tr *tour) at(route screen.Route) {
	tr.app.home(route)
	tr.after(tr.app.flush())
	tr.look(route.String())
}

// try does an action, says no and then yes to what it asks, and looks at each step.
func (tr *tour) try(route screen.Route, id screen.ActionID) {
	tr.at(route)
	action, ok := tr.action(id)
	if !ok {
		return
	}
	tr.app.dispatch(action)
	tr.after(tr.app.flush())
	step := route.String() + " " + string(id)
	tr.look(step)
	tr.press("down", "enter")
	tr.look(step + ", entered")
	tr.press("esc")
	tr.look(step + ", left")
}

// failing has every request answered by an error that holds the text, and shows its details.
func (tr *tour) failing(text string, routes ...screen.Route) {
	message, _ := json.Marshal(text) // a string cannot fail
	for _, status := range []int{http.StatusBadRequest, http.StatusForbidden, http.StatusInternalServerError} {
		tr.server.ClearFaults()
		tr.server.Inject(sandbox.Fault{Status: status, Body: `{"error":{"code":` + string(message) + `,"message":` + string(message) +
			`,"errors":[{"code":"custom","message":` + string(message) + `,"path":[` + string(message) +
			`]}],"payload":{"said":` + string(message) + `}}}`})
		for _, route := range routes {
			tr.at(route)
			tr.press("r", "E")
			tr.look(route.String() + " failing")
			tr.press("esc", "x")
		}
	}
	tr.server.ClearFaults()
}
