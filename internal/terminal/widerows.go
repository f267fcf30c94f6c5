package terminal

import (
	"bytes"
	"regexp"
	"slices"
	"unicode"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// ultraviolet rewrites every row with a wide character, such as 株, in every frame, changed or not (paintLine of
// v0.0.0-20261008173134): a terminal may count the columns of such a row differently, so it doesn't trust its comparison of cells,
// and Bubble Tea marks all rows as touched. In a list with a few such names a cursor key would send 400 to 1,200 bytes instead of 70.
//
// Such a row is recognized by how it is written: autowrap off, a move to its beginning, an erasure, the text, autowrap on, and an
// absolute move. If all terminals count its characters alike, it is compared by cells. Any other one is written as a whole, unless
// the terminal shows just that.

var (
	rowBegin = []byte(ansi.ResetModeAutoWrap)
	rowErase = []byte(ansi.EraseLineRight)
	rowEnd   = []byte(ansi.SetModeAutoWrap)
	rowMove  = regexp.MustCompile(`^\x1b\[[0-9]+;[0-9]+H`)
)

// wideRow is one row as it is written: head is what comes before the erasure, text what follows it.
type wideRow struct {
	head, text, move []byte
	length           int
}

// readWideRow reads the row at the beginning of b.
func readWideRow(b []byte) (row wideRow, ok bool) {
	end := bytes.Index(b, rowEnd)
	if !bytes.HasPrefix(b, rowBegin) || end < 0 {
		return row, false
	}
	move := rowMove.Find(b[end+len(rowEnd):])
	head, text, erased := bytes.Cut(b[len(rowBegin):end], rowErase)
	if move == nil || !erased || bytes.Contains(head, rowBegin) || bytes.Contains(text, []byte("\x1b]")) {
		return row, false
	}
	return wideRow{head, text, move, end + len(rowEnd) + len(move)}, true
}

// wideRow follows such a row if it is at the beginning of b, and returns how much was followed.
func (u *unchanged) wideRow(b []byte) int {
	row, ok := readWideRow(b)
	if !ok {
		return 0
	}
	u.follow(row.head)
	if !u.isKnown() || u.frame.x > 0 {
		u.mode(rowBegin, false)
		return len(rowBegin) + len(row.head)
	}
	if width, ok := certainWidth(row.text); ok && width <= u.size.X {
		u.writeCertain(row.text, width)
	} else {
		u.writeWhole(row.text)
	}
	u.follow(row.move)
	return row.length
}

// certainWidth returns the columns of a text with styles, and whether all terminals count them so.
func certainWidth(b []byte) (columns int, certain bool) {
	for len(b) > 0 {
		seq, width, n, _ := ansi.DecodeSequence(b, ansi.NormalState, nil)
		isStyle := ansi.HasCsiPrefix(seq) && seq[len(seq)-1] == 'm'
		if !isStyle && (width == 0 || !isCertain(seq, width)) {
			return 0, false
		}
		columns += width
		b = b[n:]
	}
	return columns, true
}

// isCertain reports whether all terminals count a character alike.
func isCertain(character []byte, width int) bool {
	runes := []rune(string(character))
	return width == ansi.StringWidthWc(string(character)) &&
		(width == 1 || len(runes) == 1 && unicode.In(runes[0], unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul))
}

// writeCertain writes what changes in the row.
func (u *unchanged) writeCertain(text []byte, width int) {
	row := u.rows[u.frame.y]
	if slices.Contains(row, shownCell{}) { // characters may be in other columns than those of their cells
		u.pass(rowErase)
		u.fill(row)
	} else if width < len(row) {
		if width > 0 {
			u.follow([]byte(ansi.CursorForward(width)))
		}
		u.follow(rowErase)
		u.follow([]byte("\r"))
	}
	u.follow(text)
}

// writeWhole writes the row unless the terminal shows just that. The first cell of such a row has its text, the others are unknown.
func (u *unchanged) writeWhole(text []byte) {
	row, whole := u.rows[u.frame.y], slices.Concat(rowBegin, rowErase, text, rowEnd)
	cell := shownCell{string(whole), u.frame.pen}
	if row[0] == cell {
		u.skip(whole)
	} else {
		u.pass(whole)
		clear(row)
		row[0] = cell
	}
	for len(text) > 0 {
		seq, _, n, _ := ansi.DecodeSequence(text, ansi.NormalState, u.parser)
		if ansi.HasCsiPrefix(seq) && ansi.Cmd(u.parser.Command()) == 'm' {
			uv.ReadStyle(u.parser.Params(), &u.frame.pen)
		}
		text = text[n:]
	}
	u.frame.x = -1
}

// isWhole reports whether the cell stands for a whole row.
func (c shownCell) isWhole() bool { return len(c.text) > 0 && c.text[0] == ansi.ESC }
