package connections

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

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
	rowCause       = "cause "
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

// sections are the page: first what is wrong and what to do about it, then its syncs and its latest operations, then who it is and
// its data. If nothing is wrong, who it is comes first. On a wide screen that is on the right.
func (d *Detail) sections(f ui.Frame) []ui.Section {
	p := pageWriter{f}
	cause, who := d.causeSection(p), ui.At(ui.Side, d.who(p), ui.Section{Title: titleOpen, Note: relatedKeys(p.f)}, d.tags(p))
	does := []ui.Section{d.syncs(p), d.operations(p)}
	if len(cause) > 0 {
		who, does = does, who
	}
	return slices.Concat(cause, who, does, ui.At(ui.Side, d.metadata(p), d.configSection(p), d.credentials(p)),
		ui.At(ui.Side, d.scopesSection(p)...))
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
	cause := ui.Section{Title: titleCause}
	if state := d.now.State(); state != nango.Healthy {
		cause.Note = ui.Line{stateSign(state)}
	}
	if d.load.HasFailed() {
		cause.Rows = append(cause.Rows, p.row("", labelNotReloaded, p.line(ui.RoleBad, d.load.Err.Error()),
			p.line(ui.RoleMuted, textOlderData)))
	}
	if reason := d.target().unusable(); reason != "" {
		cause.Rows = append(cause.Rows, p.row("", labelUnusableID, p.line(ui.RoleWarn, reason)))
	}
	if d.whole.err != nil {
		row := d.fetchError(p)
		row.Lines = append(row.Lines, p.line(ui.RoleMuted, d.triedAgain(p.f)))
		if c := d.triage.refresh; c != nil {
			row.Lines = append(row.Lines, p.meaning(*c)...)
		}
		cause.Rows = append(cause.Rows, row)
	}
	cause.Rows = append(cause.Rows, d.causeRows(p)...)
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
	known, ok := nango.AsError(d.whole.err)
	switch {
	case !ok:
		return p.row("", labelFetchFailed, p.line(ui.RoleBad, d.whole.err.Error()))
	case known.Said == "":
		return p.row("", labelFetchFailed, p.line(ui.RoleBad, known.Error()), p.line(ui.RoleText, known.Advice()))
	}
	// What the provider said is the cause. Nango's sentence only says where it happened.
	return p.row("", labelFetchFailed, p.line(ui.RoleBad, known.Said), p.line(ui.RoleMuted, known.WithoutSaid()),
		p.line(ui.RoleText, known.Advice()))
}

// triedAgain says when the fetch failed, and whether the connection was broken before.
func (d *Detail) triedAgain(f ui.Frame) string {
	text := textTried
	if d.now.State() == nango.AuthError {
		text = textTriedAgain
	}
	return fmt.Sprintf(text, ui.Ago(f.Now.Sub(d.whole.triedAt)))
}

// failure shows an error of the connection. Of the authentication it shows the first failure that was seen, the last one, and how
// many were seen: Nango only has the last one.
func (p pageWriter) failure(failure nango.ConnectionError, first time.Time, seen int) []ui.Line {
	lines := []ui.Line{p.line(ui.RoleBad, textTimeUnknown)}
	if at, known := failure.At(); known {
		lines = []ui.Line{p.line(ui.RoleBad, fmt.Sprintf(textFailedAt, ui.AgoWithTime(p.f.Now, at)))}
		if failure.Type == "auth" && seen > 1 && first.Before(at) {
			lines = []ui.Line{p.line(ui.RoleBad, fmt.Sprintf(textFailedAt, ui.AgoWithTime(p.f.Now, first))),
				p.line(ui.RoleBad, fmt.Sprintf(textFailedLast, ui.AgoWithTime(p.f.Now, at), ui.Count(seen)))}
		}
	}
	return lines
}

func (d *Detail) who(p pageWriter) ui.Section {
	who := d.now.Customer()
	name := who.Name
	if who.Detail != "" {
		name += " · " + who.Detail
	}
	section := ui.Section{Title: titleWho, Rows: []ui.Row{
		p.row(rowCustomer, labelCustomer, p.line(ui.RoleStrong, name)),
		p.row(rowID, labelID, p.line(ui.RoleText, d.now.ID)),
		p.row(rowIntegration, labelIntegration, p.line(ui.RoleText, d.now.Integration)),
		p.row("", labelCreated, p.line(ui.RoleText, ui.AgoWithTime(p.f.Now, d.now.Created))),
	}}
	if d.now.Provider != d.now.Integration {
		section.Rows = append(section.Rows, p.row("", labelProvider, p.line(ui.RoleText, d.now.Provider)))
	}
	if d.now.State() == nango.Healthy {
		section.Note = ui.Line{stateSign(nango.Healthy)}
	}
	s := d.target()
	d.OnRow(rowCustomer, screen.RowActions{
		Copy: copyOption(optionCustomer, who.Name, copiedCustomer, who.Name), Open: s.allOfCustomer, Disabled: s.noOwner(),
	})
	d.OnRow(rowIntegration, screen.RowActions{Open: s.openIntegration})
	for _, pair := range endUserPairs(d.now.EndUser) {
		label := fmt.Sprintf(textEndUser, strings.TrimPrefix(pair.key, endUserMark))
		section.Rows = append(section.Rows, p.row("", label, p.line(ui.RoleText, pair.value)))
	}
	return section
}

// relatedKeys lists the keys of related screens, for which the footer has no room.
func relatedKeys(f ui.Frame) ui.Line {
	all := []string{screen.Hint(f, Records, hintRecords), screen.Hint(f, OpenActions, hintActions), screen.Hint(f, Proxy, hintProxy)}
	return ui.Muted(strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), " · "))
}

func (d *Detail) tags(p pageWriter) ui.Section {
	section := ui.Section{Title: titleTags}
	for _, key := range slices.Sorted(maps.Keys(d.now.Tags)) {
		value := d.now.Tags[key]
		section.Rows = append(section.Rows, p.row(rowTag+key, key, p.line(ui.RoleText, value)))
		d.OnRow(rowTag+key, screen.RowActions{Copy: copyOption(fmt.Sprintf(optionTag, key), value, fmt.Sprintf(copiedTag, key), value)})
	}
	if len(section.Rows) == 0 {
		section.Rows = append(section.Rows, p.remark(textNone))
	}
	return section
}

// metadata shows its beginning. A screen of its own shows all.
func (d *Detail) metadata(p pageWriter) ui.Section {
	section := ui.Section{Title: titleMetadata}
	raw := d.now.Metadata
	d.OnRow(rowMetadata, screen.RowActions{
		Copy: screen.Option{Title: optionMetadata, Detail: screen.TextSecretsMasked, Do: func(t *screen.Turn) {
			t.CopyLine(copiedMetadata, screen.Indent(nango.MaskJSONBy(raw, t.Mask)))
		}},
		Open: func(t *screen.Turn) {
			t.Show(screen.NewJSONPage(fmt.Sprintf(titleMetadataOf, d.target().about()), raw))
		},
	})
	switch {
	case isNothing(raw):
		section.Rows = []ui.Row{p.remark(textNone)}
		return section
	case len(raw) > maxSummarised:
		section.Rows = []ui.Row{p.row(rowMetadata, "", p.line(ui.RoleText, fmt.Sprintf(textJSONSize, ui.Bytes(int64(len(raw))))+d.opens(p)))}
		return section
	}
	lines := strings.Split(screen.Indent(nango.MaskJSONBy(raw, p.f.Mask)), "\n")
	row := p.row(rowMetadata, "")
	for _, line := range lines[:min(len(lines), maxSummary)] {
		row.Lines = append(row.Lines, p.line(ui.RoleText, line))
	}
	if more := len(lines) - maxSummary; more > 0 {
		row.Lines = append(row.Lines, p.line(ui.RoleMuted, fmt.Sprintf(textMoreLines, ui.Count(more))+d.opens(p)))
	}
	section.Rows = []ui.Row{row}
	return section
}

func (d *Detail) opens(p pageWriter) string {
	if key := screen.Key(p.f, OpenRow); key != "" {
		return fmt.Sprintf(textOpensAll, key)
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
		return p.remark(textFetching)
	}
	return p.remark(fmt.Sprintf(textNotFetched, screen.HintOrPalette(p.f, Fetch, hintFetch)))
}

func (d *Detail) configSection(p pageWriter) ui.Section {
	section := ui.Section{Title: titleConfig}
	detail := d.whole.detail
	if detail == nil {
		section.Rows = []ui.Row{d.notFetchedRow(p)}
		return section
	}
	section.Note = p.line(ui.RoleMuted, fmt.Sprintf(textFetched, ui.Ago(p.f.Now.Sub(d.whole.at))))
	override := textNoWebhook
	if address := detail.WebhookOverride; address != nil {
		override = cmp.Or(*address, override)
		d.OnRow(rowWebhook, screen.RowActions{Copy: copyOption(optionWebhook, *address, copiedWebhook, *address)})
	}
	section.Rows = []ui.Row{
		p.row("", labelUpdated, p.line(ui.RoleText, ui.AgoWithTime(p.f.Now, detail.Updated))),
		p.row(rowWebhook, labelWebhook, p.line(ui.RoleText, override)),
	}
	section.Rows = append(section.Rows, d.leaves(p, rowConfig, d.whole.config)...)
	return section
}

func (d *Detail) credentials(p pageWriter) ui.Section {
	section := ui.Section{Title: titleCredentials}
	detail := d.whole.detail
	switch {
	case detail == nil:
		section.Rows = []ui.Row{d.notFetchedRow(p)}
	case isNothing(detail.Credentials) && d.whole.err != nil:
		section.Rows = []ui.Row{p.remark(textRefreshFailed)}
	case isNothing(detail.Credentials):
		section.Rows = []ui.Row{p.remark(textNoCredentials)}
	default:
		section.Note = p.line(ui.RoleMuted, fmt.Sprintf(textFetched, ui.Ago(p.f.Now.Sub(d.whole.at)))+"; "+
			screen.HintOrPalette(p.f, Reveal, hintReveal))
		if detail.LastFetched != nil {
			section.Rows = append(section.Rows, p.row("", labelLastFetched, p.line(ui.RoleText, ui.AgoWithTime(p.f.Now, *detail.LastFetched))))
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
			return append(rows, p.remark(fmt.Sprintf(textMoreLeaves, ui.Count(len(all)-maxLeaves))))
		}
		row := p.row(id+v.name, v.name)
		copied := copyOption(v.name, "", v.name, v.text)
		if v.isSecret() {
			row.Secret = true
			copied.Detail, copied.Do = aboutSecret, func(t *screen.Turn) { t.CopySecret(v.name, nango.Secret(v.text)) }
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
