package sessions

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/clean"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// LinkForm creates a connect link for a customer. The form is its own dialog: it names the profile and the
// consequences.
type LinkForm struct {
	screen.Form
	creation
	where screen.ProfileState
	// asked are the integrations given in the route.
	asked        []string
	integrations screen.Load[[]nango.Integration]
	// known are rows of the list of connections. They name the integrations if those can't be listed.
	known screen.Load[[]nango.Connection]
	slack map[string]bool
	// exposed are the paths in the typed config that sound like secrets, which anyone with the link can read. They
	// are computed for the text in configOf when the config changes.
	exposed  []string
	configOf string
}

const tagPrefix = "tag."

// NewLink creates the form, filled in from the route's query.
func NewLink(r screen.Route) (*LinkForm, error) {
	l := &LinkForm{slack: map[string]bool{}}
	tags := map[string]string{}
	for name, values := range r.Query {
		key, isTag := strings.CutPrefix(name, tagPrefix)
		switch {
		case name == "integration":
			l.asked = splitKeys(values)
		case isTag && len(values) == 1 && clean.IsLine(values[0]):
			tags[nango.StoredTagKey(key)] = values[0]
		case isTag:
			return nil, fmt.Errorf(textCantFillTagGive, key)
		default:
			return nil, fmt.Errorf(textLinkAcceptsIntegrationTag, name)
		}
	}
	l.Form = screen.Form{
		Name: "Connect link", Fields: form.New(l.fields(tags)...), Operation: nango.OpSessionCreate, SubmitTitle: "Create link",
		Submit: l.submit, Busy: l.busy, FieldOf: fieldOf,
	}
	if len(l.asked) == 0 {
		l.Fields.Focus(fieldIntegrations)
	}
	return l, nil
}

// splitKeys splits integrations, given one by one or separated by commas.
func splitKeys(values []string) []string {
	var keys []string
	for key := range strings.SplitSeq(strings.Join(values, ","), ",") {
		if key = strings.TrimSpace(key); key != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// Refresh loads the choices. Input is kept.
func (l *LinkForm) Refresh(t *screen.Turn) {
	l.where = t.Profile
	l.integrations.Fetch(t, nango.ListIntegrations(), l.integrationsLoaded)
}

// integrationsLoaded offers the integrations. If the provider of one is gone, Nango refuses the whole list (seen on v0.71.4);
// then the connections tell which ones exist.
func (l *LinkForm) integrationsLoaded(t *screen.Turn) {
	if l.integrations.HasFailed() {
		l.known.Fetch(t, nango.ListConnections(nango.ConnectionQuery{Limit: nango.MaxPage}), l.learned)
		return
	}
	for _, i := range l.integrations.Value {
		l.slack[i.Key] = strings.HasPrefix(i.Provider, "slack")
	}
	l.offer(screen.IntegrationOptions(l.integrations.Value))
}

func (l *LinkForm) learned(*screen.Turn) {
	if l.known.HasFailed() {
		l.Fields.SetError("", textCouldntLoadIntegrationsSo+l.integrations.Err.Error())
		return
	}
	clear(l.slack)
	for _, c := range l.known.Value {
		l.slack[c.Integration] = strings.HasPrefix(c.Provider, "slack")
	}
	l.offer(optionsOf(slices.Sorted(maps.Keys(l.slack))))
	l.Fields.SetError("", textCouldntLoadIntegrationsThese+l.integrations.Err.Error())
}

// offer replaces the choices. Those given in the route come first, because only a few are visible. A given
// integration that doesn't exist is reported.
func (l *LinkForm) offer(options []form.Option) {
	there := func(key string) bool {
		return slices.ContainsFunc(options, func(o form.Option) bool { return o.Value == key })
	}
	rank := func(o form.Option) int {
		if slices.Contains(l.asked, o.Value) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(options, func(a, b form.Option) int { return rank(a) - rank(b) })
	l.Fields.SetOptions(fieldIntegrations, options)
	if len(options) == 0 {
		l.Fields.SetError("", textEnvironmentNoIntegrationsThere)
	}
	if gone := slices.DeleteFunc(l.asked, there); len(gone) > 0 {
		l.Fields.SetError("", textThereNoIntegration+strings.Join(gone, ", ")+textNotSelected)
	}
	l.asked = nil
}

// Update passes keys and pastes to the form.
func (l *LinkForm) Update(t *screen.Turn, msg tea.Msg) {
	l.Form.Update(t, msg)
	if config := l.Fields.Values()[fieldConfig]; config != l.configOf {
		l.configOf, l.exposed = config, exposedBy(config)
	}
}

// Concerns reports whether a call changed the choices.
func (l *LinkForm) Concerns(c nango.Call) bool {
	return strings.HasPrefix(string(c.Operation), "integration.")
}

// Actions are the actions while typing.
func (l *LinkForm) Actions() []screen.Action {
	all := l.Form.Actions()
	if l.Fields.Focused() == lastField {
		all = append(all, all[0].AlsoAs(screen.SubmitLast))
	}
	for i := range all {
		all[i].Disabled = l.busy()
	}
	return all
}

func (l *LinkForm) submit(t *screen.Turn, values form.Values) {
	in, err := input(values)
	request := nango.CreateSession(in)
	if l.Fields.ShowError(cmp.Or(err, request.Validate())) {
		return
	}
	who := cmp.Or(nango.Connection{Tags: in.Tags}.Customer().Name, tagText(in.Tags))
	l.create(t, screen.Proposal[nango.Session]{
		Request: request, Title: "Create connect link", About: who, Consequences: linkConsequences(l.exposed),
		AlsoApproves: []screen.FutureRequest{{Operation: nango.OpSessionDelete}},
	}, arrivalQuery(in), func(t *screen.Turn) {
		var before []nango.Connection
		if !l.before.HasFailed() {
			before = l.before.Value
		}
		a := newArrivalWatch(in, who, before)
		a.begin(l.made)
		facts := []fact{{"For", who}, {"Tags", tagText(in.Tags)}, {"Lets", cmp.Or(strings.Join(in.Integrations, ", "), "all integrations")}}
		t.ReplaceWith(newPage("Connect link", l.made.session, a, &a.linkWatch, facts...))
	}, l.ShowErrors)
}

// View draws the consequences, and below them the fields.
func (l *LinkForm) View(f ui.Frame) string {
	if l.busy() != "" {
		return screen.Loading(f, "Creating link")
	}
	fields := func(f ui.Frame) string { return screen.DrawForm(f, l.Fields) }
	return drawBelow(f, consequencesAbove(f, l.where, linkConsequences(l.exposed)), fields)
}

func linkConsequences(exposed []string) []string {
	goes := []string{textCreatesConnectLinkValid, textRevokesWhenConnectionArrives}
	if len(exposed) > 0 {
		goes = append(goes, textLetsAnyoneWhoRead+strings.Join(exposed, ", "))
	}
	return goes
}
