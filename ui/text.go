package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Text is a text that is fit for the screen: no control character, no escape, no bidirectional override, no
// line break. Only cleaning makes one from a string, so what strangers wrote cannot reach the terminal as it came.
// The zero Text is empty.
type Text struct{ s string }

// ellipsis stands where text was cut off.
const ellipsis = "…"

// String is the clean text.
func (t Text) String() string { return t.s }

// Empty says that there is nothing to draw.
func (t Text) Empty() bool { return t.s == "" }

// Width is the number of cells that t takes on the screen. It counts as Bubble Tea's renderer does unless the terminal
// reports mode 2027: by code point. [Clean] takes out what the two ways of counting disagree about in emoji;
// in scripts with conjuncts, such as Devanagari, they still differ.
func (t Text) Width() int { return width(t.s) }

func width(s string) int {
	if plainASCII(s) {
		return len(s)
	}
	return ansi.StringWidthWc(s)
}

// plainASCII says that every byte of s is a printable ASCII character.
func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i]-0x20 > 0x7e-0x20 {
			return false
		}
	}
	return true
}

// Concat is t with others behind it.
func (t Text) Concat(others ...Text) Text {
	var b strings.Builder
	b.WriteString(t.s)
	for _, o := range others {
		b.WriteString(o.s)
	}
	return Text{b.String()}
}

// Truncate cuts t at the right so that it takes at most cells cells, the last of which is an ellipsis where something
// was cut. No cluster of characters is cut in two.
func (t Text) Truncate(cells int) Text {
	head, _, cut := fit(t.s, cells, ansi.WcWidth)
	if !cut {
		return t
	}
	return Text{head + ellipsisIn(cells)}
}

// TruncateLeft cuts t at the left: what matters of a path stands at its end.
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

// Pad cuts t or fills it with spaces at the right so that it takes exactly cells cells.
func (t Text) Pad(cells int) Text {
	t = t.Truncate(cells)
	return Text{t.s + Spaces(cells-t.Width())}
}

// PadLeft is [Text.Pad] with the spaces at the left, as numbers want it.
func (t Text) PadLeft(cells int) Text {
	t = t.Truncate(cells)
	return Text{Spaces(cells-t.Width()) + t.s}
}

// Slice is the part of t between two byte offsets, which must not be inside of a character.
func (t Text) Slice(from, to int) Text { return Text{t.s[from:to]} }

// CollapseSpaces is t with at most two spaces between words, so that untrusted text can't imitate the layout around it.
func (t Text) CollapseSpaces() Text {
	for strings.Contains(t.s, "   ") {
		t.s = strings.ReplaceAll(t.s, "   ", "  ")
	}
	return t
}

// fit is the head of s that can be drawn in cells cells, its width, and whether something was cut: then a cell is left
// for the ellipsis. It allocates nothing.
func fit(s string, cells int, m ansi.Method) (head string, used int, cut bool) {
	if cells <= 0 {
		return "", 0, s != ""
	}
	if plainASCII(s[:min(len(s), cells+1)]) {
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
		if taken < cells { // there is still room for the ellipsis behind it
			end, used = pos, taken
		}
	}
	return s, taken, false
}

func ellipsisIn(cells int) string {
	if cells < 1 {
		return ""
	}
	return ellipsis
}

// dropCells is s without the clusters that begin in its first cells cells.
func dropCells(s string, cells int) string {
	for s != "" && cells > 0 {
		cluster, w := ansi.FirstGraphemeCluster(s, ansi.WcWidth)
		s, cells = s[len(cluster):], cells-w
	}
	return s
}

const blanks = "                                                                                                                                "

// Spaces is n spaces. It does not allocate up to the width of a screen.
func Spaces(n int) string {
	if n <= 0 {
		return ""
	}
	if n <= len(blanks) {
		return blanks[:n]
	}
	return strings.Repeat(" ", n)
}
