package terminal

import (
	"image/color"
	"reflect"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// model is what Bubble Tea runs: the app, with crash handling, parking and the background color around it.
type model struct {
	app  tea.Model
	park *parker // nil if nothing is parked
	// resized gets the size of the terminal before anything is drawn for it.
	resized func(width, height int)
	crash   *Crash
	// replies hold back the end of the program; nil if it isn't held back. They use send.
	replies *replies
	send    func(tea.Msg)
	// background and colors may be nil.
	background func(color.Color)
	colors     func(colorprofile.Profile)

	view  tea.View
	stale bool // the view may have changed
}

// Init starts the app.
func (m *model) Init() tea.Cmd {
	defer m.crash.recover()
	m.stale = true
	cmd := m.app.Init()
	if m.background != nil {
		cmd = tea.Batch(cmd, tea.RequestBackgroundColor)
	}
	return m.crash.wrap(cmd)
}

// filter sees every message before Bubble Tea does.
func (m *model) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if size, ok := msg.(tea.WindowSizeMsg); ok && m.resized != nil {
		m.resized(size.Width, size.Height)
	}
	if m.replies != nil {
		msg = m.replies.filter(msg, m.send)
	}
	if m.park == nil || msg == nil {
		return msg
	}
	return m.park.filter(msg)
}

// Update passes a message to the app. A panic there ends the program in order, with the model as it was.
func (m *model) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	next = m
	if isToken(msg) || m.crash.happened() {
		return m, nil
	}
	if answer, ok := msg.(tea.BackgroundColorMsg); ok && m.background != nil {
		m.background(answer.Color)
	}
	if report, ok := msg.(tea.ColorProfileMsg); ok && m.colors != nil {
		m.colors(report.Profile)
	}
	defer m.crash.recover()
	m.stale = true
	m.app, cmd = m.app.Update(msg)
	return m, m.crash.wrap(cmd)
}

// View draws the app if it may have changed. If the drawing has changed, it wakes the renderer.
func (m *model) View() (shown tea.View) {
	shown = m.view
	if !m.stale || m.crash.happened() {
		return m.view
	}
	defer m.crash.recover()
	m.stale = false
	before := m.view
	m.view = m.app.View()
	if m.park != nil && !reflect.DeepEqual(before, m.view) {
		m.park.wakeUp()
	}
	return m.view
}
