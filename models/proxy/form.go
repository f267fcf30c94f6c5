package proxy

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"net/http"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

// Form is the request form of a connection. It keeps the input until the user leaves it, whatever the response is.
type Form struct {
	screen.Base
	ref     nango.ConnectionRef
	recent  *Recent
	form    *form.Form
	profile screen.ProfileState

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
	// clean is the input when it was last sent or saved.
	clean form.Values
}

// New returns the form of the route's connection, or the connection picker.
func New(r screen.Route, recent *Recent) (screen.Screen, error) {
	if err := r.CheckQuery(queryIntegration); err != nil {
		return nil, err
	}
	switch {
	case len(r.Args) == 0:
		return newConnectionChoice(r.Query.Get(queryIntegration), recent, nil), nil
	case len(r.Args) != 2 || r.Arg(0) == "" || r.Arg(1) == "":
		return nil, errors.New(textRouteFormat)
	}
	return newForm(nango.ConnectionRef{Integration: r.Arg(0), ID: r.Arg(1)}, recent), nil
}

func newForm(ref nango.ConnectionRef, recent *Recent) *Form {
	s := &Form{ref: ref, recent: recent}
	s.form = form.New(fields(s.checkBody)...)
	s.form.Focus(fieldPath)
	s.markClean()
	return s
}

// filledForm returns a form that starts with a request.
func filledForm(p nango.ProxyRequest, recent *Recent) *Form {
	s := newForm(p.Connection, recent)
	s.fill(p)
	s.markClean()
	return s
}

func (s *Form) markClean() { s.clean = s.form.Values() }

// IsDirty reports whether leaving would lose input.
func (s *Form) IsDirty() bool { return !s.pending.isSent() && !maps.Equal(s.form.Values(), s.clean) }

func (s *Form) Title() string { return textProxy }

// Open loads the provider's base URL and the saved requests.
func (s *Form) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reloads them and keeps the input.
func (s *Form) Refresh(t *screen.Turn) {
	s.profile = t.Profile
	provider := func(i nango.IntegrationDetail) string { return i.Provider }
	s.integration.Fetch(t, nango.Map(nango.GetIntegration(s.ref.Integration, nango.Include{}), provider), s.fetchProvider)
	s.saved.Start(t, func(_ context.Context, tools screen.Tools) ([]SavedRequest, error) { return loadSaved(tools) }, nil)
}

func (s *Form) fetchProvider(t *screen.Turn) {
	if !s.integration.HasFailed() {
		s.provider.Fetch(t, nango.GetProvider(s.integration.Value), nil)
	}
}

func (s *Form) Typing() bool { return true }

func (s *Form) RedrawInterval() time.Duration { return s.pending.redrawInterval() }

func (s *Form) Leave(t *screen.Turn) { s.pending.leave(t) }

func (s *Form) Update(t *screen.Turn, msg tea.Msg) {
	if s.busy() != "" {
		return
	}
	if paste, ok := msg.(tea.PasteMsg); ok && s.handlePaste(t, paste.Content) {
		return
	}
	s.form.Update(msg)
	s.completion.reset(s.path())
	s.handleSubmit(t)
}

func (s *Form) path() string { return s.form.Values()[fieldPath] }

// Actions are the actions while typing.
func (s *Form) Actions() []screen.Action {
	method := operationOf(s.form.Values()[fieldMethod])
	send := screen.Action{ID: screen.Submit, Title: textSend, Operation: method, Disabled: s.busy(), WhileTyping: true, Do: s.submit}
	all := []screen.Action{send}
	if s.enterSends() {
		send.ID = SendOnEnter
		all = []screen.Action{send, s.withHiddenID(send, screen.Submit)}
	}
	return append(all, s.otherActions()...)
}

// withHiddenID returns the action under another id and not in the footer.
func (s *Form) withHiddenID(a screen.Action, id screen.ActionID) screen.Action {
	a.ID, a.HideInFooter = id, true
	return a
}

// otherActions are all but sending and leaving. While the form is busy, all of them are disabled.
func (s *Form) otherActions() []screen.Action {
	v := s.form.Values()
	all := []screen.Action{{
		ID: ShowNangoResponse, Title: textShowResponse, HideInFooter: s.nangoResponse == nil, Disabled: s.noNangoResponse(),
		Do: s.showNangoResponse,
	}}
	if s.form.Focused() == fieldPath {
		all = append(all, screen.Action{
			ID: CompletePath, Title: textUsedBefore, HideInFooter: s.noRecentPath() != "", Disabled: s.noRecentPath(), Do: s.useRecentPath,
		})
	}
	all = append(all,
		screen.Action{ID: EditBody, Title: textEditBody, HideInFooter: !hasBody(v), Disabled: noBody(v), Do: s.editBody},
		screen.Action{ID: PasteCurl, Title: textPasteCurl, Do: func(t *screen.Turn) { t.Show(newCurlForm(s, "")) }},
		screen.Action{ID: UseSaved, Title: textSavedRequests, HideInFooter: true, Disabled: s.noSaved(), Do: s.pickSaved},
		screen.Action{ID: SaveRequest, Title: textSaveRequest, HideInFooter: true, Do: s.saveRequest},
		screen.Action{ID: CopyFormCurl, Title: textCopyCurl, HideInFooter: true, Do: s.copyCurl},
	)
	for i := range all {
		all[i].WhileTyping, all[i].Disabled = true, cmp.Or(s.busy(), all[i].Disabled)
	}
	return append(all, screen.LeaveAction(s.form.Key))
}

// enterSends reports whether enter sends the form: from the path of a GET and from the last field.
func (s *Form) enterSends() bool {
	v := s.form.Values()
	switch s.form.Focused() {
	case fieldPath:
		return v[fieldMethod] == http.MethodGet && v[fieldPath] != ""
	case fieldMore:
		return !hasMore(v)
	case fieldForward:
		return true
	}
	return false
}

func (s *Form) noNangoResponse() string {
	if s.nangoResponse == nil {
		return textNoNangoResponse
	}
	return ""
}

func noBody(v form.Values) string {
	if !hasBody(v) {
		return textGetNoBody
	}
	return ""
}

// busy is why nothing can be typed or sent now; empty if it can.
func (s *Form) busy() string {
	if s.file.IsRunning() {
		return textFileLoading
	}
	return s.pending.blockedReason()
}

// editBody opens the body in the user's editor.
func (s *Form) editBody(t *screen.Turn) {
	v := s.form.Values()
	t.Edit(editorFileName(bodyType(v)), v[fieldBody], func(t *screen.Turn, text string, err error) {
		if err == nil {
			s.form.Set(fieldBody, text)
			s.form.Focus(fieldBody)
		}
	})
}

// editorFileName is the name of the editor's file. Editors highlight by its extension.
func editorFileName(media string) string {
	if media == jsonType {
		return "body.json"
	}
	return "body.txt"
}

// operationOf returns the operation of a method; empty if Nango does not forward it.
func operationOf(method string) nango.Operation {
	for _, m := range methods {
		if m.name == method {
			return m.operation
		}
	}
	return ""
}
