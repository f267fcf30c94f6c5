package sessions

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

// LinkForm creates a connect link for a customer. The form is its own dialog: it names the profile and the
// consequences.
type LinkForm struct {
	screen.Base
	form  *form.Form
	where screen.ProfileState
	// asked are the integrations given in the route.
	asked        []string
	integrations screen.Load[[]nango.Integration]
	// known are rows of the list of connections. They name the integrations if those can't be listed.
	known screen.Load[[]nango.Connection]
	slack map[string]bool
	// before are the existing connections with the link's tags.
	before screen.Load[[]nango.Connection]
	making bool
	input  nango.SessionInput
	made   *newSession
	// exposed are the paths in the typed config that sound like secrets, which anyone with the link can read. They
	// are computed for the text in configOf when the config changes.
	exposed  []string
	configOf string
}

// tagPrefix is the prefix of query parameters for tags.
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
		case isTag && len(values) == 1 && ui.StripControls(values[0]) == values[0] && !strings.ContainsAny(values[0], "\n\t"):
			tags[nango.StoredTagKey(key)] = values[0]
		case isTag:
			return nil, fmt.Errorf(textCantFillTagGive, key)
		default:
			return nil, fmt.Errorf(textLinkAcceptsIntegrationTag, name)
		}
	}
	l.form = form.New(l.fields(tags)...)
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

// Title names the screen.
func (l *LinkForm) Title() string { return "Connect link" }

// Open loads the choices.
func (l *LinkForm) Open(t *screen.Turn) { l.Refresh(t) }

// Refresh reloads them. Input is kept.
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
	options := make([]form.Option, 0, len(l.integrations.Value))
	for _, i := range l.integrations.Value {
		options = append(options, form.Option{Value: i.Key, Title: optionTitle(i)})
		l.slack[i.Key] = strings.HasPrefix(i.Provider, "slack")
	}
	l.offer(options)
}

func optionTitle(i nango.Integration) string {
	if i.DisplayName == "" || strings.EqualFold(i.DisplayName, i.Key) {
		return i.Key
	}
	return i.Key + " · " + i.DisplayName
}

func (l *LinkForm) learned(*screen.Turn) {
	if l.known.HasFailed() {
		l.form.SetError("", textCouldntLoadIntegrationsSo+l.integrations.Err.Error())
		return
	}
	keys := map[string]bool{}
	for _, c := range l.known.Value {
		keys[c.Integration] = true
		l.slack[c.Integration] = strings.HasPrefix(c.Provider, "slack")
	}
	options := make([]form.Option, 0, len(keys))
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		options = append(options, form.Option{Value: key})
	}
	l.offer(options)
	l.form.SetError("", textCouldntLoadIntegrationsThese+l.integrations.Err.Error())
}

// offer replaces the choices. Those given in the route come first, because only a few are visible. A given
// integration that doesn't exist is reported.
func (l *LinkForm) offer(options []form.Option) {
	there := map[string]bool{}
	for _, o := range options {
		there[o.Value] = true
	}
	slices.SortStableFunc(options, func(a, b form.Option) int { return l.rank(a) - l.rank(b) })
	l.form.SetOptions(fieldIntegrations, options)
	if len(options) == 0 {
		l.form.SetError("", textEnvironmentNoIntegrationsThere)
	}
	if gone := slices.DeleteFunc(l.asked, func(key string) bool { return there[key] }); len(gone) > 0 {
		l.form.SetError("", textThereNoIntegration+strings.Join(gone, ", ")+textNotSelected)
	}
	l.asked = nil
}

// rank sorts the integrations given in the route first.
func (l *LinkForm) rank(o form.Option) int {
	if slices.Contains(l.asked, o.Value) {
		return 0
	}
	return 1
}

// Typing reports that keys are text.
func (l *LinkForm) Typing() bool { return true }

// IsFormDialog implements [screen.FormDialog].
func (l *LinkForm) IsFormDialog() bool { return true }

// Update passes keys and pastes to the form.
func (l *LinkForm) Update(_ *screen.Turn, msg tea.Msg) {
	l.form.Update(msg)
	if config := l.form.Values()[fieldConfig]; config != l.configOf {
		l.configOf, l.exposed = config, exposedBy(config)
	}
}

// Concerns reports whether a call changed the choices.
func (l *LinkForm) Concerns(c nango.Call) bool {
	return strings.HasPrefix(string(c.Operation), "integration.")
}

// Actions are the actions while typing.
func (l *LinkForm) Actions() []screen.Action {
	send := screen.Action{
		ID: screen.Submit, Title: "Create link", Operation: nango.OpSessionCreate, Disabled: l.busy(), WhileTyping: true, Do: l.submit,
	}
	actions := []screen.Action{send}
	if l.form.Focused() == lastField {
		send.ID, send.HideInFooter = screen.SubmitLast, true
		actions = append(actions, send)
	}
	// Leaving while the link is being created would lose it, and it would still be valid for half an hour.
	leave := screen.LeaveAction(l.form.Key)
	leave.Disabled = l.busy()
	return append(actions, leave)
}

func (l *LinkForm) busy() string { return creating(l.making, l.made) }

// creating is why nothing can be done while a link is being created and not shown yet.
func creating(making bool, m *newSession) string {
	if making || m != nil {
		return textLinkBeingCreatedWait
	}
	return ""
}

// IsDirty reports whether something was typed.
func (l *LinkForm) IsDirty() bool { return l.form.Changed() }

// submit proposes the link, and reads the existing connections at the same time: no one can use the link before its
// page is shown, so whatever is found existed before.
func (l *LinkForm) submit(t *screen.Turn) {
	if !l.form.Submit() {
		return
	}
	values, _ := l.form.Submitted()
	in, bad := input(values)
	if bad != nil {
		l.form.SetError(bad.field, bad.err.Error())
		return
	}
	request := nango.CreateSession(in)
	if err := request.Validate(); err != nil {
		l.form.SetError("", err.Error())
		return
	}
	l.making, l.input = true, in
	l.before.Fetch(t, nango.ListConnections(arrivalQuery(in)), l.ready)
	screen.Propose(t, screen.Proposal[nango.Session]{
		Request: request, Title: "Create connect link", About: customerOf(in.Tags), Consequences: linkConsequences(l.exposed),
		AlsoApproves: []screen.FutureRequest{{Operation: nango.OpSessionDelete}}, Then: l.created,
	})
}

// created returns to the form, with the server's errors at its fields.
func (l *LinkForm) created(t *screen.Turn, s nango.Session, err error) {
	l.making = false
	if err == nil {
		l.made = createdSession(t, s)
		l.ready(t)
		return
	}
	l.before.Cancel(t)
	if errors.Is(err, screen.ErrDeclined) {
		return
	}
	e, ok := nango.AsError(err)
	if !ok || len(e.Fields) == 0 {
		l.form.SetError("", err.Error())
		return
	}
	for _, field := range slices.Backward(e.Fields) { // the first error comes last, so that it gets the focus
		l.showError(field)
	}
}

// showError shows an error of the server at the field it is about.
func (l *LinkForm) showError(field nango.FieldError) {
	if id := fieldOf(field.Path); id != "" && l.has(id) {
		l.form.SetError(id, field.String())
		return
	}
	l.form.SetError("", field.String())
}

// has reports whether the form has the field now.
func (l *LinkForm) has(id string) bool {
	_, there := l.form.Values()[id]
	return there
}

// ready shows the link once both are known: the session, and the connections that existed before.
func (l *LinkForm) ready(t *screen.Turn) {
	if l.made == nil || l.before.IsLoading() {
		return
	}
	var before []nango.Connection
	if !l.before.HasFailed() {
		before = l.before.Value
	}
	who := customerOf(l.input.Tags)
	a := newArrivalWatch(l.input, who, before)
	a.begin(l.made)
	lets := cmp.Or(strings.Join(l.input.Integrations, ", "), "all integrations")
	t.ReplaceWith(newPage("Connect link", l.made.session, a, fact{"For", who}, fact{"Tags", tagText(l.input.Tags)}, fact{"Lets", lets}))
}

// customerOf names the customer that tags are about.
func customerOf(tags map[string]string) string {
	return cmp.Or(nango.Connection{Tags: tags}.Customer().Name, tagText(tags))
}
