package terminal

import (
	"bytes"
	"image"
	"slices"
	"strconv"
	"sync/atomic"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// unchanged removes text from the output that the terminal shows already.
//
// Of a row, ultraviolet writes everything from the first cell that changes to the last one (putRange of v0.0.0-20261008173134
// compares the unchanged cells between with a wrong length). When a list and what is beside it change, such as a preview or a dialog
// that is closed, that is a fourth too much.
//
// It follows the output as a terminal does. Text that is there already, in the same style, is skipped; before the next text, cursor
// and pen (the style of what is written next) are set to what the skipped bytes would have left, or these are written if that is
// shorter. What it isn't sure of is written and forgotten, such as unknown sequences.
type unchanged struct {
	// resized is the newest size of the terminal. It is set by other goroutines.
	resized atomic.Pointer[image.Point]

	size *image.Point
	// unsure is how many further frames are unchanged, because they may have been drawn for the size before.
	unsure int
	parser *ansi.Parser
	rows   [][]shownCell
	// top and bottom are the first row of the scrolling region and the one after its last.
	top, bottom int
	noWrap      bool
	// keepWhole means that what is written belongs to a row that begins with text of uncertain width.
	keepWhole   bool
	frame, sent writer
	inks        inks
	// skipped are the bytes between the two writers. If an erasure is among them that must not come late, they can't be written.
	skipped      []byte
	short        []byte // what may be written in their place
	sentInk      ink    // of the pen that was sent
	skippedErase bool
	out          bytes.Buffer
}

// shownCell is what a cell shows, with a number for its style; the zero value is unknown.
type shownCell struct {
	text string
	ink  ink
}

// wideRest is the text of the second cell of a character that takes two.
const wideRest = "\x00"

// writer is a position and a pen. An x or y below 0 is unknown.
type writer struct {
	x, y int
	pen  uv.Style
}

// unsureFrames is how many frames after a new size may be drawn for another one.
const unsureFrames = 3

func newUnchanged() *unchanged { return &unchanged{parser: ansi.NewParser(), inks: newInks()} }

// resize sets the size of the terminal.
func (u *unchanged) resize(width, height int) { u.resized.Store(&image.Point{X: width, Y: height}) }

// trim returns the frame without the text that the terminal shows already.
func (u *unchanged) trim(frame []byte) []byte {
	if size := u.resized.Load(); size != u.size {
		if u.size != nil {
			u.unsure = unsureFrames
		}
		u.size, u.top, u.bottom = size, 0, size.Y
		u.forget()
	}
	if u.size == nil {
		return frame
	}
	u.out.Reset()
	u.follow(frame)
	u.catchUp()
	if u.unsure > 0 {
		u.unsure--
		u.forget()
	}
	return u.out.Bytes()
}

// follow follows a part of the output.
func (u *unchanged) follow(b []byte) {
	for len(b) > 0 {
		b = b[u.next(b):]
	}
}

// forget forgets everything but the pen.
func (u *unchanged) forget() {
	u.rows = make([][]shownCell, u.size.Y)
	for y := range u.rows {
		u.rows[y] = make([]shownCell, u.size.X)
	}
	u.frame.x, u.frame.y = -1, -1
}

// next handles the first sequence or character of b and returns its length.
func (u *unchanged) next(b []byte) int {
	if isASCII(b[0]) && (len(b) == 1 || b[1] < 0x80) {
		u.text(b[:1], 1)
		return 1
	}
	if n := u.wideRow(b); n > 0 {
		return n
	}
	seq, width, n, _ := ansi.DecodeSequence(b, ansi.NormalState, u.parser)
	switch {
	case width > 0:
		u.text(seq, width)
	case ansi.HasCsiPrefix(seq):
		u.control(seq, ansi.Cmd(u.parser.Command()))
	case len(seq) == 1:
		u.single(seq)
	case string(seq) == ansi.ReverseIndex:
		u.lineFeed(seq, -1)
	case ansi.HasOscPrefix(seq) || ansi.HasDcsPrefix(seq) || ansi.HasApcPrefix(seq):
		u.pass(seq)
	default:
		u.pass(seq)
		u.forget()
	}
	return n
}

func isASCII(c byte) bool { return c >= ' ' && c < 0x7f }

// text writes one character, or skips it.
func (u *unchanged) text(b []byte, width int) {
	w := &u.frame
	if u.isKnown() && !u.noWrap && w.x+width <= u.size.X {
		if text, certain := u.inks.character(b, width); certain {
			u.draw(b, w.x, w.x+width, u.cell(text))
			if w.x += width; w.x == u.size.X {
				w.x = -1 // the next character wraps, or not
			}
			return
		}
	}
	if u.noWrap && w.y >= 0 && w.y < len(u.rows) {
		clear(u.rows[w.y])
		w.x = -1
		u.pass(b)
		return
	}
	u.pass(b)
	u.forget()
}

// cell returns what a text shows that is written with the pen. The color of the text makes no difference to a space.
func (u *unchanged) cell(text string) shownCell {
	if text == " " {
		return shownCell{text, u.inks.ofSpace(&u.frame.pen)}
	}
	return shownCell{text, u.inks.of(&u.frame.pen)}
}

// blank is what an erasure with the pen shows. Terminals don't agree on backgrounds and attributes.
func (u *unchanged) blank() shownCell {
	if pen := &u.frame.pen; pen.Attrs|uint8(pen.Underline) == 0 && pen.Bg == nil {
		return u.cell(" ")
	}
	return shownCell{}
}

func (u *unchanged) isKnown() bool {
	w := u.frame
	return w.x >= 0 && w.x < u.size.X && w.y >= 0 && w.y < len(u.rows)
}

// draw writes the bytes that fill some cells of the row, or skips them if all cells show that already.
func (u *unchanged) draw(b []byte, from, to int, cell shownCell) {
	row := u.rows[u.frame.y]
	rest := cell
	if cell.text != " " {
		rest.text = wideRest
	}
	to = min(to, len(row))
	same := cell.text != "" && row[from] == cell
	for x := from + 1; same && x < to; x++ {
		same = row[x] == rest
	}
	if same {
		u.skip(b)
		return
	}
	u.pass(b)
	row = u.row()
	row[from] = cell
	for x := from + 1; x < to; x++ {
		row[x] = rest
	}
}

// row is the row of the cursor, of which a part is about to change.
func (u *unchanged) row() []shownCell {
	row := u.rows[u.frame.y]
	if !u.keepWhole && row[0].isWhole() {
		clear(row)
	}
	return row
}

// skip leaves out bytes for now. It is called before the frame's position and pen change.
func (u *unchanged) skip(b []byte) {
	if len(u.skipped) == 0 {
		u.sent, u.sentInk = u.frame, u.inks.of(&u.frame.pen)
	}
	u.skipped = append(u.skipped, b...)
}

// pass writes bytes where the frame is.
func (u *unchanged) pass(b []byte) {
	u.catchUp()
	u.out.Write(b)
}

// catchUp sets cursor and pen of the terminal to those of the frame.
func (u *unchanged) catchUp() {
	if len(u.skipped) == 0 {
		return
	}
	rest := u.skipped
	if u.isKnown() {
		u.short = u.sent.appendMove(u.short[:0], u.frame)
		u.short = append(u.short, u.inks.change(&u.sent.pen, &u.frame.pen, u.sentInk)...)
		if len(u.short) < len(rest) || u.skippedErase {
			rest = u.short
		}
	} else if u.skippedErase {
		defer u.forget()
	}
	u.out.Write(rest)
	u.skipped, u.skippedErase = u.skipped[:0], false
}

// appendMove appends the sequence that moves the cursor to the position of another writer.
func (w writer) appendMove(b []byte, to writer) []byte {
	number := func(n int, final byte) []byte {
		b = append(b, ansi.ESC, '[')
		if n > 1 {
			b = strconv.AppendInt(b, int64(n), 10)
		}
		return append(b, final)
	}
	switch {
	case w.y != to.y || w.x < 0:
		return append(b, ansi.CursorPosition(to.x+1, to.y+1)...)
	case w.x < to.x:
		return number(to.x-w.x, 'C')
	case w.x > to.x:
		return number(to.x+1, 'G')
	}
	return b
}

// move sets the position of the frame; nothing is written before the next text.
func (u *unchanged) move(seq []byte, x, y int) {
	if y < 0 || y >= u.size.Y || x >= u.size.X {
		x, y = -1, -1
	}
	u.skip(seq)
	u.frame.x, u.frame.y = x, y
	if x < 0 || y < 0 {
		u.pass(nil)
	}
}

func (u *unchanged) single(seq []byte) {
	w := u.frame
	switch seq[0] {
	case '\r':
		u.move(seq, 0, w.y)
	case '\n':
		u.lineFeed(seq, 1)
	case '\b':
		u.move(seq, w.x-1, w.y)
	case '\t':
		if w.x >= 0 {
			w.x = (w.x/8 + 1) * 8
		}
		u.move(seq, w.x, w.y)
	default:
		u.pass(seq)
	}
}

// lineFeed moves a line down or up, and scrolls at the edge of the region.
func (u *unchanged) lineFeed(seq []byte, by int) {
	w := u.frame
	switch {
	case w.y < 0 || w.x < 0:
		u.pass(seq)
		u.forget()
	case by > 0 && w.y == u.bottom-1 || by < 0 && w.y == u.top:
		u.pass(seq)
		u.scroll(u.top, u.bottom, by)
	default:
		u.move(seq, w.x, w.y+by)
	}
}

// scroll moves the rows between two up, or down if the number is negative.
func (u *unchanged) scroll(top, bottom, by int) {
	if len(u.rows) < bottom || top < 0 {
		return
	}
	rows, n := u.rows[top:bottom], min(max(by, -by), bottom-top)
	if by < 0 {
		n = len(rows) - n
	}
	rotated := slices.Concat(rows[n:], rows[:n])
	copy(rows, rotated)
	if by > 0 {
		u.fill(rows[len(rows)-n:]...)
	} else {
		u.fill(rows[:len(rows)-n]...)
	}
}

// fill notes that rows, or parts of rows, were erased.
func (u *unchanged) fill(rows ...[]shownCell) {
	blank := u.blank()
	for _, row := range rows {
		for x := range row {
			row[x] = blank
		}
	}
}
