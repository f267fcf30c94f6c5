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

// maxBodyLines is the maximum number of lines of a request's body in a dialog.
const maxBodyLines = 400

// confirmOverlay asks before a request is sent. It belongs to the profile in which the request was proposed.
type confirmOverlay struct {
	question
	entry   *entry
	profile *ActiveProfile
	propose screen.ProposeWant
	dialog  dialog.Confirm
}

// confirm opens the dialog of a request.
func (a *App) confirm(e *entry, w screen.ProposeWant) {
	o := &confirmOverlay{entry: e, profile: e.profile, propose: w}
	o.dialog = dialog.Confirm{
		Title: a.clean(w.Title), Badge: a.clean(a.state(e.profile).Label()), About: a.clean(withCustomer(e.profile, w.Call.About, w.About, true)),
		Lines: a.consequenceLines(w), Changes: a.diff(w), Request: a.formLines(e.profile, w.Call),
		Word: a.confirmWord(w), Yes: a.clean(confirmLabel(w)),
	}
	a.showOverlay(o)
}

// confirmWord is what the user types to confirm; empty for nothing.
func (a *App) confirmWord(w screen.ProposeWant) string {
	if isMany(w) {
		return guard.ManyWord(w.Call, w.Many.Connections, a.config.Now())
	}
	return guard.ConfirmWord(w.Call, a.config.Now())
}

// confirmLabel is the text on the button: the first word of the title if the screen gives none.
func confirmLabel(w screen.ProposeWant) string {
	if w.ConfirmLabel != "" {
		return w.ConfirmLabel
	}
	first, _, _ := strings.Cut(w.Title, " ")
	return first
}

// consequenceLines are the consequences that the screen named, and how many requests like the one that is shown are confirmed.
func (a *App) consequenceLines(w screen.ProposeWant) []ui.Line {
	var lines []ui.Line
	for _, goes := range w.Consequences {
		lines = append(lines, ui.Line{{Text: a.clean(goes)}})
	}
	if isMany(w) { // above the request, which may be long
		text := fmt.Sprintf(textAlike, ui.Pluralize(w.Many.Requests, "request"), ui.Pluralize(w.Many.Connections, "connection"))
		lines = append(lines, ui.Line{ui.Styled(ui.RoleStrong, text)})
	}
	return lines
}

// diff shows what the request changes; nil if there is nothing to show.
func (a *App) diff(w screen.ProposeWant) *ui.Diff {
	if w.Before == w.After {
		return nil
	}
	return ui.DiffJSON([]byte(w.Before), []byte(w.After), a.config.Secrets.Policy())
}

// formLines are the request as it will be sent, and its other form if the server may not have the first.
func (a *App) formLines(p *ActiveProfile, call nango.Call) []ui.Text {
	forms := p.Client.Forms(call)
	lines := a.requestLines(forms[0])
	if len(forms) > 1 {
		lines = append(append(lines, ui.Clean(textOtherForm)), a.requestLines(forms[1])...)
	}
	return lines
}

// requestLines are the request as it will be sent, with secrets masked.
func (a *App) requestLines(call nango.Call) []ui.Text {
	lines := []ui.Text{ui.Clean(call.Method + " " + call.MaskedURI(a.config.Secrets))}
	for _, name := range slices.Sorted(maps.Keys(call.Header)) {
		for _, value := range call.Header[name] {
			lines = append(lines, ui.Clean(name+": "+a.config.Secrets.MaskHeader(name, value)))
		}
	}
	if call.Token != "" {
		lines = append(lines, ui.Clean(textLinkToken))
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
		body = append(body[:maxBodyLines], ui.Clean(fmt.Sprintf(textMoreLines, more)))
	}
	return append(lines, body...)
}

func (o *confirmOverlay) key(a *App, k tea.KeyPressMsg) {
	switch o.dialog.Key(k) {
	case dialog.Accepted:
		a.overlay = nil
		o.accept(a)
	case dialog.Closed:
		a.overlay = nil
		o.decline(a)
	case dialog.Copy:
		a.copyCurl(o.propose.Call, o.profile)
	}
}

// accept sends the request if the profile still allows it: arming may have ended while the dialog was open.
func (o *confirmOverlay) accept(a *App) {
	call := o.propose.Call
	d := guardOf(o.profile).Check(call.Operation, call.Effect, a.config.Now())
	if isMany(o.propose) {
		d = guardOf(o.profile).CheckMany(call, a.config.Now())
	}
	if d != nil {
		a.showError(fmt.Sprintf(textNotSent, o.propose.Title, a.reason(d)), nil)
		o.decline(a)
		return
	}
	tools := a.tools(o.profile)
	if isMany(o.propose) {
		tools = tools.Bulk()
	}
	a.send(screenOrigin(o.entry), o.propose, tools)
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
	title := heading(o.dialog.Title)
	if o.propose.Call.Effect == nango.Destroys {
		title[0].Role = ui.RoleDangerTitle
	}
	return box(f, title, ui.Line{{Text: o.dialog.Badge, Role: role}}, &o.dialog)
}

// copyCurl copies a request as a curl command, with every secret as a variable. A body that doesn't fit on a line is left out.
func (a *App) copyCurl(call nango.Call, s *ActiveProfile) {
	line := a.config.Secrets.Curl(s.Client.Forms(call)[0], s.Profile.Host)
	what := textCurl
	if line.Input != nil {
		what = textCurlNoBody
	}
	a.copy(screen.CopyWant{What: what, Text: line.Line})
}

// armOverlay asks before a production profile is armed.
type armOverlay struct {
	question
	noInput
	profile *ActiveProfile
	dialog  dialog.Confirm
}

func (a *App) confirmArming(s *ActiveProfile) {
	lasts := s.Profile.ArmingTime()
	a.showOverlay(&armOverlay{profile: s, dialog: dialog.Confirm{
		Title: ui.Clean(titleArm), Badge: a.clean(a.state(s).Label()), About: a.clean(s.Profile.Name + " · " + s.Profile.Host),
		Lines: []ui.Line{{{Text: ui.Clean(fmt.Sprintf(textArming, ui.Duration(max(lasts, time.Minute))))}}},
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

func (o *armOverlay) view(f ui.Frame) string {
	return box(f, heading(o.dialog.Title), ui.Line{{Text: o.dialog.Badge, Role: ui.RoleProduction}}, &o.dialog)
}
