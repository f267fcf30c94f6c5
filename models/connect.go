package models

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// connected is the outcome of connecting to a profile.
type connected struct {
	name   string
	active ActiveProfile
	err    error
}

// connect connects to a profile and switches to it.
func (a *App) connect(profile string) {
	a.connecting, a.connectedFrom, a.connectingSince = profile, slices.Clone(a.stack), a.config.Now()
	a.do(func() tea.Msg {
		s, err := a.config.Connect(a.ctx, profile)
		return connected{name: profile, active: s, err: err}
	})
}

func (a *App) connected(msg connected) {
	if msg.err == nil {
		a.profiles = append(a.profiles, msg.active)
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
		a.config.Open = screen.Route{}
		a.showError(textCannotSwitch+msg.name, msg.err)
	}
	a.connectedFrom = nil
}

// use makes s the active profile. Dialogs, forms, marks and loads of the previous one are dropped with their screens.
// Background work keeps its profile, and so do screens with a one-time secret that was shown since the switch was requested.
func (a *App) use(s ActiveProfile) {
	told := a.takeUnconfirmed()
	a.active = &s
	a.active.guard, a.active.store = guard.New(s.Profile), screen.NewStore()
	if s.Theme != nil {
		a.config.Theme = s.Theme
	}
	a.toasts.Clear()
	first := a.config.Open
	a.config.Open = screen.Route{}
	a.begin(first)
	a.stack = append(a.stack, told...)
	a.readJournal(a.active)
	a.readRuns(a.active)
}

// takeUnconfirmed removes the screens from the stack whose contents would be lost and about which the user wasn't asked.
func (a *App) takeUnconfirmed() []*entry {
	var told []*entry
	a.stack = slices.DeleteFunc(a.stack, func(e *entry) bool {
		unasked := lossWarning(e) != "" && !slices.Contains(a.connectedFrom, e)
		if unasked {
			told = append(told, e)
		}
		return unasked
	})
	return told
}

// begin opens the first screen. If it isn't a tab, the list of connections lies below it, unopened until it is shown. If it
// can't be opened, the list of connections is opened instead.
func (a *App) begin(first screen.Route) {
	list := screen.To("connections")
	if first.Name == "" {
		first = list
	}
	s, err := a.build(first)
	switch {
	case err != nil:
		a.home(list)
		a.showError(fmt.Sprintf(textCannotOpen, first), err)
	case a.isTab(first.Name):
		a.home(first)
	default:
		a.closeAll()
		a.pushUnopened(list)
		a.push(a.active, s, first)
	}
}

// rejected opens the welcome screen if the very first response means that this key or host is unusable, and the environment
// screen if it means that the key is an account key. It reports whether it did.
func (a *App) rejected(s *ActiveProfile, err error) bool {
	if s == nil || s.guard.IsProven() {
		return false
	}
	if err == nil {
		s.guard.SetProven()
		return false
	}
	if s != a.active {
		return false // a profile that was left doesn't affect the one on the screen
	}
	e, ok := nango.AsError(err)
	switch {
	case !ok:
		return false
	case s.Client.Owner() == nango.OwnerAccount:
		return a.openAccountScreen(s)
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

// ownerLearned says that the response has come which shows what a key belongs to.
type ownerLearned struct{ profile *ActiveProfile }

// askOwner finds out whether a key is an account key: without a scope that it needs, it gets the same error as an environment
// key. It is asked once for each connected profile.
func (a *App) askOwner(s *ActiveProfile) {
	if s.ownerAsked {
		return
	}
	s.ownerAsked = true
	a.fetching++
	a.do(func() tea.Msg {
		_, _ = nango.Fetch(a.ctx, s.Client, nango.ProbeOwner()) // the client remembers the outcome
		return ownerLearned{s}
	})
}

func (a *App) ownerLearned(msg ownerLearned) {
	a.fetching--
	switch owner := msg.profile.Client.Owner(); {
	case owner == nango.OwnerEnvironment:
		msg.profile.guard.SetProven()
	case owner == nango.OwnerAccount && msg.profile == a.active:
		a.openAccountScreen(msg.profile)
	}
}

// openAccountScreen opens the only screen on which an account key can do something, and reports whether it did. A user who is
// typing or answering a dialog gets a toast instead.
func (a *App) openAccountScreen(s *ActiveProfile) bool {
	s.guard.SetProven()
	question, _ := lossQuestion(a.stack)
	if e := a.top(); a.overlay != nil || question != "" || e != nil && e.screen.Typing() {
		a.toast(fmt.Sprintf(textAccountKey, a.firstKey(Environment)))
		return false
	}
	a.home(screen.To("environment"))
	return true
}

// welcome opens the screen that says how to provide a key, and why the current one is unusable. Screens with a one-time secret
// stay on top of it.
func (a *App) welcome(problem string) {
	a.problem = problem
	told := a.takeUnconfirmed()
	a.home(screen.To("welcome"))
	a.stack = append(a.stack, told...)
}

// pickProfile offers the profiles.
func (a *App) pickProfile() {
	want := screen.PickWant{Title: titleSwitch}
	for _, p := range a.config.Profiles {
		want.Options = append(want.Options, screen.Option{Title: p.Name, Detail: a.aboutProfile(p), Do: func(t *screen.Turn) {
			t.Open(screen.To(profileRoute, p.Name))
		}})
	}
	a.pick(a.top(), want)
}

// aboutProfile is what the user needs to know about a profile before switching to it.
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
		words = append(words, textActiveProfile)
	}
	return strings.Join(words, " · ")
}

// Close ends what was started for the profiles. It is called when the program has ended.
func (a *App) Close() error {
	a.stop()
	var errs []error
	for _, s := range a.profiles {
		if s.Close != nil {
			errs = append(errs, s.Close())
		}
	}
	return errors.Join(errs...)
}
