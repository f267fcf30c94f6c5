package proxy

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/proxy/curlline"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// Form is the request form of a connection. It keeps the input until the user leaves it, whatever the response is.
type Form struct {
	screen.Form
	ref      nango.ConnectionRef
	customer string // the customer's name, if that is known
	recent   *Recent
	profile  screen.ProfileState

	integration screen.Load[string] // the provider's name
	provider    screen.Load[nango.Provider]

	// attached is a body that can't be edited as text. It is sent if no other body is typed or chosen; nil for none.
	attached   *nango.ProxyBody
	completion completion
	file       screen.Task[[]byte]
	saved      screen.Task[[]SavedRequest]
	pending    pendingRequest
	// nangoResponse is the newest response if it looks like Nango's own; else nil.
	nangoResponse *exchange
	// answer is the last response of the provider; nil before. On a wide screen it is drawn beside the form.
	answer *ResponsePage
	isWide bool
	// clean is the input when it was last sent or saved.
	clean form.Values
}

// New returns the form of the route's connection, or the connection picker.
func New(r screen.Route, recent *Recent) (screen.Screen, error) {
	if err := r.CheckQuery(queryIntegration, queryMethod, queryPath, queryQuery); err != nil {
		return nil, err
	}
	switch {
	case len(r.Args) == 0:
		return newConnectionChoice(r.Query.Get(queryIntegration), recent, nil), nil
	case len(r.Args) != 2 || r.Arg(0) == "" || r.Arg(1) == "":
		return nil, errors.New(textRouteFormat)
	}
	ref := nango.ConnectionRef{Integration: r.Arg(0), ID: r.Arg(1)}
	if r.Query.Get(queryPath) == "" {
		return newForm(ref, recent), nil
	}
	return filledForm(nango.ProxyRequest{Connection: ref, Method: strings.ToUpper(cmp.Or(r.Query.Get(queryMethod), http.MethodGet)),
		Path: r.Query.Get(queryPath), Query: r.Query.Get(queryQuery)}, recent), nil
}

func newForm(ref nango.ConnectionRef, recent *Recent) *Form {
	s := &Form{ref: ref, recent: recent}
	s.Form = screen.Form{
		Name: screen.TextProxy, Fields: form.New(fields(s.checkBody)...), SubmitTitle: screen.TextSend,
		Busy: s.busy, Submit: s.submit, Head: s.head,
	}
	s.Fields.Focus(fieldPath)
	s.markClean()
	return s
}

func filledForm(p nango.ProxyRequest, recent *Recent) *Form {
	s := newForm(p.Connection, recent)
	s.fill(p)
	s.markClean()
	return s
}

func (s *Form) markClean() { s.clean = s.Fields.Values() }

// IsDirty reports whether leaving would lose input.
func (s *Form) IsDirty() bool { return !s.pending.isSent() && !maps.Equal(s.Fields.Values(), s.clean) }

// Refresh loads the provider's base URL and the saved requests. It keeps the input.
func (s *Form) Refresh(t *screen.Turn) {
	s.profile, s.customer = t.Profile, t.Store.Name(s.ref)
	provider := func(i nango.IntegrationDetail) string { return i.Provider }
	s.integration.Fetch(t, nango.Map(nango.GetIntegration(s.ref.Integration, nango.Include{}), provider), func(t *screen.Turn) {
		if !s.integration.HasFailed() {
			s.provider.Fetch(t, nango.GetProvider(s.integration.Value), nil)
		}
	})
	s.saved.Start(t, func(_ context.Context, tools screen.Tools) ([]SavedRequest, error) { return loadSaved(tools) }, nil)
}

func (s *Form) RedrawInterval() time.Duration { return s.pending.redrawInterval() }

func (s *Form) Leave(t *screen.Turn) { s.pending.leave(t, textLeaveSent) }

func (s *Form) Update(t *screen.Turn, msg tea.Msg) {
	if s.busy() != "" {
		return
	}
	if paste, ok := msg.(tea.PasteMsg); ok && s.handlePaste(t, paste.Content) {
		return
	}
	s.Form.Update(t, msg)
	s.completion = completion{typed: s.path()}
}

func (s *Form) path() string { return s.Fields.Values()[fieldPath] }

// Actions are the actions while typing. While the form is busy, all but leaving are disabled.
func (s *Form) Actions() []screen.Action {
	v, all := s.Fields.Values(), s.Form.Actions()
	send, leave := all[0], all[1]
	send.Operation = operationOf(v[fieldMethod])
	all = []screen.Action{send}
	if s.enterSends() {
		send.ID = SendOnEnter
		all = []screen.Action{send, send.AlsoAs(screen.Submit)}
	}
	noResponse := screen.DisabledIf(s.nangoResponse == nil && s.answer == nil, textNoResponse)
	all = append(all, screen.Action{
		ID: ShowNangoResponse, Title: textShowResponse, HideInFooter: noResponse != "", Disabled: noResponse,
		Do: s.showAnswer,
	})
	if s.Fields.Focused() == fieldPath {
		none := screen.DisabledIf(len(s.recentMatches()) == 0, textNoRecentPath)
		all = append(all, screen.Action{ID: CompletePath, Title: textUsedBefore, HideInFooter: none != "", Disabled: none, Do: s.useRecentPath})
	}
	noBody := screen.DisabledIf(!hasBody(v), textGetNoBody)
	all = append(all,
		screen.Action{ID: EditBody, Title: textEditBody, HideInFooter: noBody != "", Disabled: noBody, Do: s.editBody},
		screen.Action{ID: PasteCurl, Title: textPasteCurl, Do: func(t *screen.Turn) { t.Show(newCurlForm(s, "")) }},
		screen.Action{ID: UseSaved, Title: textSavedRequests, HideInFooter: true, Disabled: s.noSaved(), Do: s.pickSaved},
		screen.Action{ID: SaveRequest, Title: textSaveRequest, HideInFooter: true, Do: s.saveRequest},
		screen.Action{ID: CopyFormCurl, Title: screen.TextCopyAsCurl, HideInFooter: true, Do: s.copyCurl},
	)
	for i := range all {
		all[i].WhileTyping, all[i].Disabled = true, cmp.Or(s.busy(), all[i].Disabled)
	}
	return append(all, leave)
}

// enterSends reports whether enter sends the form: from path and query of a GET and from the last field.
func (s *Form) enterSends() bool {
	v := s.Fields.Values()
	switch s.Fields.Focused() {
	case fieldPath, fieldQuery:
		return v[fieldMethod] == http.MethodGet && v[fieldPath] != ""
	case fieldMore:
		return !hasMore(v)
	case fieldForward:
		return true
	}
	return false
}

// busy is why nothing can be typed or sent now; empty if it can.
func (s *Form) busy() string {
	return cmp.Or(screen.DisabledIf(s.file.IsRunning(), textFileLoading), s.pending.blockedReason())
}

func (s *Form) editBody(t *screen.Turn) {
	v, file := s.Fields.Values(), "body.txt"
	if bodyType(v) == jsonType {
		file = "body.json" // editors highlight by the extension
	}
	t.Edit(file, v[fieldBody], func(_ *screen.Turn, text string, err error) {
		if err == nil {
			s.Fields.Set(fieldBody, text)
			s.Fields.Focus(fieldBody)
		}
	})
}

// handlePaste opens the curl screen for a curl command pasted into the path, and splits a pasted URL.
func (s *Form) handlePaste(t *screen.Turn, text string) bool {
	text = strings.TrimSpace(text)
	address := strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://")
	switch {
	case s.Fields.Focused() != fieldPath:
	case strings.HasPrefix(text, "curl ") || strings.HasPrefix(text, "curl.exe "):
		t.Show(newCurlForm(s, text))
		return true
	case address && s.path() == "" && !strings.ContainsAny(text, " \n\t"):
		return s.pasteURL(text)
	}
	return false
}

// pasteURL fills in path and query of a URL under the provider's base URL.
func (s *Form) pasteURL(text string) bool {
	origin, path, query := curlline.Request{URL: text}.Split()
	found, templated, ok := pathUnderBase(s.base(), origin, path)
	if !ok || templated {
		return false
	}
	s.Fields.Set(fieldPath, found)
	s.Fields.Set(fieldQuery, query)
	s.completion = completion{typed: found}
	return true
}

// operationOf returns the operation of a method; empty if Nango does not forward it.
func operationOf(method string) nango.Operation {
	if m := screen.Find(methods, func(m proxyMethod) bool { return m.name == method }); m != nil {
		return m.operation
	}
	return ""
}

func (s *Form) head(f ui.Frame) []ui.Line {
	who, where := s.ref.ID, " · "+s.ref.Integration
	if s.customer != "" {
		who, where = s.customer, " · "+s.ref.String()
	}
	all := []ui.Line{{f.Styled(ui.RoleStrong, who), f.Styled(ui.RoleMuted, where)}, s.baseURLLine(f)}
	for _, warning := range s.warnings(f) {
		all = append(all, ui.Line{ui.Styled(ui.RoleWarn, "! "), f.Styled(ui.RoleWarn, warning)})
	}
	if v := s.Fields.Values(); s.sendsAttached(v) {
		text := fmt.Sprintf(textAttachedBody, ui.Bytes(int64(len(s.attached.Data))), bodyType(v))
		all = append(all, ui.Line{f.Styled(ui.RoleText, text)})
	}
	if said := s.statusLine(f); said != nil {
		all = append(all, said)
	}
	return all
}

func (s *Form) baseURLLine(f ui.Frame) ui.Line {
	base := f.Styled(ui.RoleText, s.base())
	switch {
	case s.integration.HasFailed():
		base = f.Styled(ui.RoleBad, textBaseURLUnknown+s.integration.Err.Error())
	case s.provider.HasFailed():
		base = f.Styled(ui.RoleBad, textBaseURLUnknown+s.provider.Err.Error())
	case !s.provider.IsLoaded():
		base = ui.Styled(ui.RoleMuted, textBaseURLLoading)
	case s.base() == "":
		base = ui.Styled(ui.RoleMuted, textBaseURLNone)
	}
	return ui.Line{ui.Styled(ui.RoleMuted, textBaseURL+" "), base}
}

// warnings are the warnings for the input, and why it can't be sent now.
func (s *Form) warnings(f ui.Frame) []string {
	p, _ := s.request(s.Fields.Values())
	all := warnings(p, s.base())
	if why := screen.BlockedReason(f, operationOf(p.Method)); why != "" {
		all = append([]string{textBlocked + why}, all...)
	}
	return all
}

// statusLine is the pending request, or the recent paths.
func (s *Form) statusLine(f ui.Frame) ui.Line {
	switch {
	case s.file.IsRunning():
		return ui.Line{ui.Styled(ui.RoleMuted, "… "+textFileLoading)}
	case s.pending.active:
		text := "… " + s.pending.status(f.Now)
		if s.pending.isSent() {
			text += fmt.Sprintf(textLeaveHint, screen.Key(f, screen.LeaveForm))
		}
		return ui.Line{f.Styled(ui.RoleAccent, text)}
	}
	used := s.recentMatches()
	if len(used) == 0 || s.Fields.Focused() != fieldPath {
		return nil
	}
	line := ui.Line{ui.Styled(ui.RoleMuted, textUsedBefore+": ")}
	for i, path := range used[:min(len(used), maxRecentShown)] {
		if i > 0 {
			line = append(line, ui.Styled(ui.RoleMuted, "  "))
		}
		line = append(line, ui.Cell{Text: f.Text(path).Truncate(max(f.Width/maxRecentShown, 1)), Role: ui.RoleText})
	}
	return line
}

func clockText(d time.Duration) string { return ui.Countdown(max(d, 0)).String() }
