package models

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// connected is a session that was asked for, or why there is none.
type connected struct {
	name   string
	active ActiveProfile
	err    error
}

// connect makes the session of a profile and switches to it.
func (a *App) connect(profile string) {
	a.connecting, a.leaving = profile, slices.Clone(a.stack)
	a.do(func() tea.Msg {
		s, err := a.config.Connect(a.ctx, profile)
		return connected{name: profile, active: s, err: err}
	})
}

func (a *App) connected(msg connected) {
	if msg.err == nil {
		a.opened = append(a.opened, msg.active)
	}
	if msg.name != a.connecting {
		return
	}
	a.connecting = ""
	switch {
	case msg.err == nil:
		a.use(msg.active)
	case a.active == nil:
		a.welcome(msg.name + ": " + msg.err.Error())
	default:
		a.fail("cannot switch to "+msg.name, msg.err)
	}
	a.leaving = nil
}

// use makes s the session of the dashboard. Dialogs, forms, marks and loads of the one before are dropped with
// their screens; what goes on in the background keeps its own, and so does what was told since it was asked for.
func (a *App) use(s ActiveProfile) {
	told := a.takeUnasked()
	a.active = &s
	a.active.guard = guard.New(s.Profile)
	if s.Theme != nil {
		a.config.Theme = s.Theme
	}
	a.toasts.Clear()
	first := a.config.Open
	a.config.Open = screen.Route{}
	a.begin(first)
	a.stack = append(a.stack, told...)
}

// takeUnasked takes the screens off the stack that hold what would be lost, and about which nobody was asked.
func (a *App) takeUnasked() []*entry {
	var told []*entry
	a.stack = slices.DeleteFunc(a.stack, func(e *entry) bool {
		unasked := lossWarning(e) != "" && !slices.Contains(a.leaving, e)
		if unasked {
			told = append(told, e)
		}
		return unasked
	})
	return told
}

// begin opens the first screen. Below one that lies deeper, and in place of one that cannot be opened, is the list of
// connections; it reads nothing before it is seen.
func (a *App) begin(first screen.Route) {
	list := screen.To("connections")
	if first.Name == "" {
		first = list
	}
	s, err := a.build(first)
	switch {
	case err != nil:
		a.home(list)
		a.fail(first.String()+" cannot be opened", err)
	case a.isTab(first.Name):
		a.home(first)
	default:
		a.empty()
		a.lay(list)
		a.push(a.active, s, first)
	}
}

// rejected shows the welcome screen when the very first answer says that this key or this host will never do, and the
// environment's page when it says that the key is one of the account.
func (a *App) rejected(s *ActiveProfile, err error) bool {
	if s == nil || s.guard.IsProven() {
		return false
	}
	if err == nil {
		s.guard.SetProven()
		return false
	}
	if s != a.active {
		return false // a profile that was left takes nothing away from the one on the screen
	}
	e, ok := nango.AsError(err)
	switch {
	case !ok:
		return false
	case s.Client.Owner() == nango.OwnerAccount:
		return a.ofAccount(s)
	case e.Kind == nango.Forbidden && len(e.Scopes) > 0:
		a.askOwner(s)
		return false
	case !guard.IsUnusable(e):
		return false
	}
	a.active = nil
	a.welcome(s.Profile.Name + " (" + s.Profile.Host + "): " + e.Error() + "\n" + e.Advice())
	return true
}

// ownerLearned says that a read was answered by which a client learns what its key belongs to.
type ownerLearned struct{ profile *ActiveProfile }

// askOwner finds out whether a key is one of the account: where a scope is needed, it is refused in the same words as a
// key of the environment that lacks it. It is asked once a session.
func (a *App) askOwner(s *ActiveProfile) {
	if s.ownerAsked {
		return
	}
	s.ownerAsked = true
	a.fetching++
	a.do(func() tea.Msg {
		_, _ = nango.Fetch(a.ctx, s.Client, nango.ProbeOwner()) // what it tells, the client remembers; else nothing is known
		return ownerLearned{s}
	})
}

func (a *App) ownerLearned(msg ownerLearned) {
	a.fetching--
	switch owner := msg.profile.Client.Owner(); {
	case owner == nango.OwnerEnvironment:
		msg.profile.guard.SetProven()
	case owner == nango.OwnerAccount && msg.profile == a.active:
		a.ofAccount(msg.profile)
	}
}

// ofAccount leads to the one place where a key of the account can do something, and says whether it did: whoever types or
// answers a dialog by now is told where to go.
func (a *App) ofAccount(s *ActiveProfile) bool {
	s.guard.SetProven()
	question, _ := lost(a.stack)
	if e := a.top(); a.overlay != nil || question != "" || e != nil && e.screen.Typing() {
		a.toast("this is a key of the account: " + a.firstKey(Environment) + " leads to what it can do")
		return false
	}
	a.home(screen.To("environment"))
	return true
}

// welcome shows how to give a key, and why the one that was given will not do. What was told meanwhile stays on top of it.
func (a *App) welcome(problem string) {
	a.problem = problem
	told := a.takeUnasked()
	a.home(screen.To("welcome"))
	a.stack = append(a.stack, told...)
}

// pickProfile offers the profiles to switch to.
func (a *App) pickProfile() {
	want := screen.PickWant{Title: "Switch profile"}
	for _, p := range a.config.Profiles {
		want.Options = append(want.Options, screen.Option{Title: p.Name, Detail: a.aboutProfile(p), Do: func(t *screen.Turn) {
			t.Open(screen.To(profileRoute, p.Name))
		}})
	}
	a.pick(a.top(), want)
}

// aboutProfile is what has to be known of a profile before one switches to it.
func (a *App) aboutProfile(p guard.Profile) string {
	var words []string
	if p.Production {
		words = append(words, "PRODUCTION")
	}
	if p.ReadOnly {
		words = append(words, "read-only")
	}
	words = append(words, hostName(p.Host))
	if a.active != nil && a.active.Profile.Name == p.Name {
		words = append(words, "here")
	}
	return strings.Join(words, " · ")
}

// Close ends what the sessions started. It is called when the program has ended.
func (a *App) Close() error {
	a.stop()
	var errs []error
	for _, s := range a.opened {
		if s.Close != nil {
			errs = append(errs, s.Close())
		}
	}
	return errors.Join(errs...)
}
