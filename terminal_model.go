package main

import (
	"image/color"
	"reflect"

	tea "charm.land/bubbletea/v2"
)

// dashboard is the model that Bubble Tea sees: App, with what the terminal needs around it.
type dashboard struct {
	app   tea.Model
	park  *parker // nil where nothing sleeps
	crash *crash
	// background is told what colour the terminal has; nil where it does not matter.
	background func(color.Color)

	view  tea.View
	stale bool
}

// Init starts App, and asks for the background where the theme depends on it.
func (d *dashboard) Init() tea.Cmd {
	defer d.crash.caught()
	d.stale = true
	cmd := d.app.Init()
	if d.background != nil {
		cmd = tea.Batch(cmd, tea.RequestBackgroundColor)
	}
	return d.crash.guard(cmd)
}

// filter sees every message before Bubble Tea does.
func (d *dashboard) filter(m tea.Model, msg tea.Msg) tea.Msg {
	if d.park == nil {
		return msg
	}
	return d.park.filter(m, msg)
}

// Update hands a message to App. A panic there ends the program in order.
func (d *dashboard) Update(msg tea.Msg) (_ tea.Model, cmd tea.Cmd) {
	if isPark(msg) || d.crash.happened() {
		return d, nil
	}
	if answer, ok := msg.(tea.BackgroundColorMsg); ok && d.background != nil {
		d.background(answer.Color)
	}
	defer d.crash.caught()
	d.stale = true
	d.app, cmd = d.app.Update(msg)
	return d, d.crash.guard(cmd)
}

// View draws App when it may have changed. If it has, what sleeps is woken to draw it.
func (d *dashboard) View() tea.View {
	if !d.stale || d.crash.happened() {
		return d.view
	}
	defer d.crash.caught()
	d.stale = false
	before := d.view
	d.view = d.app.View()
	if d.park != nil && !reflect.DeepEqual(before, d.view) {
		d.park.stir()
	}
	return d.view
}
