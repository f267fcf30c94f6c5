package ui

import (
	"fmt"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"nango-tui/internal/jsontext"
)

const (
	// maxDiffBytes is the maximum size of a text to compare.
	maxDiffBytes = 256 << 10
	// maxDiffLines is the maximum number of lines of a diff. The rest is counted.
	maxDiffLines = 500
	// diffContext is the number of unchanged lines around a change.
	diffContext = 2
)

// Diff is the difference of two texts by lines. A sign before each (+, − or a space) makes it readable without colors.
type Diff struct {
	lines          []diffLine
	added, removed int
	rest           int    // lines beyond maxDiffLines
	notCompared    string // why the texts were not compared
}

// diffLine is a line, or with an empty sign a number of skipped lines.
type diffLine struct{ sign, text string }

// diffTexts compares two texts in which secrets are already masked.
func diffTexts(before, after string) *Diff {
	switch {
	case before == after:
		return &Diff{}
	case len(before) > maxDiffBytes || len(after) > maxDiffBytes:
		return &Diff{notCompared: fmt.Sprintf(textTooLongToCompare, len(before)>>10, len(after)>>10)}
	}
	for _, s := range []*string{&before, &after} { // a missing final line break is not a difference
		if *s != "" && !strings.HasSuffix(*s, "\n") {
			*s += "\n"
		}
	}
	unified, err := udiff.ToUnifiedDiff("", "", before, udiff.Lines(before, after), diffContext)
	if err != nil {
		return &Diff{notCompared: textCouldntCompare + err.Error()}
	}
	d := &Diff{}
	at := 1
	for _, hunk := range unified.Hunks {
		d.skip(hunk.FromLine - at)
		at = hunk.FromLine
		for _, line := range hunk.Lines {
			if line.Kind != udiff.Insert {
				at++
			}
			d.add(line)
		}
	}
	d.skip(strings.Count(before, "\n") + 1 - at)
	return d
}

func (d *Diff) add(line udiff.Line) {
	sign := "  "
	switch line.Kind {
	case udiff.Insert:
		sign = "+ "
		d.added++
	case udiff.Delete:
		sign = "− "
		d.removed++
	}
	if len(d.lines) >= maxDiffLines {
		d.rest++
		return
	}
	d.lines = append(d.lines, diffLine{sign, strings.TrimSuffix(line.Content, "\n")})
}

func (d *Diff) skip(n int) {
	if n == 0 || len(d.lines) >= maxDiffLines {
		return
	}
	d.lines = append(d.lines, diffLine{"", "… " + Pluralize(n, "unchanged line")})
}

// DiffJSON compares two JSON documents after indenting and masking, so that spacing makes no difference. A changed
// secret is masked in both and marked as changed. Anything but JSON is compared as text.
func DiffJSON(before, after []byte, policy jsontext.Policy) *Diff {
	docA, _ := ParseJSON(before, policy)
	docB, _ := ParseJSON(after, policy)
	a, okA := docA.maskedText()
	b, okB := docB.maskedText()
	if !okA || !okB {
		return &Diff{notCompared: fmt.Sprintf(textTooLongToCompare, len(before)>>10, len(after)>>10)}
	}
	if docB.markChangedSecrets(docA) {
		b, _ = docB.maskedText()
	}
	return diffTexts(a, b)
}

// markChangedSecrets marks the masked values that differ from those at the same path before. It reports whether there
// are any. Documents that JSONDoc.maskedText returns are small enough to compute the paths of all secrets.
func (d *JSONDoc) markChangedSecrets(before *JSONDoc) (changed bool) {
	secrets := map[string]string{}
	for i := range before.masked {
		secrets[before.path(i)] = jsontext.Text(before.value(i))
	}
	for i, shown := range d.masked {
		was, known := secrets[d.path(i)]
		if known && was != jsontext.Text(d.value(i)) {
			d.masked[i], changed = shown+" (changed)", true
		}
	}
	return changed
}

// maskedText returns the indented and masked text, or false if it is too long.
func (d *JSONDoc) maskedText() (string, bool) {
	if d.err != nil || len(d.rows) == 0 {
		return d.raw, len(d.raw) <= maxDiffBytes
	}
	if d.rows[0].opens() {
		return d.indented(0, true)
	}
	var b strings.Builder
	d.writeRow(&b, 0, 0, true)
	return b.String(), b.Len() <= JSONCopy
}

func (d *Diff) isEqual() bool { return d.notCompared == "" && d.added+d.removed == 0 }

// Lines draws the diff. Texts are masked and sanitized by f.
func (d *Diff) Lines(f Frame) []Line {
	switch {
	case d.notCompared != "":
		return []Line{{Styled(RoleWarn, d.notCompared)}}
	case d.isEqual():
		return []Line{{Styled(RoleMuted, textNoChanges)}}
	}
	roles := map[string]Role{"+ ": RoleAdded, "− ": RoleBad, "  ": RoleText, "": RoleMuted}
	var lines []Line
	for _, l := range d.lines {
		text := f.Text(untabbed(l.text))
		lines = append(lines, Line{{Text{l.sign}, roles[l.sign]}, {text, roles[l.sign]}})
	}
	if d.rest > 0 {
		lines = append(lines, Line{Styled(RoleWarn, fmt.Sprintf(textDiffMoreLines, d.rest))})
	}
	return lines
}
