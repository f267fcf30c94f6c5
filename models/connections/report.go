package connections

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

// report is what is known of a connection, to hand on: facts, causes, the last operations, its syncs, and the requests that show it
// again. It has no secrets.
type report struct {
	Made       string            `json:"made"`
	Host       string            `json:"host"`
	Customer   string            `json:"customer,omitempty"`
	Connection string            `json:"connection"`
	Key        string            `json:"integration"`
	Provider   string            `json:"provider"`
	Created    string            `json:"created,omitempty"`
	State      string            `json:"state"`
	Tags       map[string]string `json:"tags,omitempty"`
	Causes     []reportedCause   `json:"causes"`
	Operations []reportedLog     `json:"operations"`
	Syncs      []reportedSync    `json:"syncs"`
	Requests   []string          `json:"requests"`
}

type reportedCause struct {
	What     string `json:"what"`
	Said     string `json:"said"`
	Means    string `json:"means,omitempty"`
	Fault    string `json:"fault,omitempty"`
	Failed   string `json:"failed,omitempty"`
	First    string `json:"first,omitempty"`
	Failures int    `json:"failures,omitempty"`
	Log      string `json:"log,omitempty"`
}

type reportedLog struct {
	At       string `json:"at"`
	State    string `json:"state"`
	Kind     string `json:"kind"`
	Function string `json:"function,omitempty"`
	Log      string `json:"log"`
}

type reportedSync struct {
	Name  string `json:"name"`
	State string `json:"state"`
}

// exportReport offers the forms of the report.
func (d *Detail) exportReport(t *screen.Turn) {
	name := screen.SafeFileName("incident-" + strings.ReplaceAll(d.ref.Integration+"-"+d.ref.ID, "/", "-"))
	t.Pick(actionReport,
		screen.Option{Title: reportCopy, Key: "1", Do: func(t *screen.Turn) { t.Copy(reportName, d.report(t, true).markdown()) }},
		screen.Option{Title: reportCopyPlain, Detail: reportPlainDetail, Key: "2",
			Do: func(t *screen.Turn) { t.Copy(reportName, d.report(t, false).markdown()) }},
		screen.Option{Title: reportSave, Key: "3", Do: func(t *screen.Turn) {
			t.Show(screen.NewMaskedSave(reportName, reportNote, name+".md", []byte(d.report(t, true).markdown())))
		}},
		screen.Option{Title: reportJSON, Key: "4", Do: func(t *screen.Turn) {
			raw, err := json.MarshalIndent(d.report(t, true), "", "  ")
			if err != nil {
				t.Notice(actionReport, err.Error())
				return
			}
			t.Show(screen.NewMaskedSave(reportName, reportNote, name+".json", raw))
		}})
}

// report collects what the page knows, with the customer's name and tags or without.
func (d *Detail) report(t *screen.Turn, names bool) report {
	mask := t.Mask
	if mask == nil {
		mask = func(text string) string { return text }
	}
	if !names {
		mask = withoutNames(d.now, mask)
	}
	line := func(text string) string { return ui.Clean(mask(text)).String() }
	r := report{Made: stamp(t.Now), Host: t.Profile.Host, Connection: line(d.ref.ID), Key: line(d.ref.Integration),
		Provider: line(d.now.Provider), Created: stamp(d.now.Created), State: d.now.State().String()}
	if names {
		if who := d.now.Customer(); who.Name != d.ref.ID {
			r.Customer = line(who.Name)
		}
		r.Tags = map[string]string{}
		for key, value := range d.now.Tags {
			if nango.SoundsSecret(key) {
				value = nango.Masked
			}
			r.Tags[line(key)] = line(value)
		}
	}
	for _, f := range d.triage.answer.Findings {
		r.Causes = append(r.Causes, reported(f, line))
	}
	for _, o := range d.triage.answer.Recent {
		r.Operations = append(r.Operations, reportedLog{At: stamp(o.Created), State: line(o.State), Kind: line(o.Type + " " + o.Action),
			Function: line(o.Function), Log: line(o.ID)})
	}
	for _, one := range d.syncing.Value {
		r.Syncs = append(r.Syncs, reportedSync{line(one.Name.String()), line(string(one.State))})
	}
	reads := []nango.Call{readRow(d.ref).Call(), nango.ListSyncs(nango.SyncSelection{Connection: d.ref, All: true}).Call()}
	for _, call := range reads {
		r.Requests = append(r.Requests, mask(nango.Curl(call, t.Profile.Host).Line))
	}
	return r
}

// leastName is the least length of a name that is left out of texts, in bytes: shorter ones stand in many words.
const leastName = 4

// withoutNames leaves out the values of tags and of the deprecated end user, among them the customer's name, wherever they are.
func withoutNames(c *nango.Connection, mask func(string) string) func(string) string {
	names := slices.Collect(maps.Values(c.Tags))
	for _, p := range endUserPairs(c.EndUser) {
		names = append(names, p.value)
	}
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) }) // a name may begin with another one
	var pairs []string
	for _, name := range names {
		if name = strings.TrimSpace(name); len(name) >= leastName && name != c.ID {
			pairs = append(pairs, name, reportLeftOut)
		}
	}
	replacer := strings.NewReplacer(pairs...)
	return func(text string) string { return replacer.Replace(mask(text)) }
}

func reported(f cause.Finding, line func(string) string) reportedCause {
	return reportedCause{What: line(f.What()), Said: line(f.Headline()), Means: f.Means(), Fault: string(f.Fault()), Failed: stamp(f.At),
		First: stamp(f.First), Failures: f.Total, Log: line(f.Operation)}
}

func stamp(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

// markdown is the report as Markdown. Texts of others can't format it.
func (r report) markdown() string {
	var b strings.Builder
	row := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "- %s: %s\n", escaped(name), escaped(value))
		}
	}
	fmt.Fprintf(&b, "# Incident: %s\n\n", escaped(strings.Trim(r.Customer+" · "+r.Key+" · "+r.Connection, " ·")))
	row("Made", r.Made)
	row("Host", r.Host)
	row("Customer", r.Customer)
	row("Connection", r.Connection)
	row("Integration", r.Key)
	row("Provider", r.Provider)
	row("Created", r.Created)
	row("State", r.State)
	for _, key := range slices.Sorted(maps.Keys(r.Tags)) {
		row("Tag "+key, r.Tags[key])
	}
	b.WriteString("\n## Cause\n\n")
	if len(r.Causes) == 0 {
		b.WriteString("Not known.\n")
	}
	for _, c := range r.Causes {
		row(c.What, c.Said)
		row("Means", c.Means)
		row("Has to act", c.Fault)
		row("Failed", c.Failed)
		row("First failure seen", c.First)
		if c.Failures > 0 {
			row("Failures seen", fmt.Sprint(c.Failures))
		}
		row("Log", c.Log)
	}
	b.WriteString("\n## Last operations\n\n")
	for _, o := range r.Operations {
		fmt.Fprintf(&b, "- %s %s %s\n", o.At, escaped(strings.TrimSpace(o.Kind+" "+o.Function)+": "+o.State), escaped(o.Log))
	}
	b.WriteString("\n## Syncs\n\n")
	for _, s := range r.Syncs {
		row(s.Name, s.State)
	}
	b.WriteString("\n## Requests\n\n")
	for _, line := range r.Requests {
		fmt.Fprintf(&b, "    %s\n", line)
	}
	return b.String()
}

// markup are the characters that format Markdown.
var markup = regexp.MustCompile("[\\\\`*_\\[\\]<>|#]")

func escaped(text string) string { return markup.ReplaceAllString(text, `\$0`) }
