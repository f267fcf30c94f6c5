// Package incident writes down what is known of broken connections, to hand on: as Markdown or JSON, without secrets and, if wanted,
// without names. It sends nothing. It may know what any area may know.
package incident

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/cause"
	"nango-tui/ui"
)

// Export is the id of the action that exports a report.
const Export screen.ActionID = "connection.report"

// MaxConnections is how many connections a report lists. It says how many more there are.
const MaxConnections = 500

// Report is what is known: of one connection with everything, or of many in a line each.
type Report struct {
	Made string `json:"made"`
	Host string `json:"host"`
	// Subject is what it is about: a customer, an integration, a cause.
	Subject     string       `json:"subject"`
	Facts       []Fact       `json:"facts,omitempty"`
	Connections []Connection `json:"connections"`
	More        int          `json:"more,omitempty"` // connections that are not listed
	// Requests are curl commands that show it again.
	Requests []string `json:"requests"`
}

// Fact is a named value.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Connection is a connection in a report.
type Connection struct {
	Customer   string            `json:"customer,omitempty"`
	ID         string            `json:"connection"`
	Key        string            `json:"integration"`
	Provider   string            `json:"provider,omitempty"`
	Created    string            `json:"created,omitempty"`
	State      string            `json:"state"`
	Tags       map[string]string `json:"tags,omitempty"`
	Causes     []Cause           `json:"causes"`
	Operations []Operation       `json:"operations,omitempty"`
	Syncs      []Sync            `json:"syncs,omitempty"`
}

// Cause is why a connection is broken.
type Cause struct {
	What     string `json:"what"`
	Said     string `json:"said"`
	Means    string `json:"means,omitempty"`
	Fault    string `json:"fault,omitempty"`
	Failed   string `json:"failed,omitempty"`
	First    string `json:"first,omitempty"`
	Failures int    `json:"failures,omitempty"`
	Log      string `json:"log,omitempty"`
}

// Operation is an operation of the logs.
type Operation struct {
	At       string `json:"at"`
	State    string `json:"state"`
	Kind     string `json:"kind"`
	Function string `json:"function,omitempty"`
	Log      string `json:"log"`
}

// Sync is a sync and its state.
type Sync struct {
	Name  string `json:"name"`
	State string `json:"state"`
}

// Writer makes the parts of a report from untrusted text. It masks secrets and, without names, leaves out what names the customers.
type Writer struct {
	hasNames bool
	mask     func(string) string
}

// NewWriter returns a writer. A report without names leaves out these, such as the values of tags, wherever they stand.
func NewWriter(t *screen.Turn, hasNames bool, names []string) Writer {
	mask := t.Mask
	if mask == nil {
		mask = func(text string) string { return text }
	}
	if !hasNames {
		mask = without(names, mask)
	}
	return Writer{hasNames, mask}
}

// New returns a report without connections.
func (w Writer) New(t *screen.Turn, subject string, requests ...nango.Call) Report {
	r := Report{Made: Stamp(t.Now), Host: t.Profile.Host, Subject: w.Line(subject), Connections: []Connection{}, Requests: []string{}}
	for _, call := range requests {
		r.Requests = append(r.Requests, w.mask(nango.Curl(call, t.Profile.Host).Line))
	}
	return r
}

// Line is a text in a line, without secrets.
func (w Writer) Line(text string) string { return ui.Clean(w.mask(text)).String() }

// Customer is a customer's name in a line; empty in a report without names, and if it is the id.
func (w Writer) Customer(name, id string) string {
	if !w.hasNames || name == id {
		return ""
	}
	return w.Line(name)
}

// Connection is a connection without what the logs say.
func (w Writer) Connection(c *nango.Connection) Connection {
	out := Connection{ID: w.Line(c.ID), Key: w.Line(c.Integration), Provider: w.Line(c.Provider), Created: Stamp(c.Created),
		State: c.State().String(), Causes: []Cause{}}
	if !w.hasNames {
		return out
	}
	out.Customer = w.Customer(c.Customer().Name, c.ID)
	out.Tags = map[string]string{}
	for key, value := range c.Tags {
		if nango.SoundsSecret(key) {
			value = nango.Masked
		}
		out.Tags[w.Line(key)] = w.Line(value)
	}
	return out
}

// Cause is why a connection is broken.
func (w Writer) Cause(f cause.Finding) Cause {
	return Cause{What: w.Line(f.What()), Said: w.Line(f.Headline()), Means: f.Means(), Fault: string(f.Fault()), Failed: Stamp(f.At),
		First: Stamp(f.First), Failures: f.Total, Log: w.Line(f.Operation)}
}

// Operation is an operation of the logs.
func (w Writer) Operation(o nango.LogOperation) Operation {
	return Operation{At: Stamp(o.Created), State: w.Line(o.State), Kind: w.Line(o.Type + " " + o.Action), Function: w.Line(o.Function),
		Log: w.Line(o.ID)}
}

// Add adds a connection, up to [MaxConnections].
func (r *Report) Add(c Connection) {
	if len(r.Connections) >= MaxConnections {
		r.More++
		return
	}
	r.Connections = append(r.Connections, c)
}

// leastName is the least length of a name that is left out of texts, in bytes: shorter ones stand in many words.
const leastName = 4

// without leaves out names.
func without(names []string, mask func(string) string) func(string) string {
	names = slices.Clone(names)
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) }) // a name may begin with another one
	var pairs []string
	for _, name := range names {
		if name = strings.TrimSpace(name); len(name) >= leastName {
			pairs = append(pairs, name, leftOut)
		}
	}
	replacer := strings.NewReplacer(pairs...)
	return func(text string) string { return replacer.Replace(mask(text)) }
}

// Stamp is a time in UTC; empty for none.
func Stamp(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

// Action is the export of a report, which is made when its form is chosen. File is the beginning of a file's name.
func Action(disabled, file string, report func(t *screen.Turn, hasNames bool) Report) screen.Action {
	name := screen.SafeFileName("incident-" + strings.ReplaceAll(file, "/", "-"))
	return screen.Action{ID: Export, Title: actionExport, HideInFooter: true, Disabled: disabled, Do: func(t *screen.Turn) {
		t.Pick(actionExport,
			screen.Option{Title: optionCopy, Key: "1", Do: func(t *screen.Turn) { t.Copy(reportName, report(t, true).Markdown()) }},
			screen.Option{Title: optionCopyPlain, Detail: detailPlain, Key: "2",
				Do: func(t *screen.Turn) { t.Copy(reportName, report(t, false).Markdown()) }},
			screen.Option{Title: optionSave, Key: "3", Do: func(t *screen.Turn) {
				t.Show(screen.NewMaskedSave(reportName, note, name+".md", []byte(report(t, true).Markdown())))
			}},
			screen.Option{Title: optionJSON, Key: "4", Do: func(t *screen.Turn) { saveJSON(t, name, report(t, true)) }})
	}}
}

func saveJSON(t *screen.Turn, name string, r Report) {
	raw, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		t.Notice(actionExport, err.Error())
		return
	}
	t.Show(screen.NewMaskedSave(reportName, note, name+".json", raw))
}

// Markdown is the report as Markdown. Texts of others can't format it.
func (r Report) Markdown() string {
	b := &markdown{}
	b.WriteString(fmt.Sprintf("# Incident: %s\n\n", escaped(r.Subject)))
	b.row("Made", r.Made)
	b.row("Host", r.Host)
	for _, f := range r.Facts {
		b.row(f.Name, f.Value)
	}
	if len(r.Connections) == 1 && r.More == 0 {
		b.connection(r.Connections[0])
	} else {
		b.connections(r)
	}
	b.WriteString("\n## Requests\n\n")
	for _, line := range r.Requests {
		b.WriteString(fmt.Sprintf("    %s\n", line))
	}
	return b.String()
}

type markdown struct{ strings.Builder }

func (b *markdown) row(name, value string) {
	if value != "" {
		b.WriteString(fmt.Sprintf("- %s: %s\n", escaped(name), escaped(value)))
	}
}

func (b *markdown) connection(c Connection) {
	b.row("Customer", c.Customer)
	b.row("Connection", c.ID)
	b.row("Integration", c.Key)
	b.row("Provider", c.Provider)
	b.row("Created", c.Created)
	b.row("State", c.State)
	for _, key := range slices.Sorted(maps.Keys(c.Tags)) {
		b.row("Tag "+key, c.Tags[key])
	}
	b.WriteString("\n## Cause\n\n")
	if len(c.Causes) == 0 {
		b.WriteString("Not known.\n")
	}
	for _, one := range c.Causes {
		b.cause(one)
	}
	b.WriteString("\n## Last operations\n\n")
	for _, o := range c.Operations {
		b.WriteString(fmt.Sprintf("- %s %s %s\n", o.At, escaped(strings.TrimSpace(o.Kind+" "+o.Function)+": "+o.State), escaped(o.Log)))
	}
	b.WriteString("\n## Syncs\n\n")
	for _, s := range c.Syncs {
		b.row(s.Name, s.State)
	}
}

func (b *markdown) cause(c Cause) {
	b.row(c.What, c.Said)
	b.row("Means", c.Means)
	b.row("Has to act", c.Fault)
	b.row("Failed", c.Failed)
	b.row("First failure seen", c.First)
	if c.Failures > 0 {
		b.row("Failures seen", fmt.Sprint(c.Failures))
	}
	b.row("Log", c.Log)
}

// connections is a line for each.
func (b *markdown) connections(r Report) {
	b.WriteString("\n## Connections\n\n")
	for _, c := range r.Connections {
		what := c.State
		for _, one := range c.Causes {
			what += " · " + strings.Trim(one.Said+" · "+one.Failed+" · "+one.Log, " ·")
		}
		b.row(strings.Trim(c.Customer+" · "+c.Key+" · "+c.ID, " ·"), what)
	}
	if r.More > 0 {
		b.WriteString(fmt.Sprintf("- and %d more\n", r.More))
	}
}

// markup are the characters that format Markdown.
var markup = regexp.MustCompile("[\\\\`*_\\[\\]<>|#]")

func escaped(text string) string { return markup.ReplaceAllString(text, `\$0`) }
