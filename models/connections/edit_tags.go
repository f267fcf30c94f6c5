package connections

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

const fieldTags = "tags"

// editTags opens the form for the tags.
func (d *Detail) editTags(t *screen.Turn) {
	before := maps.Clone(d.now.Tags)
	e := &screen.Form{Name: "Edit tags", Operation: nango.OpConnectionUpdate, Paths: map[string]string{"tags": fieldTags}}
	e.Fields = form.New(form.Field{
		ID: fieldTags, Kind: form.Pairs, Title: "Tags of " + d.subject().about(), Rows: nango.MaxTags + 1,
		About: fmt.Sprintf("One key=value a line, at most %d. All tags are replaced by these: what is not here is removed.", nango.MaxTags),
		Value: tagLines(before), Check: func(text string) error { return nango.CheckTags(tagsTyped(form.Values{fieldTags: text})) },
	})
	e.Submit = func(t *screen.Turn, values form.Values) { d.proposeTags(t, e, before, tagsTyped(values)) }
	t.Show(e)
}

// tagsTyped are the tags of the form, with their keys as Nango will keep them.
func tagsTyped(values form.Values) map[string]string {
	tags := map[string]string{}
	for _, pair := range values.Pairs(fieldTags) {
		key := pair.Key
		if _, double := tags[nango.StoredTagKey(key)]; !double {
			key = nango.StoredTagKey(key) // else it is left as it is, and refused as the double that it is
		}
		tags[key] = pair.Value
	}
	return tags
}

// tagLines are tags as lines of key=value.
func tagLines(tags map[string]string) string {
	var lines []string
	for _, key := range sortedKeys(tags) {
		lines = append(lines, key+"="+tags[key])
	}
	return strings.Join(lines, "\n")
}

// unwritableTags is why the tags cannot be written as lines; empty where they can.
func (d *Detail) unwritableTags() string {
	if d.now == nil {
		return ""
	}
	for _, key := range sortedKeys(d.now.Tags) {
		if reason := d.hiding.unwritable(key, d.now.Tags[key]); reason != "" {
			return reason
		}
	}
	return ""
}

// unwritable is why a tag cannot be written as a line; empty where it can.
func (h hiding) unwritable(key, value string) string {
	switch {
	case strings.ContainsAny(key, "=\n") || strings.ContainsAny(value, "\r\n\t") || value != strings.TrimSpace(value):
		return fmt.Sprintf("the tag %s has a line break or spaces at its ends, which a line of this form cannot hold", key)
	case h.seen != nil && h.seen(value) != value:
		return fmt.Sprintf("the tag %s holds a secret, which is not drawn", key)
	}
	return ""
}

func (d *Detail) proposeTags(t *screen.Turn, e *screen.Form, before, after map[string]string) {
	if maps.Equal(before, after) {
		e.ShowUnchanged()
		return
	}
	screen.Propose(t, screen.Proposal[nango.Success]{
		Request: nango.UpdateConnection(d.ref, nango.ConnectionPatch{Tags: &after}),
		Title:   "Edit tags", About: d.subject().about(), ConfirmLabel: "Replace",
		Consequences: []string{tagChanges(before, after), d.asRead(t)},
		Before:       tagLines(before), After: tagLines(after),
		Then: func(t *screen.Turn, _ nango.Success, err error) { e.HandleResult(t, err) },
	})
}

// tagChanges counts what replacing the tags does.
func tagChanges(before, after map[string]string) string {
	added, changed, removed := 0, 0, 0
	for key, value := range after {
		switch old, there := before[key]; {
		case !there:
			added++
		case old != value:
			changed++
		}
	}
	for key := range before {
		if _, there := after[key]; !there {
			removed++
		}
	}
	return fmt.Sprintf("All tags are replaced: %d added, %d changed, %d removed.", added, changed, removed)
}

// asRead says how old the knowledge is that a change is made from.
func (d *Detail) asRead(t *screen.Turn) string { return asReadAt(t.Now, d.load.At) }

func asReadAt(now, at time.Time) string {
	age := ui.Age(now.Sub(at)).String()
	if age == "now" {
		return "What is there was read just now."
	}
	return "What is there was read " + age + " ago: what others have changed since is overwritten."
}
