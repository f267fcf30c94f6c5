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

// LinkForm makes a connect link for a customer. It is the dialog of what it sends: it names the profile, and what
// sending it agrees to.
type LinkForm struct {
	screen.Base
	form  *form.Form
	where screen.ProfileState
	// asked are the integrations that the route chose.
	asked        []string
	integrations screen.Load[[]nango.Integration]
	// known are rows of the list of connections, which tell the integrations where those cannot be listed.
	known screen.Load[[]nango.Connection]
	slack map[string]bool
	// before are the connections with the link's tags that are there already.
	before screen.Load[[]nango.Connection]
	making bool
	input  nango.SessionInput
	made   *made
	// exposed are the paths in the typed config that sound like secrets: whoever holds the link can read them. They
	// are worked out when the config changes, for the text in configOf.
	exposed  []string
	configOf string
}

// tagPrefix begins the names of the query's values that are tags.
const tagPrefix = "tag."

// NewLink is the form, filled in as the route's query says.
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
			return nil, fmt.Errorf("the tag %q cannot be filled in: it must stand there once, as plain text", key)
		default:
			return nil, fmt.Errorf("a link can be filled in by integration= and tag.<key>=, not by %q", name)
		}
	}
	l.form = form.New(l.fields(tags)...)
	return l, nil
}

// splitKeys reads integrations, given one by one or with commas.
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

// Open lists what can be chosen from.
func (l *LinkForm) Open(t *screen.Turn) { l.Refresh(t) }

// Refresh lists it again. What was typed stays.
func (l *LinkForm) Refresh(t *screen.Turn) {
	l.where = t.Profile
	l.integrations.Fetch(t, nango.ListIntegrations(), l.listed)
}

// listed offers the integrations. One whose provider is gone makes Nango refuse the whole list (seen on v0.71.4): then the
// connections tell which there are.
func (l *LinkForm) listed(t *screen.Turn) {
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
		l.form.SetError("", "the integrations cannot be listed, so that a link can only be for all of them: "+l.integrations.Err.Error())
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
	l.form.SetError("", "the integrations cannot be listed; these are the ones that connections name: "+l.integrations.Err.Error())
}

// offer replaces the options. What the route chose stands first, since only a few are seen at once; what it chose and is
// not there is said, and not dropped in silence.
func (l *LinkForm) offer(options []form.Option) {
	there := map[string]bool{}
	for _, o := range options {
		there[o.Value] = true
	}
	slices.SortStableFunc(options, func(a, b form.Option) int { return l.rank(a) - l.rank(b) })
	l.form.SetOptions(fieldIntegrations, options)
	if len(options) == 0 {
		l.form.SetError("", "there are no integrations in this environment: a link would have nothing to connect")
	}
	if gone := slices.DeleteFunc(l.asked, func(key string) bool { return there[key] }); len(gone) > 0 {
		l.form.SetError("", "there is no integration "+strings.Join(gone, ", ")+": it is not chosen")
	}
	l.asked = nil
}

// rank puts what the route chose before the others.
func (l *LinkForm) rank(o form.Option) int {
	if slices.Contains(l.asked, o.Value) {
		return 0
	}
	return 1
}

// Typing says that keys are text.
func (l *LinkForm) Typing() bool { return true }

// Update gives keys and pastes to the form.
func (l *LinkForm) Update(_ *screen.Turn, msg tea.Msg) {
	l.form.Update(msg)
	if config := l.form.Values()[fieldConfig]; config != l.configOf {
		l.configOf, l.exposed = config, exposedBy(config)
	}
}

// Concerns says whether a call changed what can be chosen from.
func (l *LinkForm) Concerns(c nango.Call) bool {
	return strings.HasPrefix(string(c.Operation), "integration.")
}

// Actions is what can be done while one types.
func (l *LinkForm) Actions() []screen.Action {
	send := screen.Action{
		ID: screen.Submit, Title: "Make the link", Operation: nango.OpSessionCreate, Disabled: l.busy(), WhileTyping: true, Do: l.submit,
	}
	actions := []screen.Action{send}
	if l.form.Focused() == lastField {
		send.ID, send.HideInFooter = screen.SubmitLast, true
		actions = append(actions, send)
	}
	// While the link is being made, leaving would lose it, and it would live for half an hour all the same.
	leave := screen.LeaveAction(l.form.Key)
	leave.Disabled = l.busy()
	return append(actions, leave)
}

func (l *LinkForm) busy() string { return beingMade(l.making, l.made) }

// beingMade is why nothing can be done while a link is made, or is there and not yet on its page.
func beingMade(making bool, m *made) string {
	if making || m != nil {
		return "the link is just being made: wait for it"
	}
	return ""
}

// IsDirty says that something was typed.
func (l *LinkForm) IsDirty() bool { return l.form.Changed() }

// submit proposes the link, and reads at the same time what is there already: nobody can have the link before its page
// is there, so what that read finds was there before.
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
		Request: request, Title: "Make a connect link", About: whoOf(in.Tags), Consequences: linkGoes(l.exposed),
		AlsoApproves: []screen.FutureRequest{{Operation: nango.OpSessionDelete}}, Then: l.done,
	})
}

// done brings the form back as it was typed, with what the server says of its fields.
func (l *LinkForm) done(t *screen.Turn, s nango.Session, err error) {
	l.making = false
	if err == nil {
		l.made = newMade(t, s)
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
	for _, field := range slices.Backward(e.Fields) { // the first one last: it gets the focus
		l.refuse(field)
	}
}

// refuse puts an error of the server to the field that it means.
func (l *LinkForm) refuse(field nango.FieldError) {
	if id := fieldOf(field.Path); id != "" && l.has(id) {
		l.form.SetError(id, field.String())
		return
	}
	l.form.SetError("", field.String())
}

// has says that the field is part of the form now.
func (l *LinkForm) has(id string) bool {
	_, there := l.form.Values()[id]
	return there
}

// ready shows the link once both are there: the session, and what was there before it.
func (l *LinkForm) ready(t *screen.Turn) {
	if l.made == nil || l.before.IsLoading() {
		return
	}
	var before []nango.Connection
	if !l.before.HasFailed() {
		before = l.before.Value
	}
	who := whoOf(l.input.Tags)
	a := newArrival(l.input, who, before)
	a.begin(l.made)
	lets := cmp.Or(strings.Join(l.input.Integrations, ", "), "all integrations")
	t.ReplaceWith(newPage("Connect link", l.made.session, a, fact{"For", who}, fact{"Tags", tagText(l.input.Tags)}, fact{"Lets", lets}))
}

// whoOf is whom tags are about, in the best words there are.
func whoOf(tags map[string]string) string {
	return cmp.Or(nango.Connection{Tags: tags}.Customer().Name, tagText(tags))
}
