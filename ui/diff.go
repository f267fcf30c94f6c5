package ui

import (
	"fmt"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"nango-tui/internal/jsontext"
)

const (
	// DiffBytes is how long a text may be to be compared. Beyond, it is only said that it is another.
	DiffBytes = 256 << 10
	// DiffLineCount is how many lines of difference are kept; the rest is counted.
	DiffLineCount = 500
	// diffContext is how many equal lines stand around a difference.
	diffContext = 2
)

// Diff is what changes between two texts, line by line. A sign stands before each line: +, − or a space, so that no
// colour is needed to read it.
type Diff struct {
	lines          []diffLine
	added, removed int
	rest           int    // lines beyond DiffLineCount
	unread         string // why the texts were not compared
}

// diffLine is a line, or with an empty sign a number of equal lines that are left out.
type diffLine struct{ sign, text string }

// DiffLines compares two texts. What is secret has to be masked in them already.
func DiffLines(before, after string) *Diff {
	switch {
	case before == after:
		return &Diff{}
	case len(before) > DiffBytes || len(after) > DiffBytes:
		return &Diff{unread: fmt.Sprintf("too long to be compared line by line: %d KB before, %d KB after", len(before)>>10, len(after)>>10)}
	}
	before, after = endLine(before), endLine(after)
	unified, err := udiff.ToUnifiedDiff("", "", before, udiff.Lines(before, after), diffContext)
	if err != nil {
		return &Diff{unread: "could not be compared: " + err.Error()}
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

// endLine makes the last line one like the others: that a line break is missing there is not worth a word.
func endLine(s string) string {
	if s == "" || strings.HasSuffix(s, "\n") {
		return s
	}
	return s + "\n"
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
	if len(d.lines) >= DiffLineCount {
		d.rest++
		return
	}
	d.lines = append(d.lines, diffLine{sign, strings.TrimSuffix(line.Content, "\n")})
}

// skip leaves out equal lines.
func (d *Diff) skip(n int) {
	if n == 0 || len(d.lines) >= DiffLineCount {
		return
	}
	same := fmt.Sprintf("… %d lines stay the same", n)
	if n == 1 {
		same = "… 1 line stays the same"
	}
	d.lines = append(d.lines, diffLine{"", same})
}

// DiffJSON compares two JSON documents as they look when indented, so that other spacing is no difference. Both are masked
// before; a secret that changes stands masked in both, and the new one says that it is another. What is not JSON is compared
// as text.
func DiffJSON(before, after []byte, policy jsontext.Policy) *Diff {
	docA, _ := ParseJSON(before, policy)
	docB, _ := ParseJSON(after, policy)
	a, okA := docA.whole()
	b, okB := docB.whole()
	if !okA || !okB {
		return &Diff{unread: fmt.Sprintf("too long to be compared: %d KB before, %d KB after", len(before)>>10, len(after)>>10)}
	}
	if docB.markChangedSecrets(docA) {
		b, _ = docB.whole()
	}
	return DiffLines(a, b)
}

// markChangedSecrets says of each hidden value that it is another one than at the same place of the document before. It
// returns whether there is one. Documents that [JSONDoc.whole] returns are small enough for the paths of all their secrets.
func (d *JSONDoc) markChangedSecrets(before *JSONDoc) (changed bool) {
	secrets := map[string]string{}
	for i := range before.masked {
		secrets[before.path(i)] = jsontext.Text(before.value(i))
	}
	for i, shown := range d.masked {
		was, known := secrets[d.path(i)]
		if known && was != jsontext.Text(d.value(i)) {
			d.masked[i], changed = shown+" (another value)", true
		}
	}
	return changed
}

// whole is a document as indented and masked text; false where it is too long.
func (d *JSONDoc) whole() (string, bool) {
	if d.err != nil || len(d.rows) == 0 {
		return d.raw, len(d.raw) <= DiffBytes
	}
	if d.rows[0].opens() {
		return d.indented(0, true)
	}
	var b strings.Builder
	d.writeRow(&b, 0, 0, true)
	return b.String(), b.Len() <= JSONCopy
}

// Equal says that nothing changes.
func (d *Diff) Equal() bool { return d.unread == "" && d.added+d.removed == 0 }

// Lines is the difference, to be drawn; texts are cleaned and masked by f.
func (d *Diff) Lines(f Frame) []Line {
	switch {
	case d.unread != "":
		return []Line{{Styled(RoleWarn, d.unread)}}
	case d.Equal():
		return []Line{{Styled(RoleMuted, "nothing changes")}}
	}
	roles := map[string]Role{"+ ": RoleGood, "− ": RoleBad, "  ": RoleText, "": RoleMuted}
	var lines []Line
	for _, l := range d.lines {
		text := f.Text(strings.ReplaceAll(l.text, "\t", "    "))
		lines = append(lines, Line{{Text{l.sign}, roles[l.sign]}, {text, roles[l.sign]}})
	}
	if d.rest > 0 {
		lines = append(lines, Line{Styled(RoleWarn, fmt.Sprintf("… and %d more lines that are not shown", d.rest))})
	}
	return lines
}
