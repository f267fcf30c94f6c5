package connections

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// IDs of rows on the page. Those of tags, config and credentials are followed by a name.
const (
	rowCustomer    = "customer"
	rowID          = "id"
	rowIntegration = "integration"
	rowMetadata    = "metadata"
	rowWebhook     = "webhook"
	rowLog         = "log "
	rowTag         = "tag "
	rowConfig      = "config "
	rowCredential  = "credential "
)

const (
	// maxSummary is how many lines of metadata the page shows. A screen of its own shows all.
	maxSummary = 6
	// maxSummarised is the maximum size of metadata shown on the page, in bytes.
	maxSummarised = 64 << 10
	// maxLeaves bounds the rows of config and of credentials.
	maxLeaves = 100
)

// sections are the page: first what is wrong and what to do about it, then everything else.
func (d *Detail) sections(f ui.Frame) []ui.Section {
	p := pageWriter{f}
	all := d.causeSection(p)
	return append(all, d.who(p), d.tags(p), d.syncs(p), d.logs(p), d.metadata(p), d.configSection(p), d.credentials(p))
}

// pageWriter makes rows from untrusted text.
type pageWriter struct{ f ui.Frame }

func (p pageWriter) line(role ui.Role, text string) ui.Line {
	return ui.Line{p.f.Styled(role, text)}
}

// row is a row. The cursor stops at it if it has an id.
func (p pageWriter) row(id, label string, lines ...ui.Line) ui.Row {
	return ui.Row{ID: id, Label: p.f.Text(label).String(), Lines: lines}
}

func (p pageWriter) remark(text string) ui.Row { return p.row("", "", p.line(ui.RoleMuted, text)) }

func (d *Detail) causeSection(p pageWriter) []ui.Section {
	cause := ui.Section{Title: "CAUSE"}
	if state := d.now.State(); state != nango.Healthy {
		cause.Note = ui.Line{stateSign(state)}
	}
	if d.load.HasFailed() {
		cause.Rows = append(cause.Rows, p.row("", "not reloaded", p.line(ui.RoleBad, d.load.Err.Error()),
			p.line(ui.RoleMuted, "This page shows older data.")))
	}
	if reason := d.target().unusable(); reason != "" {
		cause.Rows = append(cause.Rows, p.row("", "unusable id", p.line(ui.RoleWarn, reason)))
	}
	if d.whole.err != nil {
		cause.Rows = append(cause.Rows, d.fetchError(p))
	}
	for _, failure := range d.now.Errors {
		cause.Rows = append(cause.Rows, p.failure(failure))
	}
	if len(cause.Rows) == 0 {
		return nil
	}
	next := d.nextSteps(p)
	if len(next.Rows) == 0 {
		return []ui.Section{cause}
	}
	return []ui.Section{cause, next}
}

func (d *Detail) fetchError(p pageWriter) ui.Row {
	row := p.row("", "fetch failed", p.line(ui.RoleBad, d.whole.err.Error()))
	if known, ok := nango.AsError(d.whole.err); ok {
		row.Lines = append(row.Lines, p.line(ui.RoleText, known.Advice()))
	}
	return row
}

func (p pageWriter) failure(failure nango.ConnectionError) ui.Row {
	when := "time unknown"
	if at, known := failure.At(); known {
		when = "failed " + ui.AgoWithTime(p.f.Now, at)
	}
	return p.row("", failure.Type+" error", p.line(ui.RoleBad, "✗ "+when), p.line(ui.RoleMuted, "log "+failure.LogID))
}

func (d *Detail) nextSteps(p pageWriter) ui.Section {
	next := ui.Section{Title: "NEXT"}
	add := func(id screen.ActionID, text string) {
		if key := screen.Key(p.f, id); key != "" {
			next.Rows = append(next.Rows, p.row("", key, p.line(ui.RoleText, text)))
		}
	}
	switch {
	case d.target().unusable() != "":
	case d.now.State() == nango.AuthError:
		add(Reconnect, "reconnect link: the customer gives new credentials, the connection keeps its id")
		add(ForceRefresh, "refresh the token: the provider may have failed only once")
		add(AllOfIntegration, "check the integration's other connections: are they broken, too?")
	case d.now.State() == nango.SyncError:
		add(Syncs, "check its syncs: which one fails, since when, and does it work if you run it again?")
		add(AllOfIntegration, "check the integration's other connections: does the sync fail there, too?")
	}
	return next
}

func (d *Detail) who(p pageWriter) ui.Section {
	who := d.now.Customer()
	name := who.Name
	if who.Detail != "" {
		name += " · " + who.Detail
	}
	section := ui.Section{Title: "WHO", Rows: []ui.Row{
		p.row(rowCustomer, "customer", p.line(ui.RoleStrong, name)),
		p.row(rowID, "connection id", p.line(ui.RoleText, d.now.ID)),
		p.row(rowIntegration, "integration", p.line(ui.RoleText, d.now.Integration)),
		p.row("", "provider", p.line(ui.RoleText, d.now.Provider)),
		p.row("", "created", p.line(ui.RoleText, ui.AgoWithTime(p.f.Now, d.now.Created))),
	}}
	if d.now.State() == nango.Healthy {
		section.Note = ui.Line{stateSign(nango.Healthy), ui.Styled(ui.RoleMuted, "  ")}
	}
	section.Note = append(section.Note, relatedKeys(p.f)...)
	s := d.target()
	d.OnRow(rowCustomer, screen.RowActions{
		Copy: copyOption("Customer", who.Name, "customer", who.Name), Open: s.allOfCustomer, Disabled: s.noOwner(),
	})
	d.OnRow(rowIntegration, screen.RowActions{Open: s.openIntegration})
	for _, pair := range endUserPairs(d.now.EndUser) {
		section.Rows = append(section.Rows, p.row("", "end user "+strings.TrimPrefix(pair.key, endUserMark), p.line(ui.RoleText, pair.value)))
	}
	return section
}

// relatedKeys lists the keys of related screens, for which the footer has no room.
func relatedKeys(f ui.Frame) ui.Line {
	all := []string{screen.Hint(f, Records, "records"), screen.Hint(f, OpenActions, "actions"), screen.Hint(f, Proxy, "proxy")}
	return ui.Muted(strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), " · "))
}

func (d *Detail) tags(p pageWriter) ui.Section {
	section := ui.Section{Title: "TAGS"}
	for _, key := range slices.Sorted(maps.Keys(d.now.Tags)) {
		value := d.now.Tags[key]
		section.Rows = append(section.Rows, p.row(rowTag+key, key, p.line(ui.RoleText, value)))
		d.OnRow(rowTag+key, screen.RowActions{Copy: copyOption("Tag "+key, value, "tag "+key, value)})
	}
	if len(section.Rows) == 0 {
		section.Rows = append(section.Rows, p.remark("None."))
	}
	return section
}

// logs shows the operations known to have failed.
func (d *Detail) logs(p pageWriter) ui.Section {
	section := ui.Section{Title: "LOGS"}
	for _, failure := range d.now.Errors {
		if failure.LogID != "" {
			id := failure.LogID
			section.Rows = append(section.Rows, p.row(rowLog+id, failure.Type+" error", p.line(ui.RoleText, id)))
			d.OnRow(rowLog+id, screen.RowActions{Copy: copyOption("Log ID", id, "log ID", id)})
		}
	}
	if len(section.Rows) == 0 {
		section.Rows = append(section.Rows, p.remark("No known failed operations."))
	}
	return section
}

// metadata shows its beginning. A screen of its own shows all.
func (d *Detail) metadata(p pageWriter) ui.Section {
	section := ui.Section{Title: "METADATA"}
	raw := d.now.Metadata
	d.OnRow(rowMetadata, screen.RowActions{
		Copy: screen.Option{Title: "Metadata", Detail: "secrets masked", Do: func(t *screen.Turn) {
			t.CopyLine("metadata", screen.Indent(nango.MaskJSONBy(raw, t.Mask)))
		}},
		Open: func(t *screen.Turn) { t.Show(screen.NewJSONPage("Metadata of "+d.target().about(), raw)) },
	})
	switch {
	case isNothing(raw):
		section.Rows = []ui.Row{p.remark("None.")}
		return section
	case len(raw) > maxSummarised:
		section.Rows = []ui.Row{p.row(rowMetadata, "", p.line(ui.RoleText, ui.Bytes(int64(len(raw))).String()+" of JSON"+d.opens(p)))}
		return section
	}
	lines := strings.Split(screen.Indent(nango.MaskJSONBy(raw, p.f.Mask)), "\n")
	row := p.row(rowMetadata, "")
	for _, line := range lines[:min(len(lines), maxSummary)] {
		row.Lines = append(row.Lines, p.line(ui.RoleText, line))
	}
	if more := len(lines) - maxSummary; more > 0 {
		row.Lines = append(row.Lines, p.line(ui.RoleMuted, "… "+ui.Count(more).String()+" more lines"+d.opens(p)))
	}
	section.Rows = []ui.Row{row}
	return section
}

func (d *Detail) opens(p pageWriter) string {
	if key := screen.Key(p.f, OpenRow); key != "" {
		return " · " + key + " opens all"
	}
	return ""
}

// isNothing reports whether JSON is empty: null, {} or no text.
func isNothing(raw []byte) bool {
	switch strings.Join(strings.Fields(string(raw[:min(len(raw), 16)])), "") {
	case "", "null", "{}":
		return true
	}
	return false
}

// notFetchedRow is the row that says how to fetch what isn't loaded.
func (d *Detail) notFetchedRow(p pageWriter) ui.Row {
	if d.whole.waiting {
		return p.remark("Fetching…")
	}
	return p.remark(textNotFetchedBecauseReading + screen.HintOrPalette(p.f, Fetch, "fetches it") + ".")
}

func (d *Detail) configSection(p pageWriter) ui.Section {
	section := ui.Section{Title: "CONFIG"}
	detail := d.whole.detail
	if detail == nil {
		section.Rows = []ui.Row{d.notFetchedRow(p)}
		return section
	}
	section.Note = p.line(ui.RoleMuted, "fetched "+ui.Ago(p.f.Now.Sub(d.whole.at)))
	override := "none"
	if address := detail.WebhookOverride; address != nil {
		override = cmp.Or(*address, override)
		d.OnRow(rowWebhook, screen.RowActions{Copy: copyOption("Webhook override", *address, "webhook override", *address)})
	}
	section.Rows = []ui.Row{
		p.row("", "updated", p.line(ui.RoleText, ui.AgoWithTime(p.f.Now, detail.Updated))),
		p.row(rowWebhook, "webhook override", p.line(ui.RoleText, override)),
	}
	section.Rows = append(section.Rows, d.leaves(p, rowConfig, d.whole.config)...)
	return section
}

func (d *Detail) credentials(p pageWriter) ui.Section {
	section := ui.Section{Title: "CREDENTIALS"}
	detail := d.whole.detail
	switch {
	case detail == nil:
		section.Rows = []ui.Row{d.notFetchedRow(p)}
	case isNothing(detail.Credentials) && d.whole.err != nil:
		section.Rows = []ui.Row{p.remark("The refresh failed, so Nango returned everything except the credentials.")}
	case isNothing(detail.Credentials):
		section.Rows = []ui.Row{p.remark(textEmptyProviderNoAuthentication)}
	default:
		section.Note = p.line(ui.RoleMuted, "fetched "+ui.Ago(p.f.Now.Sub(d.whole.at))+"; "+screen.HintOrPalette(p.f, Reveal, "reveals one"))
		if detail.LastFetched != nil {
			section.Rows = append(section.Rows, p.row("", "last fetched", p.line(ui.RoleText, ui.AgoWithTime(p.f.Now, *detail.LastFetched))))
		}
		section.Rows = append(section.Rows, d.leaves(p, rowCredential, d.whole.credentials)...)
	}
	return section
}

// leaves are rows of scalar values. Secrets are passed on unmasked, because the page hides them until they are
// revealed, and masking here would make that impossible.
func (d *Detail) leaves(p pageWriter, id string, all []leaf) []ui.Row {
	var rows []ui.Row
	for i, v := range all {
		if i == maxLeaves {
			return append(rows, p.remark(ui.Count(len(all)-maxLeaves).String()+textMoreNotShownCopy))
		}
		row := p.row(id+v.name, v.name)
		copied := copyOption(v.name, "", v.name, v.text)
		if v.isSecret() {
			row.Secret = true
			copied.Detail, copied.Do = "a secret, not shown", func(t *screen.Turn) { t.CopySecret(v.name, nango.Secret(v.text)) }
			for _, line := range ui.CleanLines(v.text) {
				row.Lines = append(row.Lines, ui.Line{{Text: line}})
			}
		} else {
			row.Lines = []ui.Line{p.line(ui.RoleText, v.text)}
		}
		rows = append(rows, row)
		d.OnRow(row.ID, screen.RowActions{Copy: copied})
	}
	return rows
}
