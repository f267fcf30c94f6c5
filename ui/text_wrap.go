package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

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
	if plainASCII(s[:min(len(s), cells+1)]) {
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
