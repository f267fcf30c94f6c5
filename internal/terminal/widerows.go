package terminal

import (
	"bytes"
	"regexp"
	"slices"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// ultraviolet rewrites every row with a wide character, such as 株, in every frame, changed or not (paintLine of
// v0.0.0-20261008173134): a terminal may count the columns of such a row differently, so it doesn't trust its comparison of cells,
// and Bubble Tea marks all rows as touched. In a list with a few such names a cursor key would send 400 to 1,200 bytes instead of 70.
//
// Such a row is recognized by how it is written: autowrap off, a move to its beginning, an erasure, the text, autowrap on, and an
// absolute move. If all terminals count its characters alike, it is compared by cells. In any other one, everything up to the last
// uncertain character is written as a whole, unless the terminal shows just that. What follows is written from its own column and
// compared by cells: a terminal that counts differently shows it where it belongs.

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
	if !bytes.HasPrefix(b, rowBegin) { // first: this is asked for each sequence of the output
		return row, false
	}
	end := bytes.Index(b, rowEnd)
	if end < 0 {
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
	if part, column, width := u.uncertainPart(row.text); part == 0 && width <= u.size.X {
		u.writeCertain(row.text, width)
	} else if column == 0 || width > u.size.X {
		u.writeUncertain(row.text, nil, u.size.X, u.size.X)
	} else {
		u.writeUncertain(row.text[:part], row.text[part:], column, width)
	}
	u.follow(row.move)
	return row.length
}

// uncertainPart returns how much of a text with styles is before the end of the last character of uncertain width, the column of that
// end, and the columns of the whole text.
func (u *unchanged) uncertainPart(b []byte) (length, column, columns int) {
	for at := 0; at < len(b); {
		seq, width, n, _ := ansi.DecodeSequence(b[at:], ansi.NormalState, nil)
		at, columns = at+n, columns+width
		isStyle := ansi.HasCsiPrefix(seq) && seq[len(seq)-1] == 'm'
		if isStyle {
			continue
		}
		if _, certain := u.inks.character(seq, width); width == 0 || !certain {
			length, column = at, columns
		}
	}
	return length, column, columns
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
	} else {
		u.eraseBehind(width)
	}
	u.follow(text)
}

// writeUncertain writes the row: its beginning as a whole, unless the terminal shows just that, and what follows from a column, if
// anything does; the row has width columns. The first cell of such a row has the beginning's text, the other cells of that are unknown.
func (u *unchanged) writeUncertain(text, rest []byte, column, width int) {
	row, whole := u.rows[u.frame.y], slices.Concat(rowBegin, rowErase, text, rowEnd)
	cell := shownCell{string(whole), u.inks.of(&u.frame.pen)}
	isShown := row[0] == cell
	u.keepWhole = true
	defer func() { u.keepWhole = false }()
	if isShown {
		u.eraseBehind(width)
		u.skip(whole)
		u.skippedErase = true
	} else {
		u.pass(whole)
		clear(row)
		u.fill(row[column:])
		row[0] = cell
	}
	for len(text) > 0 {
		seq, _, n, _ := ansi.DecodeSequence(text, ansi.NormalState, u.parser)
		if ansi.HasCsiPrefix(seq) && ansi.Cmd(u.parser.Command()) == 'm' {
			u.readPen()
		}
		text = text[n:]
	}
	u.frame.x = -1
	if len(rest) == 0 {
		return
	}
	if u.frame.x = column; !isShown {
		u.pass([]byte(ansi.CursorHorizontalAbsolute(column + 1)))
	}
	u.follow(rest)
}

// eraseBehind erases the row from a column on, with the cursor in its first.
func (u *unchanged) eraseBehind(column int) {
	if column < u.size.X {
		if column > 0 {
			u.follow([]byte(ansi.CursorForward(column)))
		}
		u.follow(rowErase)
		u.follow([]byte("\r"))
	}
}

// isWhole reports whether the cell stands for a whole row.
func (c shownCell) isWhole() bool { return len(c.text) > 0 && c.text[0] == ansi.ESC }
