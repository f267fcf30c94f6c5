package connections

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

const fieldTags = "tags"

func (d *Detail) editTags(t *screen.Turn) {
	before := maps.Clone(d.now.Tags)
	for _, key := range slices.Sorted(maps.Keys(before)) {
		if hasSecret(t, before[key]) {
			t.Toast(fmt.Sprintf(noticeTagHasSecret, key))
			return
		}
	}
	e := &screen.Form{Name: actionEditTags, Operation: nango.OpConnectionUpdate, Paths: map[string]string{"tags": fieldTags}}
	e.Fields = form.New(form.Field{
		ID: fieldTags, Kind: form.Pairs, Title: fmt.Sprintf(titleTagsOf, d.target().about()), Rows: nango.MaxTags + 1,
		About: fmt.Sprintf(aboutTags, nango.MaxTags),
		Value: tagLines(before), Check: checkTagLines,
	})
	e.Submit = func(t *screen.Turn, values form.Values) { d.proposeTags(t, e, before, parseTagLines(values)) }
	t.Show(e)
}

func checkTagLines(text string) error {
	return nango.CheckTags(parseTagLines(form.Values{fieldTags: text}))
}

// parseTagLines are the tags in the form, with keys as Nango stores them.
func parseTagLines(values form.Values) map[string]string {
	tags := map[string]string{}
	for _, pair := range values.Pairs(fieldTags) {
		key := pair.Key
		if _, double := tags[nango.StoredTagKey(key)]; !double {
			key = nango.StoredTagKey(key) // else it stays unchanged and is refused as a duplicate
		}
		tags[key] = pair.Value
	}
	return tags
}

func tagLines(tags map[string]string) string {
	var lines []string
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		lines = append(lines, key+"="+tags[key])
	}
	return strings.Join(lines, "\n")
}

// unwritableTags is why the tags can't be edited as lines; empty if they can.
func (d *Detail) unwritableTags() string {
	if d.now == nil {
		return ""
	}
	for _, key := range slices.Sorted(maps.Keys(d.now.Tags)) {
		if reason := unwritable(key, d.now.Tags[key]); reason != "" {
			return reason
		}
	}
	return ""
}

func unwritable(key, value string) string {
	if strings.ContainsAny(key, "=\n") || strings.ContainsAny(value, "\r\n\t") || value != strings.TrimSpace(value) {
		return fmt.Sprintf(whyTagHasLineBreak, key)
	}
	return ""
}

// hasSecret says whether a text holds a known secret. It would be drawn masked, and sent so.
func hasSecret(t *screen.Turn, text string) bool { return t.Mask != nil && t.Mask(text) != text }

func (d *Detail) proposeTags(t *screen.Turn, e *screen.Form, before, after map[string]string) {
	if maps.Equal(before, after) {
		e.ShowUnchanged()
		return
	}
	screen.Propose(t, screen.Proposal[nango.Success]{
		Request: nango.UpdateConnection(d.ref, nango.ConnectionPatch{Tags: &after}).Keeping(nango.Undo{
			Before: nango.TagContent(before), After: nango.TagContent(after),
		}),
		Title: actionEditTags, About: d.target().about(), ConfirmLabel: screen.TextReplace,
		Consequences: []string{tagChanges(before, after), d.dataAge(t)},
		Before:       tagLines(before), After: tagLines(after),
		Then: func(t *screen.Turn, _ nango.Success, err error) { e.HandleResult(t, err) },
	})
}

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
	return fmt.Sprintf(replaceTags, added, changed, removed)
}

// dataAge says how old the data is that the change is based on.
func (d *Detail) dataAge(t *screen.Turn) string { return dataAgeAt(t.Now, d.load.At) }

func dataAgeAt(now, at time.Time) string {
	age := ui.Duration(now.Sub(at))
	if age == "now" {
		return textLoadedNow
	}
	return fmt.Sprintf(textLoadedAgo, age)
}

const fieldWebhook = "webhook"

func (d *Detail) editWebhook(t *screen.Turn) {
	before, known := d.override()
	about := aboutWebhook
	if !known {
		about += aboutWebhookUnknown
	}
	e := &screen.Form{Name: actionEditWebhook, Operation: nango.OpConnectionUpdate,
		Paths: map[string]string{"webhook_url_override": fieldWebhook}}
	e.Fields = form.New(form.Field{
		ID: fieldWebhook, Title: fmt.Sprintf(titleWebhookOf, d.target().about()), About: about,
		Value: before, Check: nango.CheckWebhookOverride,
	})
	e.Submit = func(t *screen.Turn, values form.Values) { d.proposeWebhook(t, e, values[fieldWebhook]) }
	t.Show(e)
}

// override is the current override, and whether it is known.
func (d *Detail) override() (address string, known bool) {
	if d.whole.detail == nil {
		return "", false
	}
	if present := d.whole.detail.WebhookOverride; present != nil {
		address = *present
	}
	return address, true
}

func (d *Detail) proposeWebhook(t *screen.Turn, e *screen.Form, address string) {
	before, known := d.override()
	if known && before == address {
		e.ShowUnchanged()
		return
	}
	p := screen.Proposal[nango.Success]{
		Request: nango.UpdateConnection(d.ref, nango.ConnectionPatch{WebhookOverride: &address}),
		Title:   setWebhookTitle, About: d.target().about(),
		Then: func(t *screen.Turn, _ nango.Success, err error) {
			if err == nil {
				d.overrideSaved(t, address)
			}
			e.HandleResult(t, err)
		},
	}
	if address == "" {
		p.Title = removeWebhookTitle
		p.Consequences = append(p.Consequences, removeWebhook)
	}
	if known {
		p.Before, p.After = before, address
		p.Request = p.Request.Keeping(nango.Undo{Before: nango.WebhookContent(before), After: nango.WebhookContent(address)})
	} else {
		p.Consequences = append(p.Consequences, textWebhookUnknown)
	}
	screen.Propose(t, p)
}

// overrideSaved updates the override shown, which the list doesn't include.
func (d *Detail) overrideSaved(t *screen.Turn, address string) {
	if d.whole.detail != nil {
		d.whole.detail.WebhookOverride = &address
	}
	d.Rebuild(t)
}
