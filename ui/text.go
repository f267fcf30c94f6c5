package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"nango-tui/internal/clean"
)

// Text is a [clean.Text] on the screen, with a width in cells. Only [Clean] makes one from a string, so untrusted text can't
// reach the terminal unsanitized. The zero Text is empty.
type Text struct{ s string }

// Clean is [clean.Line] for the screen.
func Clean(s string) Text { return Text{clean.Line(s).String()} }

// CleanLines is [clean.Lines] for the screen.
func CleanLines(s string) []Text {
	lines := clean.Lines(s)
	texts := make([]Text, len(lines))
	for i, line := range lines {
		texts[i] = Text{line.String()}
	}
	return texts
}

const ellipsis = "…"

// String returns the sanitized text.
func (t Text) String() string { return t.s }

func (t Text) Empty() bool { return t.s == "" }

// Width returns the number of cells of t. It counts code points, as Bubble Tea's renderer does unless the terminal
// reports mode 2027. Both methods agree on text from [Clean], except for scripts with conjuncts such as Devanagari.
func (t Text) Width() int { return width(t.s) }

func width(s string) int {
	if clean.IsASCII(s) {
		return len(s)
	}
	return ansi.StringWidthWc(s)
}

// Concat appends other texts.
func (t Text) Concat(others ...Text) Text {
	for _, o := range others {
		t.s += o.s
	}
	return t
}

// Truncate cuts t at the right to at most cells cells, the last one an ellipsis. It splits no grapheme cluster.
func (t Text) Truncate(cells int) Text {
	head, _, cut := fit(t.s, cells, ansi.WcWidth)
	switch {
	case !cut:
		return t
	case cells < 1:
		return Text{}
	}
	return Text{head + ellipsis}
}

// TruncateID cuts an id in its middle, because both of its ends tell it from others, and any other text at the right. An id is a
// word of ASCII letters, digits, dashes and underscores with at least one digit.
func (t Text) TruncateID(cells int) Text {
	if len(t.s) <= cells || cells < 5 || !isID(t.s) {
		return t.Truncate(cells)
	}
	tail := (cells - 1) / 2
	return Text{t.s[:cells-1-tail] + ellipsis + t.s[len(t.s)-tail:]}
}

func isID(s string) bool {
	hasDigit := false
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '-', c == '_':
		case c >= '0' && c <= '9':
			hasDigit = true
		default:
			return false
		}
	}
	return hasDigit
}

// TruncateLeft cuts t at the left, for text whose end matters, such as a path.
func (t Text) TruncateLeft(cells int) Text {
	excess := t.Width() - cells
	if excess <= 0 {
		return t
	}
	if cells <= 0 {
		return Text{}
	}
	return Text{ellipsis + dropCells(t.s, excess+1)}
}

// Pad truncates t or fills it with spaces at the right to exactly cells cells.
func (t Text) Pad(cells int) Text {
	t = t.Truncate(cells)
	return Text{t.s + Spaces(cells-t.Width())}
}

// PadLeft is [Text.Pad] with the spaces at the left, for numbers.
func (t Text) PadLeft(cells int) Text {
	t = t.Truncate(cells)
	return Text{Spaces(cells-t.Width()) + t.s}
}

// Slice returns the part of t between two byte offsets, which must be at the start of a character.
func (t Text) Slice(from, to int) Text { return Text{t.s[from:to]} }

// CollapseSpaces reduces runs of spaces to two, so that untrusted text can't imitate the layout around it.
func (t Text) CollapseSpaces() Text {
	for strings.Contains(t.s, "   ") {
		t.s = strings.ReplaceAll(t.s, "   ", "  ")
	}
	return t
}

// fit returns what of s fits into cells cells, its width, and whether it was cut for an ellipsis, without allocating.
func fit(s string, cells int, m ansi.Method) (head string, used int, cut bool) {
	if cells <= 0 {
		return "", 0, s != ""
	}
	if clean.IsASCII(s[:min(len(s), cells+1)]) {
		if len(s) <= cells {
			return s, len(s), false
		}
		return s[:cells-1], cells - 1, true
	}
	return fitClusters(s, cells, m)
}

func fitClusters(s string, cells int, m ansi.Method) (head string, used int, cut bool) {
	end, pos, taken := 0, 0, 0
	for pos < len(s) {
		cluster, w := ansi.FirstGraphemeCluster(s[pos:], m)
		if taken+w > cells {
			return s[:end], used, true
		}
		pos, taken = pos+len(cluster), taken+w
		if taken < cells { // there is room for the ellipsis
			end, used = pos, taken
		}
	}
	return s, taken, false
}

// dropCells removes the clusters that begin in the first cells cells.
func dropCells(s string, cells int) string {
	for s != "" && cells > 0 {
		cluster, w := ansi.FirstGraphemeCluster(s, ansi.WcWidth)
		s, cells = s[len(cluster):], cells-w
	}
	return s
}

const blanks = "                                                                                                        " +
	"                        "

// Spaces returns n spaces. Up to the width of a screen it doesn't allocate.
func Spaces(n int) string {
	if n <= 0 {
		return ""
	}
	if n <= len(blanks) {
		return blanks[:n]
	}
	return strings.Repeat(" ", n)
}

// Wrap breaks t into lines of at most cells cells: between words, or inside of a word that is longer than a line. An
// empty text is one empty line. Below two cells nothing is wrapped, because a wide character would not fit.
func (t Text) Wrap(cells int) []Text {
	var lines []Text
	for _, line := range (Line{{Text: t}}).Wrap(cells) {
		lines = append(lines, line.Text())
	}
	return lines
}

// firstLine returns the part of s that fits on a line, with its trailing spaces.
func firstLine(s string, cells int) string {
	end := bytesIn(s, cells)
	if end == len(s) {
		return s
	}
	if spaceEnd := end + leadingSpaces(s[end:]); spaceEnd > end {
		return s[:spaceEnd]
	}
	space := strings.LastIndexByte(s[:end], ' ')
	if word, _, _ := strings.Cut(s[space+1:], " "); leadingSpaces(s) <= space && bytesIn(word, cells) == len(word) {
		return s[:space+1]
	}
	return s[:end]
}

// bytesIn returns how many bytes of s fit into cells cells.
func bytesIn(s string, cells int) int {
	if clean.IsASCII(s[:min(len(s), cells+1)]) {
		return min(len(s), cells)
	}
	pos := 0
	for pos < len(s) {
		cluster, w := ansi.FirstGraphemeCluster(s[pos:], ansi.WcWidth)
		if w > cells {
			if pos == 0 {
				return runesIn(cluster, cells)
			}
			break
		}
		pos, cells = pos+len(cluster), cells-w
	}
	return pos
}

// runesIn returns how many bytes of a cluster that is wider than a line fit on it. Some scripts join any number of
// letters. It is never 0, so that wrapping ends.
func runesIn(cluster string, cells int) int {
	for pos, r := range cluster {
		cells -= ansi.StringWidthWc(string(r))
		if cells < 0 && pos > 0 {
			return pos
		}
	}
	return len(cluster)
}

func leadingSpaces(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }
