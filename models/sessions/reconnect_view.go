package sessions

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// View shows what happens to the connection's data, and the consequences.
func (r *Reconnect) View(f ui.Frame) string {
	row := r.row()
	switch {
	case r.busy() != "":
		return screen.Loading(f, "Creating link")
	case r.isListed():
	case r.rows.HasFailed():
		return screen.Failure(f, screen.TextConnectionFailed, r.rows.Err)
	case !r.rows.IsLoaded():
		return screen.Loading(f, "Loading connection")
	default:
		return screen.Empty(f, "No connection "+r.ref.ID+" of "+r.ref.Integration+".", screen.TextMayBeDeleted)
	}
	v := reconnectView{f: f, r: r, row: row}
	r.fields.SetSections([]ui.Section{
		{Title: f.Text(v.who()).String(), Rows: []ui.Row{v.state()}},
		{Title: textHappensData, Rows: v.data()},
	})
	return drawBelow(f, consequencesAbove(f, r.where, reconnectConsequences(row, r.unkept)), r.fields.View)
}

// reconnectView writes the sections. The frame sanitizes and masks everything.
type reconnectView struct {
	f   ui.Frame
	r   *Reconnect
	row nango.Connection
}

// who names the customer and the connection: a customer may have several.
func (v reconnectView) who() string {
	if name := v.row.Customer().Name; name != v.row.ID {
		return name + " · " + v.r.ref.String()
	}
	return v.r.ref.String()
}

func (v reconnectView) say(role ui.Role, s string) ui.Line { return ui.Line{v.f.Styled(role, s)} }

func row(label string, lines ...ui.Line) ui.Row { return ui.Row{Label: label, Lines: lines} }

func (v reconnectView) state() ui.Row {
	role, text := ui.RoleGood, textNoErrorsApiDoesnt
	switch v.row.State() {
	case nango.AuthError:
		role, text = ui.RoleBad, "✗ auth error"
	case nango.SyncError:
		role, text = ui.RoleWarn, textSyncErrorApiDoesnt
	}
	if at, ok := v.row.FailedAt(); ok {
		text += ", failed " + ui.Ago(v.f.Now.Sub(at))
	}
	return row("State", v.say(role, text))
}

// data says for each part of the connection whether it is kept, restored or lost. What may be lost comes first: a
// small terminal shows no more.
func (v reconnectView) data() []ui.Row {
	webhook := cmp.Or(v.r.keeping.input.WebhookOverride, new(string))
	rows := []ui.Row{row("Webhook override", v.kept(*webhook)), row("Config", v.config()...)}
	if v.r.detail == nil {
		rows = v.unknown()
	}
	rows = append(rows, row("Metadata", v.metadata()), row("Tags", v.kept(tagText(v.r.keeping.input.Tags))))
	if v.row.EndUser != nil {
		rows = append(rows, row("Deprecated end user", v.say(ui.RoleWarn, "! "+v.row.EndUser.ID+textNotSentTagsShould)))
	}
	return rows
}

// kept is what the link includes, so that it is kept.
func (v reconnectView) kept(what string) ui.Line {
	if what == "" {
		return v.say(ui.RoleMuted, "none")
	}
	return v.say(ui.RoleText, "✓ kept: "+what)
}

func (v reconnectView) unknown() []ui.Row {
	lost := v.say(ui.RoleWarn, textLostIfSetUnknown)
	rows := []ui.Row{row("Webhook override", lost), row("Config", lost)}
	if v.r.readErr != nil {
		return append(rows, row("", v.say(ui.RoleBad, "✗ couldn't load: "+v.r.readErr.Error())))
	}
	return append(rows, row("", v.say(ui.RoleText, screen.Key(v.f, ReadConnection)+textReadsConnectionFirstKeep)))
}

func (v reconnectView) config() []ui.Line {
	k := v.r.keeping
	var lines []ui.Line
	if len(k.config) > 0 || len(k.lost) == 0 {
		lines = append(lines, v.kept(strings.Join(k.config, ", ")))
	}
	if len(k.lost) > 0 {
		lines = append(lines, v.say(ui.RoleWarn, textLost+strings.Join(k.lost, ", ")+textAnyoneLinkCouldRead))
	}
	if k.problem != nil {
		lines = append(lines, v.say(ui.RoleBad, "✗ "+k.problem.Error()))
	}
	return lines
}

func (v reconnectView) metadata() ui.Line {
	var object map[string]json.RawMessage
	_ = json.Unmarshal(v.row.Metadata, &object) // only an object has keys
	names := slices.Sorted(maps.Keys(object))
	if len(names) == 0 {
		return v.kept("")
	}
	return v.say(ui.RoleText, textRestoredIfEmptyAfterwards+ui.Pluralize(len(names), "key")+" ("+
		strings.Join(names[:min(len(names), maxKeyNames)], ", ")+")")
}

const maxKeyNames = 8

func reconnectConsequences(row nango.Connection, unkept error) []string {
	goes := []string{textCreatesLinkNewCredentials}
	if !isEmptyMetadata(row.Metadata) {
		goes = append(goes, textRestoresMetadataIfFound)
		if unkept != nil {
			goes = append(goes, fmt.Sprintf(textNotRestoredAfterCrash, unkept))
		}
	}
	return append(goes, textRevokesLinkWhenConnection)
}

func tagText(tags map[string]string) string { return strings.Join(tagPairs(tags), " ") }

// tagPairs returns tags as "key=value", sorted.
func tagPairs(tags map[string]string) []string {
	pairs := make([]string, 0, len(tags))
	for key, value := range tags {
		pairs = append(pairs, key+"="+value)
	}
	slices.Sort(pairs)
	return pairs
}
