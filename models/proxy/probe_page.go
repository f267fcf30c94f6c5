package proxy

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// ProbeRoute is a probe of a connection: probe/INTEGRATION/ID.
const ProbeRoute = "probe"

// Action ids of the probe.
const (
	RunProbe     screen.ActionID = "probe.run"
	OtherHealthy screen.ActionID = "probe.other"
	EditProbe    screen.ActionID = "probe.edit"
	CopyProbe    screen.ActionID = "probe.copy"
)

// healthyRead is how many connections of the integration are read to find a healthy one.
const healthyRead = 100

// Probe sends a harmless request through a connection and through a healthy one of the same integration, to tell a token that is
// gone from a provider that is down.
type Probe struct {
	screen.Page
	ref         nango.ConnectionRef
	integration screen.Load[string] // the provider's name
	provider    screen.Load[nango.Provider]
	rows        screen.Load[[]nango.Connection]
	saved       screen.Task[[]SavedRequest]
	// healthy are the connections to compare with, the newest first, and chosen is one of them.
	healthy []nango.Connection
	chosen  int
	pending pendingRequest
	// answers are those of the connection and of the healthy one; nil before they are there.
	answers [2]*exchange
	err     error // why there is no answer
}

// NewProbe returns the page of a route.
func NewProbe(r screen.Route) (*Probe, error) {
	ref := nango.ConnectionRef{Integration: r.Arg(0), ID: r.Arg(1)}
	if ref.Integration == "" || ref.ID == "" || len(r.Args) != 2 {
		return nil, fmt.Errorf(errProbePath, ProbeRoute)
	}
	return &Probe{ref: ref}, r.CheckQuery()
}

// Title names the page.
func (s *Probe) Title() string { return textProbe }

// Refresh reads what is needed to choose the request and the healthy connection. It sends no probe.
func (s *Probe) Refresh(t *screen.Turn) {
	s.integration.Fetch(t, screen.ProviderOf(s.ref.Integration), func(t *screen.Turn) {
		if !s.integration.HasFailed() {
			s.provider.Fetch(t, nango.GetProvider(s.integration.Value), s.Rebuild)
		}
		s.Rebuild(t)
	})
	query := nango.ConnectionQuery{Integrations: []string{s.ref.Integration}, Limit: healthyRead}
	s.rows.Fetch(t, nango.ListConnections(query), func(t *screen.Turn) {
		s.healthy, s.chosen = nil, 0
		for _, c := range s.rows.Value {
			if c.Ref() != s.ref && c.State() == nango.Healthy {
				s.healthy = append(s.healthy, c)
			}
		}
		s.Rebuild(t)
	})
	s.saved.Start(t, func(_ context.Context, tools screen.Tools) ([]SavedRequest, error) { return loadSaved(tools) }, s.Rebuild)
}

// LoadedAt is when the connections were read.
func (s *Probe) LoadedAt() time.Time { return s.rows.At }

// RedrawInterval is a second while a request is in progress.
func (s *Probe) RedrawInterval() time.Duration { return s.pending.redrawInterval() }

// Leave tells what happens to a request in progress.
func (s *Probe) Leave(t *screen.Turn) { s.pending.leave(t, textLeaveSent) }

// probe is the request; there is none before the provider is known, and for one without a known probe.
func (s *Probe) probe() (probe, bool) {
	return probeOf(s.ref.Integration, s.provider.Value, s.saved.Value)
}

// other is the healthy connection to compare with; nil if there is none.
func (s *Probe) other() *nango.Connection {
	if s.chosen < len(s.healthy) {
		return &s.healthy[s.chosen]
	}
	return nil
}

func (s *Probe) isLoading() bool {
	return s.integration.IsLoading() || s.provider.IsLoading() || s.rows.IsLoading() || s.saved.IsRunning()
}

// run proposes both requests in one dialog. The healthy connection comes first: a confirmation covers a second request only if the
// first one succeeds.
func (s *Probe) run(t *screen.Turn) {
	p, _ := s.probe()
	s.answers, s.err = [2]*exchange{}, nil
	other := s.other()
	if other == nil {
		screen.Propose(t, s.proposal(s.ref, p, 0))
		return
	}
	first := s.proposal(other.Ref(), p, 1)
	first.Consequences = append(first.Consequences, fmt.Sprintf(probeThen, s.ref.ID))
	first.AlsoApproves = []screen.FutureRequest{{Operation: nango.OpProxyGet, About: s.ref}}
	then := first.Then
	first.Then = func(t *screen.Turn, response nango.ProxyResponse, err error) {
		then(t, response, err)
		if !errors.Is(err, screen.ErrDeclined) {
			screen.SendApproved(t, t.Approval, s.proposal(s.ref, p, 0))
		}
	}
	screen.Propose(t, first)
}

// proposal is one of the two requests.
func (s *Probe) proposal(ref nango.ConnectionRef, p probe, n int) screen.Proposal[nango.ProxyResponse] {
	request := nango.ProxyRequest{Connection: ref, Method: http.MethodGet, Path: p.path}
	proposal := s.pending.proposal(request, s.provider.Value.BaseURL, func(t *screen.Turn, e exchange, err error) {
		switch {
		case errors.Is(err, screen.ErrDeclined):
		case err == nil || e.nangoErr != nil:
			s.answers[n] = &e
		default:
			s.err = err
		}
		s.Rebuild(t)
	})
	proposal.Title = actionRunProbe
	return proposal
}

// Actions are what can be done with the probe.
func (s *Probe) Actions() []screen.Action {
	p, known := s.probe()
	none := cmp.Or(screen.DisabledIf(s.isLoading(), textLoading), screen.DisabledIf(!known, whyNoProbe))
	row := s.OnSelected()
	return append([]screen.Action{
		{ID: RunProbe, Title: actionRunProbe, Operation: nango.OpProxyGet, Disabled: cmp.Or(none, s.pending.blockedReason()), Do: s.run},
		{ID: OtherHealthy, Title: actionOtherHealthy, Disabled: screen.DisabledIf(len(s.healthy) < 2, whyNoOther), Do: func(t *screen.Turn) {
			s.chosen = (s.chosen + 1) % len(s.healthy)
			s.answers = [2]*exchange{}
			s.Rebuild(t)
		}},
		{ID: EditProbe, Title: actionEditProbe, HideInFooter: known,
			Do: screen.To(Route, s.ref.Integration, s.ref.ID).With(queryMethod, http.MethodGet).With(queryPath, p.path).Open},
		{ID: CopyProbe, Title: screen.TextCopy, HideInFooter: true, Disabled: screen.DisabledIf(row.Copy.Do == nil, screen.TextNothingToOpen),
			Do: row.Copy.Do},
		screen.RefreshAction(s),
	}, screen.MoveActions(&s.Rows)...)
}

// View draws the verdict first, then what was sent and answered.
func (s *Probe) View(f ui.Frame) string {
	switch {
	case s.rows.HasFailed() && !s.rows.IsLoaded():
		return screen.Failure(f, textProbeFailed, s.rows.Err)
	case s.isLoading() && s.answers[0] == nil:
		return screen.Loading(f, textLoading)
	}
	return s.Draw(f, s.sections)
}

func (s *Probe) sections(f ui.Frame) []ui.Section {
	p, known := s.probe()
	says := ui.Section{Title: titleVerdict}
	line := func(role ui.Role, text string) {
		says.Rows = append(says.Rows, ui.Row{Lines: []ui.Line{{f.Styled(role, text)}}})
	}
	switch {
	case s.err != nil:
		line(ui.RoleBad, s.err.Error())
	case s.pending.active:
		line(ui.RoleMuted, s.pending.status(f.Now))
	case s.answers[0] != nil:
		text, next := s.verdict()
		line(ui.RoleStrong, text)
		line(ui.RoleText, next)
	case !known:
		line(ui.RoleText, fmt.Sprintf(textNoProbe, cmp.Or(s.provider.Value.DisplayName, s.integration.Value)))
		line(ui.RoleMuted, screen.HintOrPalette(f, EditProbe, hintEditProbe))
	default:
		line(ui.RoleMuted, screen.HintOrPalette(f, RunProbe, hintRunProbe))
	}
	request := ui.Section{Title: titleProbe}
	if known {
		s.AddRow(&request, f, "request", labelRequest, http.MethodGet+" "+p.path, screen.Copies(labelRequest, p.path))
		request.AddRow(f, "", labelFrom, p.from)
	}
	healthy := ui.Section{Title: titleHealthy}
	if other := s.other(); other != nil {
		who := other.ID
		if name := other.Customer().Name; name != who {
			who = name + " · " + who
		}
		s.addAnswer(f, &healthy, who, 1)
	} else {
		healthy.AddRow(f, "", labelConnection, textNoHealthy)
	}
	broken := ui.Section{Title: titleProbed}
	broken.AddRow(f, "", labelIntegration, s.ref.Integration)
	s.addAnswer(f, &broken, s.ref.ID, 0)
	return []ui.Section{says, request, broken, healthy}
}

func (s *Probe) verdict() (says, next string) {
	if s.answers[1] == nil {
		return verdict(s.answers[0].kind(), nil)
	}
	healthy := s.answers[1].kind()
	return verdict(s.answers[0].kind(), &healthy)
}

// addAnswer adds what a connection was answered.
func (s *Probe) addAnswer(f ui.Frame, section *ui.Section, who string, n int) {
	section.AddRow(f, "", labelConnection, who)
	e := s.answers[n]
	if e == nil {
		return
	}
	text := statusText(e.response.Status) + " · " + ui.Took(e.took)
	if e.nangoErr != nil {
		text += " · " + textNangosOwn
	}
	section.AddRow(f, "", labelAnswer, text)
	if e.nangoErr != nil {
		section.AddRow(f, "", labelSaid, e.nangoErr.Error())
		return
	}
	id := fmt.Sprintf("said %d", n)
	said := nango.Words(e.response.Body, f.Mask)
	s.AddRow(section, f, id, labelSaid, said, screen.Copies(labelSaid, said))
}
