package models

import (
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/clean"
	"nango-tui/models/screen"
	"nango-tui/models/sessions"
)

// maxNotification is the maximum length of a notification, in bytes.
const maxNotification = 200

// alerted is what the terminal's progress state shows after an alert.
type alerted int

const (
	notAlerted alerted = iota
	alertedGood
	alertedBad
)

// alert shows a message until a key is pressed, and has the terminal notify the user, wherever that is.
func (a *App) alert(o origin, w screen.AlertWant) {
	text := withCustomer(o.profile, o.connection(), a.named(o.profile, w.Text), false)
	a.news(text)
	a.alerted = alertedGood
	if w.Bad {
		a.alerted = alertedBad
	}
	if a.config.Notify != nil {
		a.do(a.config.Notify(clean.Line(cutText("nango-tui: " + a.mask(text)))))
	}
}

// cutText cuts a text that is too long for a notification.
func cutText(text string) string {
	if len(text) <= maxNotification {
		return text
	}
	end := maxNotification
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}

// waitingBar is the terminal's progress bar while a link is waited for, and after an alert until a key is pressed. Nil shows none.
func (a *App) waitingBar() *tea.ProgressBar {
	switch {
	case a.alerted == alertedBad:
		return tea.NewProgressBar(tea.ProgressBarError, 100)
	case a.alerted == alertedGood:
		return tea.NewProgressBar(tea.ProgressBarDefault, 100)
	}
	for _, w := range a.watches {
		if paged, ok := w.watch.(screen.ScreenWatch); ok {
			if _, isLink := paged.Screen().(*sessions.Page); isLink {
				return tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
			}
		}
	}
	return nil
}

// settled is the outcome of recording that something open has ended.
type settled struct{ err error }

// settle records that what a change has left open has ended.
func (a *App) settle(p *ActiveProfile, w screen.SettleWant) {
	if p == nil || p.Journal == nil {
		return
	}
	a.do(func() tea.Msg { return settled{p.Journal.MarkChecked(w.ID, w.Text)} })
}

func (a *App) settled(msg settled) {
	if msg.err != nil {
		a.showError(textNotRecorded, msg.err)
	}
}
