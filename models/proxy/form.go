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

// Form makes a request to a connection's provider. What was typed stays until the form is left, whatever is answered.
type Form struct {
	screen.Base
	ref     nango.ConnectionRef
	recent  *Recent
	form    *form.Form
	profile screen.ProfileState

	integration screen.Load[string] // the name of its provider
	provider    screen.Load[nango.Provider]

	// attached is a body that cannot be typed; it is sent where no other is typed or chosen. Nil for none.
	attached   *nango.ProxyBody
	completion completion
	file       screen.Task[[]byte]
	saved      screen.Task[[]SavedRequest]
	pending    pendingRequest
	// own is what was taken for Nango's own answer to the newest request; nil where there is none.
	nangoAnswer *exchange
	// settled is what was typed as it stands elsewhere by now: sent and answered, or kept.
	clean form.Values
	// mask hides what the program has seen of secrets; it is that of the last frame, nil before.
	mask func(string) string
}

// New is the form of the connection that the route names, or the choice of one.
func New(r screen.Route, recent *Recent) (screen.Screen, error) {
	if err := r.CheckQuery(queryIntegration); err != nil {
		return nil, err
	}
	switch {
	case len(r.Args) == 0:
		return newConnectionChoice(r.Query.Get(queryIntegration), recent, nil), nil
	case len(r.Args) != 2 || r.Arg(0) == "" || r.Arg(1) == "":
		return nil, errors.New("a connection is named by integration and id: " + Route + "/INTEGRATION/ID, with / in the id written as %2F")
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

// filledForm is the form that begins with a request.
func filledForm(p nango.ProxyRequest, recent *Recent) *Form {
	s := newForm(p.Connection, recent)
	s.fill(p)
	s.markClean()
	return s
}

func (s *Form) markClean() { s.clean = s.form.Values() }

// IsDirty says that something was typed which would be lost.
func (s *Form) IsDirty() bool { return !s.pending.isSent() && !maps.Equal(s.form.Values(), s.clean) }

// Title names the form.
func (s *Form) Title() string { return "Proxy" }

// Open reads where the provider's base URL leads.
func (s *Form) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reads it again; what was typed is left alone.
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

// Typing says that keys are text.
func (s *Form) Typing() bool { return true }

// RedrawInterval is drawn by the second while a request is under way.
func (s *Form) RedrawInterval() time.Duration { return s.pending.redrawInterval() }

// Leave says what becomes of a request that is under way.
func (s *Form) Leave(t *screen.Turn) { s.pending.leave(t) }

// Update gives keys and pastes to the form.
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

// Actions is what can be done while one types.
func (s *Form) Actions() []screen.Action {
	method := operationOf(s.form.Values()[fieldMethod])
	send := screen.Action{ID: screen.Submit, Title: "Send", Operation: method, Disabled: s.busy(), WhileTyping: true, Do: s.submit}
	all := []screen.Action{send}
	if s.enterSends() {
		send.ID = SendOnEnter
		all = []screen.Action{send, s.withHiddenID(send, screen.Submit)}
	}
	return append(all, s.otherActions()...)
}

// aside is the same action under another id, out of the footer.
func (s *Form) withHiddenID(a screen.Action, id screen.ActionID) screen.Action {
	a.ID, a.HideInFooter = id, true
	return a
}

func (s *Form) otherActions() []screen.Action {
	v := s.form.Values()
	all := []screen.Action{{ID: ShowNangoAnswer, Title: "Show the answer", WhileTyping: true, HideInFooter: s.nangoAnswer == nil, Disabled: cmp.Or(s.busy(), s.noNangoAnswer()), Do: s.showNangoAnswer}}
	if s.form.Focused() == fieldPath {
		all = append(all, screen.Action{ID: CompletePath, Title: "Used before", WhileTyping: true, HideInFooter: s.noRecentPath() != "", Disabled: cmp.Or(s.busy(), s.noRecentPath()), Do: s.useRecentPath})
	}
	return append(all,
		screen.Action{ID: EditBody, Title: "Body in the editor", HideInFooter: !hasBody(v), WhileTyping: true, Disabled: cmp.Or(s.busy(), noBody(v)), Do: s.editBody},
		screen.Action{ID: PasteCurl, Title: "Paste curl", WhileTyping: true, Disabled: s.busy(), Do: func(t *screen.Turn) { t.Show(newCurlForm(s, "")) }},
		screen.Action{ID: UseSaved, Title: "Kept requests", WhileTyping: true, HideInFooter: true, Disabled: cmp.Or(s.busy(), s.noSaved()), Do: s.pickSaved},
		screen.Action{ID: SaveRequest, Title: "Keep", WhileTyping: true, HideInFooter: true, Disabled: s.busy(), Do: s.saveRequest},
		screen.Action{ID: CopyFormCurl, Title: "Copy as curl", WhileTyping: true, HideInFooter: true, Disabled: s.busy(), Do: s.copyCurl},
		screen.LeaveAction(s.form.Key),
	)
}

// sendsHere says that enter sends: in the path of a GET, which is then all that is needed, and in the last field.
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

func (s *Form) noNangoAnswer() string {
	if s.nangoAnswer == nil {
		return "no answer was taken for Nango's own"
	}
	return ""
}

func noBody(v form.Values) string {
	if !hasBody(v) {
		return "a GET has no body"
	}
	return ""
}

// busy is why nothing can be typed or sent now.
func (s *Form) busy() string {
	if s.file.IsRunning() {
		return "the file is being read"
	}
	return s.pending.blockedReason()
}

// editBody has the body edited in the user's editor.
func (s *Form) editBody(t *screen.Turn) {
	v := s.form.Values()
	t.Edit(editorFileName(bodyType(v)), v[fieldBody], func(t *screen.Turn, text string, err error) {
		if err == nil {
			s.form.Set(fieldBody, text)
			s.form.Focus(fieldBody)
		}
	})
}

// editName is what the file in the editor is called, so that the editor knows how to colour it.
func editorFileName(media string) string {
	if media == jsonType {
		return "body.json"
	}
	return "body.txt"
}

// operationOf is the operation of a method; empty where Nango does not pass it on.
func operationOf(method string) nango.Operation {
	for _, m := range methods {
		if m.name == method {
			return m.operation
		}
	}
	return ""
}
