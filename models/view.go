package models

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/clean"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

const (
	// headerHeight and footerHeight are the number of App's own lines: status and tabs, rule and footer.
	headerHeight, footerHeight = 2, 2
	// minWidth and minHeight are the smallest terminal that a screen is drawn in.
	minWidth, minHeight = 40, 10
	// title is the title of the terminal's window. It never changes, so that it can't contain untrusted text or secrets.
	title = "nango-tui"
)

// View draws everything. All output goes through [clean.Frame].
func (a *App) View() tea.View {
	f := a.frame()
	v := tea.NewView(clean.Frame(a.draw(f)))
	v.AltScreen = true
	v.ReportFocus = true
	v.WindowTitle = title
	v.ProgressBar = a.progressBar()
	if !a.mouseOff {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

// progressBar is the terminal's own progress bar; nil if it has none, or if there is nothing to show.
func (a *App) progressBar() *tea.ProgressBar {
	if !a.config.HasProgressBar {
		return nil
	}
	for _, w := range slices.Backward(a.watches) {
		if known, ok := w.watch.(screen.ProgressWatch); ok {
			ended, all := known.Progress()
			return tea.NewProgressBar(tea.ProgressBarDefault, 100*ended/max(all, 1))
		}
	}
	return a.waitingBar()
}

func (a *App) frame() ui.Frame {
	return ui.Frame{
		Width: a.width, Height: a.height, Theme: a.config.Theme, Now: a.config.Now(), Mask: a.mask, Clusters: a.graphemes, OnlyEsc: a.onlyEsc(),
		Keys:          func(id string) string { return a.firstKey(screen.ActionID(id)) },
		BlockedReason: func(op string) string { return a.blockedReason(nango.Operation(op)) },
	}
}

func (a *App) draw(f ui.Frame) string {
	if !a.isDrawable() {
		return ui.TooSmall(f, minWidth, minHeight)
	}
	if e := a.top(); e != nil && a.overlay == nil && isFullScreen(e.screen) {
		return strings.Join(padLines(strings.Split(e.screen.View(f), "\n"), f.Height), "\n")
	}
	line := f.Sized(f.Width, 1)
	header := []string{a.status().View(line), a.placesLine(line)}
	if a.bodyTop() > headerHeight {
		header = append(header, ui.Rule(line, nil))
	}
	var position ui.Position
	inside := f.Sized(f.Width, a.bodyHeight())
	inside.Position = &position
	body := a.body(inside)
	base := strings.Join(append(header, body, ui.Rule(line, position.Line()), ui.Footer(line, a.hints())), "\n")
	if a.overlay != nil {
		base = ui.Overlay(a.dim(base, f), a.overlay.view(f), f)
	}
	return base
}

// dim dims what is behind a dialog. That repaints the whole screen, so it is left out over a connection, where opening a dialog
// sends only what the dialog covers, and on terminals with 16 colors or fewer, which have no style for it.
func (a *App) dim(base string, f ui.Frame) string {
	switch a.overlay.(type) {
	case *confirmOverlay, *armOverlay:
		if !a.config.Remote && f.Theme.HasSurfaces() {
			return f.Dim(base)
		}
	}
	return base
}

// bodyTop is the line at which the screen's body begins. A rule is above it if the theme has no surface for the header.
func (a *App) bodyTop() int {
	if a.config.Theme.Style(ui.RoleHeader) == (ui.Style{}) {
		return headerHeight + 1
	}
	return headerHeight
}

func (a *App) bodyHeight() int { return a.height - a.bodyTop() - footerHeight }

func isFullScreen(s screen.Screen) bool {
	w, ok := s.(screen.FullScreen)
	return ok && w.IsFullScreen()
}

// body is the screen on top, padded to its height, with the toasts over its lower right.
func (a *App) body(f ui.Frame) string {
	var lines []string
	switch e := a.top(); {
	case e != nil:
		lines = a.screenLines(e, f)
	case a.connecting != "":
		lines = strings.Split(screen.Loading(f, textConnecting+a.connecting), "\n")
	}
	lines = padLines(lines, f.Height)
	a.toasts.DrawOver(f, lines)
	return strings.Join(lines, "\n")
}

// screenLines is the screen, with the reason below a form that can't be sent, so that it isn't filled in for nothing.
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
	return append(padLines(strings.Split(e.screen.View(f), "\n"), f.Height), below...)
}

// formBlockedReason is why the profile, the key or the server doesn't allow sending the form on top; empty if they do, and if
// it is no form.
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

// padLines pads or cuts lines to a height.
func padLines(lines []string, height int) []string {
	for len(lines) < height {
		lines = append(lines, "")
	}
	return lines[:height]
}

func (a *App) status() ui.Status {
	status := ui.Status{Profile: textStatusNone, Loading: a.fetching + a.sending, Waiting: a.waiting()}
	if a.connecting != "" {
		status.Loading++
	}
	s := a.active
	if s == nil {
		return status
	}
	p := s.Profile
	status.Profile, status.Host, status.Proxy = p.Name, hostName(p.Host), s.Client.Proxy()
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

// placesLine is the second line: the tabs, or the breadcrumbs if there is more than one screen.
func (a *App) placesLine(f ui.Frame) string {
	if len(a.stack) > 1 {
		return ui.Breadcrumbs(f, a.crumbs(), a.watchLine())
	}
	return ui.Tabs(f, a.tabs(a.here()), a.watchLine())
}

// crumbs are the titles of the screens on the stack. Lists of one title are told apart by their filters.
func (a *App) crumbs() []ui.Text {
	names, titles, count := make([]ui.Text, len(a.stack)), make([]string, len(a.stack)), map[string]int{}
	for i, e := range a.stack {
		titles[i] = a.titleOf(e)
		count[titles[i]]++
	}
	for i, e := range a.stack {
		if list, ok := e.screen.(interface{ Narrowing() string }); ok && count[titles[i]] > 1 && list.Narrowing() != "" {
			titles[i] += " · " + list.Narrowing()
		}
		names[i] = a.clean(titles[i])
	}
	return names
}

// here is the name of the place on top.
func (a *App) here() string {
	if e := a.top(); e != nil {
		return e.route.Name
	}
	return ""
}

func (a *App) tabs(here string) []ui.Tab {
	return []ui.Tab{
		{Key: a.firstKey(Connections), Title: titleConnections, Active: here == "connections"},
		{Key: a.firstKey(Integrations), Title: titleIntegrations, Active: here == "integrations"},
		{Key: a.firstKey(AllSyncs), Title: titleSyncs, Active: here == "all-syncs"},
		{Key: a.firstKey(Logs), Title: titleLogs, Active: here == "logs"},
		{Key: a.firstKey(Providers), Title: titleProviders, Active: here == "providers"},
		{Key: a.firstKey(Environment), Title: titleEnvironment, Active: here == "environment"},
	}
}

// isTab reports whether the place of that name is a tab.
func (a *App) isTab(name string) bool {
	return slices.ContainsFunc(a.tabs(name), func(t ui.Tab) bool { return t.Active })
}

// watchLine shows the newest watch, with its profile if that isn't the active one.
func (a *App) watchLine() ui.Line {
	if len(a.watches) == 0 {
		return nil
	}
	newest := a.watches[len(a.watches)-1]
	text := a.titleOfWatch(newest)
	if others := len(a.watches) - 1; others > 0 {
		text += " +" + ui.Count(others).String()
	}
	return ui.Line{{Text: a.clean("◌ " + text), Role: ui.RoleMuted}}
}

// hints are the actions in the footer.
func (a *App) hints() []ui.Hint {
	if a.overlay != nil {
		return nil // it shows its own keys
	}
	typing, onlyEsc := a.typing(), a.onlyEsc()
	var hints []ui.Hint
	for _, action := range a.actions() {
		key := a.firstKey(action.ID)
		if action.HideInFooter || action.Motion || key == "" || typing && !action.WhileTyping || onlyEsc && key != escape {
			continue
		}
		hint := ui.Hint{Key: key, Title: action.Title, Disabled: action.Disabled != ""}
		// Each key is shown once, for the action that find returns: the first enabled one.
		if n := slices.IndexFunc(hints, func(h ui.Hint) bool { return h.Key == key }); n < 0 {
			hints = append(hints, hint)
		} else if hints[n].Disabled && !hint.Disabled {
			hints[n] = hint
		}
	}
	return hints
}
