package models

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

const (
	// chrome is the number of lines that are App's: status, places, two rules, footer.
	chrome = 5
	// leastWidth and leastHeight are what a screen can be drawn in; below, App says so and waits.
	leastWidth, leastHeight = 40, 10
	// title is what the terminal's window is called. It never changes: a title is a place where strangers' text and
	// secrets are forgotten.
	title = "nango-tui"
)

// View draws everything. Nothing reaches the terminal but through the gate.
func (a *App) View() tea.View {
	f := a.frame()
	v := tea.NewView(ui.SanitizeView(a.draw(f)))
	v.AltScreen = true
	v.ReportFocus = true
	v.WindowTitle = title
	if !a.mouseOff {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

func (a *App) frame() ui.Frame {
	return ui.Frame{
		Width: a.width, Height: a.height, Theme: a.config.Theme, Now: a.config.Now(), Mask: a.mask, Clusters: a.clusters,
		Keys:          func(id string) string { return a.firstKey(screen.ActionID(id)) },
		BlockedReason: func(op string) string { return a.blockedReason(nango.Operation(op)) },
	}
}

func (a *App) draw(f ui.Frame) string {
	if f.Width < leastWidth || f.Height < leastHeight {
		return ui.TooSmall(f, leastWidth, leastHeight)
	}
	if e := a.top(); e != nil && a.overlay == nil && isFullScreen(e.screen) {
		return strings.Join(fill(strings.Split(e.screen.View(f), "\n"), f.Height), "\n")
	}
	rule := f.Theme.Border.Paint(ui.Clean(strings.Repeat("─", f.Width)))
	base := strings.Join([]string{
		a.status().View(f.Sized(f.Width, 1)),
		a.places(f.Sized(f.Width, 1)),
		rule,
		a.body(f.Sized(f.Width, f.Height-chrome)),
		rule,
		ui.Footer(f.Sized(f.Width, 1), a.hints()),
	}, "\n")
	if a.overlay != nil {
		base = ui.Overlay(base, a.overlay.view(f), f)
	}
	return base
}

func isFullScreen(s screen.Screen) bool {
	w, ok := s.(screen.FullScreen)
	return ok && w.IsFullScreen()
}

// body is the screen on top, filled up to its height, with the toasts over its last lines.
func (a *App) body(f ui.Frame) string {
	var lines []string
	switch e := a.top(); {
	case e != nil:
		lines = a.screenLines(e, f)
	case a.connecting != "":
		lines = strings.Split(screen.Loading(f, "Connecting to "+a.connecting), "\n")
	}
	lines = fill(lines, f.Height)
	toasts := a.toasts.View(f)
	if toasts == "" {
		return strings.Join(lines, "\n")
	}
	over := strings.Split(toasts, "\n")
	over = over[max(len(over)-f.Height, 0):]
	copy(lines[f.Height-len(over):], over)
	return strings.Join(lines, "\n")
}

// screenLines is the screen, and below a form that cannot be sent, why not: nobody should fill it in to be told then.
func (a *App) screenLines(e *entry, f ui.Frame) []string {
	reason := a.formBlockedReason(e)
	if reason == "" {
		return strings.Split(e.screen.View(f), "\n")
	}
	var below []string
	for _, line := range (ui.Line{ui.Styled(ui.RoleWarn, "! "), {Text: a.clean(reason), Role: ui.RoleWarn}}).Wrap(f.Width) {
		below = append(below, line.View(f, f.Width))
	}
	f.Height = max(f.Height-len(below), 0)
	return append(fill(strings.Split(e.screen.View(f), "\n"), f.Height), below...)
}

// formBlockedReason is why the profile, the key or the server does not let the form on top be sent; empty where they do, and where it
// is no form.
func (a *App) formBlockedReason(e *entry) string {
	if !e.screen.Typing() {
		return ""
	}
	for _, action := range e.screen.Actions() {
		if action.ID == screen.Submit {
			if reason := a.reason(a.check(e.profile, action)); reason != "" {
				return action.Title + ": " + reason
			}
		}
	}
	return ""
}

// fill gives a body exactly its height.
func fill(lines []string, height int) []string {
	for len(lines) < height {
		lines = append(lines, "")
	}
	return lines[:height]
}

func (a *App) status() ui.Status {
	status := ui.Status{Profile: "no profile", Loading: a.fetching + a.sending}
	if a.connecting != "" {
		status.Loading++
	}
	s := a.active
	if s == nil {
		return status
	}
	p := s.Profile
	status.Profile, status.Host = p.Name, hostName(p.Host)
	status.Production, status.ReadOnly, status.Insecure = p.Production, p.ReadOnly, p.Insecure
	status.ArmedUntil = s.guard.ArmedUntil()
	budget := s.Limiter.Budget()
	status.Left, status.Limit = budget.Remaining, budget.Limit
	status.Assumed, status.WaitUntil = !budget.Known, budget.WaitUntil
	if e := a.top(); e != nil {
		if dated, ok := e.screen.(screen.Timestamped); ok {
			status.LoadedAt = dated.LoadedAt()
		}
	}
	return status
}

func hostName(host string) string {
	_, name, found := strings.Cut(host, "://")
	if !found {
		return host
	}
	return strings.TrimSuffix(name, "/")
}

// places is the second line: the places at the top where one stands in one of them, else the way that led here.
func (a *App) places(f ui.Frame) string {
	if len(a.stack) > 1 {
		names := make([]ui.Text, 0, len(a.stack))
		for _, e := range a.stack {
			names = append(names, a.clean(a.named(e.profile, e.screen.Title())))
		}
		return ui.Breadcrumbs(f, names, a.watchLine())
	}
	here := ""
	if e := a.top(); e != nil {
		here = e.route.Name
	}
	return ui.Tabs(f, a.tabs(here), a.watchLine())
}

func (a *App) tabs(here string) []ui.Tab {
	return []ui.Tab{
		{Key: a.firstKey(Connections), Title: "Connections", Active: here == "connections"},
		{Key: a.firstKey(Integrations), Title: "Integrations", Active: here == "integrations"},
		{Key: a.firstKey(Requests), Title: "Requests", Active: here == "requests"},
		{Key: a.firstKey(Providers), Title: "Providers", Active: here == "providers"},
		{Key: a.firstKey(Environment), Title: "Environment", Active: here == "environment"},
	}
}

// isTab says whether the place of that name is one of those at the top.
func (a *App) isTab(name string) bool {
	return slices.ContainsFunc(a.tabs(name), func(t ui.Tab) bool { return t.Active })
}

// watchLine says what is waited for, with the profile where it is another one.
func (a *App) watchLine() ui.Line {
	if len(a.watches) == 0 {
		return nil
	}
	newest := a.watches[len(a.watches)-1]
	text := a.named(newest.profile, newest.watch.Title())
	if others := len(a.watches) - 1; others > 0 {
		text += " +" + ui.Count(others).String()
	}
	return ui.Line{{Text: a.clean("◌ " + text), Role: ui.RoleMuted}}
}

// hints are the actions of the footer: the screen's, then what leads to all keys.
func (a *App) hints() []ui.Hint {
	if a.overlay != nil {
		return nil // its own keys stand at its foot
	}
	typing := a.typing()
	var hints []ui.Hint
	for _, action := range a.actions() {
		key := a.firstKey(action.ID)
		if action.HideInFooter || action.Motion || key == "" || typing && !action.WhileTyping {
			continue
		}
		hint := ui.Hint{Key: key, Title: action.Title, Disabled: action.Disabled != ""}
		// A key does one thing, as find has it: the first action that can be done.
		if n := slices.IndexFunc(hints, func(h ui.Hint) bool { return h.Key == key }); n < 0 {
			hints = append(hints, hint)
		} else if hints[n].Disabled && !hint.Disabled {
			hints[n] = hint
		}
	}
	return hints
}
