package models

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/dialog"
)

const (
	// guardTime is how long a dialog that opens by itself takes no key: one that was meant for the screen below
	// must not answer it.
	guardTime = 400 * time.Millisecond
	// maxBodyLines bounds the lines of a request's body in a dialog.
	maxBodyLines = 400
)

// confirmOverlay asks before a request is sent. It belongs to the session in which the request was proposed.
type confirmOverlay struct {
	entry   *entry
	profile *ActiveProfile
	propose screen.ProposeWant
	dialog  dialog.Confirm
}

// unguarded ends the moment in which a dialog takes no key.
type unguarded struct{ dialog *confirmOverlay }

// confirm asks for the request. One that opens by itself, and not by a key of the user, is guarded for a moment.
func (a *App) confirm(e *entry, w screen.ProposeWant, byItself bool) {
	o := &confirmOverlay{entry: e, profile: e.profile, propose: w}
	o.dialog = dialog.Confirm{
		Title: a.clean(w.Title), Badge: a.clean(a.state(e.profile).Label()), About: a.clean(w.About),
		Lines: a.dialogLines(w), Changes: a.changes(w), Request: a.requestLines(w.Call),
		Word: guard.ConfirmWord(w.Call, a.config.Now()), Yes: a.clean(yesWord(w)), Guarded: byItself,
	}
	a.cover(o)
	if byItself {
		a.do(a.config.After(guardTime, unguarded{o}))
	}
}

// yesWord is the word on the button: the title's first where the screen gives none.
func yesWord(w screen.ProposeWant) string {
	if w.ConfirmLabel != "" {
		return w.ConfirmLabel
	}
	first, _, _ := strings.Cut(w.Title, " ")
	return first
}

// dialogLines are what the screen says goes with it.
func (a *App) dialogLines(w screen.ProposeWant) []ui.Line {
	var lines []ui.Line
	for _, goes := range w.Consequences {
		lines = append(lines, ui.Line{{Text: a.clean(goes)}})
	}
	return lines
}

// changes is the difference that it makes; nil where there is none to show.
func (a *App) changes(w screen.ProposeWant) *ui.Diff {
	if w.Before == w.After {
		return nil
	}
	return ui.DiffJSON([]byte(w.Before), []byte(w.After), nango.Policy(a.config.Secrets.Mask))
}

// requestLines are the request as it is sent, secrets masked.
func (a *App) requestLines(call nango.Call) []ui.Text {
	lines := []ui.Text{ui.Clean(call.Method + " " + call.MaskedURI(a.config.Secrets))}
	for _, name := range slices.Sorted(maps.Keys(call.Header)) {
		for _, value := range call.Header[name] {
			lines = append(lines, ui.Clean(name+": "+a.config.Secrets.MaskHeader(name, value)))
		}
	}
	if call.Token != "" {
		lines = append(lines, ui.Clean("Authorization: the link's own token, not the key"))
	}
	if call.Body == nil {
		return lines
	}
	var pretty bytes.Buffer
	masked := a.config.Secrets.MaskBody(call)
	if json.Indent(&pretty, masked, "", "  ") != nil {
		pretty.Reset()
		pretty.Write(masked)
	}
	body := ui.CleanLines(pretty.String())
	if more := len(body) - maxBodyLines; more > 0 {
		body = append(body[:maxBodyLines], ui.Clean(fmt.Sprintf("… and %d more lines", more)))
	}
	return append(lines, body...)
}

func (o *confirmOverlay) key(a *App, k tea.KeyPressMsg) {
	switch o.dialog.Key(k) {
	case dialog.Accepted:
		a.overlay = nil
		o.agree(a)
	case dialog.Closed:
		a.overlay = nil
		o.decline(a)
	case dialog.Copy:
		a.copyCurl(o.propose.Call, o.profile)
	}
}

// agree sends the request, if the profile still allows it: arming may have ended while the dialog was open.
func (o *confirmOverlay) agree(a *App) {
	call := o.propose.Call
	if d := guardOf(o.profile).Check(call.Operation, call.Effect, a.config.Now()); d != nil {
		a.fail(o.propose.Title+" was not sent: "+a.reason(d), nil)
		o.decline(a)
		return
	}
	a.send(screenOrigin(o.entry), o.propose, a.tools(o.profile))
}

func (o *confirmOverlay) decline(a *App) {
	if !o.entry.gone {
		a.turn(o.entry, o.propose.Decline)
	}
}

func (o *confirmOverlay) input(_ *App, msg tea.Msg) {
	if paste, ok := msg.(tea.PasteMsg); ok {
		o.dialog.Type(paste.Content)
	}
}

func (o *confirmOverlay) view(f ui.Frame) string {
	role := ui.RoleMuted
	if o.profile.Profile.Production {
		role = ui.RoleProduction
	}
	return box(f, heading(o.dialog.Title), ui.Line{{Text: o.dialog.Badge, Role: role}}, &o.dialog)
}

// copyCurl copies a request as curl, with every secret as a variable. A body that cannot stand in a line stays behind.
func (a *App) copyCurl(call nango.Call, s *ActiveProfile) {
	line := a.config.Secrets.Curl(call, s.Profile.Host)
	what := "request as curl"
	if line.Input != nil {
		what += ", which reads its body from standard input: that is not in the line,"
	}
	a.copy(screen.CopyWant{What: what, Text: line.Line})
}

// armOverlay asks before a production profile is armed.
type armOverlay struct {
	profile *ActiveProfile
	dialog  dialog.Confirm
}

func (a *App) confirmArming(s *ActiveProfile) {
	lasts := s.Profile.ArmingTime()
	a.cover(&armOverlay{profile: s, dialog: dialog.Confirm{
		Title: ui.Clean("Arm production"), Badge: a.clean(a.state(s).Label()), About: a.clean(s.Profile.Name + " · " + s.Profile.Host),
		Lines: []ui.Line{{{Text: ui.Clean("For " + ui.Age(max(lasts, time.Minute)).String() + " changes can be made here, each after its own dialog.")}}},
		Yes:   ui.Clean("Arm"),
	}})
}

func (o *armOverlay) key(a *App, k tea.KeyPressMsg) {
	switch o.dialog.Key(k) {
	case dialog.Accepted:
		o.profile.guard.Arm(a.config.Now())
		a.overlay = nil
	case dialog.Closed:
		a.overlay = nil
	}
}

func (o *armOverlay) input(*App, tea.Msg) {}

func (o *armOverlay) view(f ui.Frame) string {
	return box(f, heading(o.dialog.Title), ui.Line{{Text: o.dialog.Badge, Role: ui.RoleProduction}}, &o.dialog)
}
