package main

import (
	"bytes"
	"regexp"

	"github.com/charmbracelet/x/ansi"
)

// wideRows takes out of the output what the terminal shows already.
//
// A row with a wide character, such as 株, is written anew in every frame by the library that Bubble Tea draws with
// (ultraviolet of October 2026): a terminal might count its columns otherwise, so the row is erased and written whole,
// changed or not. In a list with a few such customers that makes a thousand bytes of a cursor key that has sixty.
//
// Such a row is known by how it is written: wrapping off, a move to its beginning, an erasure, the text, wrapping on,
// and an absolute move, which names the row. It is left out when the frame before wrote the same bytes to the same
// row, and nothing has scrolled or erased since; only the cursor and the pen are then put where the row would have
// left them. What looks any different passes as it is.
type wideRows struct {
	// shown is what the last frame wrote, by row.
	shown map[string]string
}

var (
	wideBegin = []byte(ansi.ResetModeAutoWrap)
	wideErase = []byte(ansi.EraseLineRight)
	wideEnd   = []byte(ansi.SetModeAutoWrap)
	wideMove  = regexp.MustCompile(`^\x1b\[([0-9]+);[0-9]+H`)
	// wideShift is what moves or erases whole rows. A line feed does where it is the first thing in a frame.
	wideShift = regexp.MustCompile(`\x1b\[[0-9;]*[JLMSTr]|\x1bM|^(?:\x1b\[[^@-~]*[@-~]|\r)*\n`)
	wideLink  = []byte("\x1b]")

	// wideAway is a plain pen and an absolute move: behind it nobody can tell where cursor and pen were.
	wideAway = regexp.MustCompile(`^\x1b\[m(?:\x1b\[[0-9]+;[0-9]+H|\x1b\[H|\r\x1b\[[0-9]+d|\x1b\[[0-9]+d\r)`)

	penChange = regexp.MustCompile(`\x1b\[[0-9;:]*m`)
	penReset  = []byte(ansi.ResetStyle)
)

// wideRow is one row as it is written.
type wideRow struct {
	whole, head, text, move []byte
	name                    string
}

// readWideRow reads the row that b begins with.
func readWideRow(b []byte) (row wideRow, ok bool) {
	end := bytes.Index(b, wideEnd)
	if end < 0 {
		return row, false
	}
	after := b[end+len(wideEnd):]
	move := wideMove.FindSubmatch(after)
	body := b[len(wideBegin):end]
	erase := bytes.Index(body, wideErase)
	if move == nil || erase < 0 || bytes.Contains(body, wideBegin) || bytes.Contains(body, wideLink) {
		return row, false
	}
	return wideRow{
		whole: b[:end+len(wideEnd)+len(move[0])], head: body[:erase], text: body[erase:], move: move[0], name: string(move[1]),
	}, true
}

// trim is the frame without the rows that the terminal shows already.
func (w *wideRows) trim(frame []byte) []byte {
	first := bytes.Index(frame, wideBegin)
	if first < 0 {
		w.shown = nil
		return frame
	}
	t := wideTrim{shown: w.shown, written: map[string]string{}, plain: true, real: true}
	if shifts := wideShift.FindAllIndex(frame, -1); len(shifts) > 0 {
		t.shown = nil
		if shifts[len(shifts)-1][0] > first { // never seen: rows are shifted before they are written
			w.shown = nil
			return frame
		}
	}
	t.run(frame)
	w.shown = t.written
	return t.out.Bytes()
}

// wideTrim is the trimming of one frame.
type wideTrim struct {
	shown, written map[string]string
	out            bytes.Buffer
	// left is the row that was left out last; what it does to cursor and pen is due before anything else is written.
	left *wideRow
	// plain says that the pen is plain as the frame has it, real that it is as the terminal has it.
	plain, real bool
}

func (t *wideTrim) run(frame []byte) {
	for len(frame) > 0 {
		next := bytes.Index(frame, wideBegin)
		if next < 0 {
			next = len(frame)
		}
		t.write(frame[:next])
		frame = frame[next:]
		row, ok := readWideRow(frame)
		if !ok {
			next = min(len(wideBegin), len(frame))
			t.write(frame[:next])
			frame = frame[next:]
			continue
		}
		t.row(row)
		frame = frame[len(row.whole):]
	}
	t.settle(false)
}

// row writes a row, or leaves it out. What its bytes draw depends on the pen, so they are compared only where it is
// plain at their beginning.
func (t *wideTrim) row(row wideRow) {
	plain := penAfter(row.head, t.plain)
	if plain && t.shown[row.name] == string(row.text) {
		t.left = &row
		t.plain = penAfter(row.text, true)
	} else {
		t.write(row.whole)
	}
	if plain {
		t.written[row.name] = string(row.text)
	}
}

// write writes what is not left out.
func (t *wideTrim) write(b []byte) {
	if len(b) == 0 {
		return
	}
	if wideAway.Match(b) {
		t.left = nil
	}
	t.settle(bytes.HasPrefix(b, penReset))
	t.out.Write(b)
	t.plain = penAfter(b, t.plain)
	t.real = t.plain
}

// settle puts cursor and pen where the row that was left out would have left them; the pen only if it is not made plain
// next.
func (t *wideTrim) settle(penIsReset bool) {
	if t.left == nil {
		return
	}
	if !penIsReset {
		t.pen(t.left.text)
	}
	t.out.Write(t.left.move)
	t.left = nil
}

// pen makes the pen what the text leaves.
func (t *wideTrim) pen(text []byte) {
	if !t.real {
		t.out.Write(penReset)
	}
	text = text[max(bytes.LastIndex(text, penReset), 0):]
	for _, change := range penChange.FindAll(text, -1) {
		if !bytes.Equal(change, penReset) {
			t.out.Write(change)
		}
	}
	t.real = t.plain
}

// penAfter says whether the pen is plain after b, if it was as before says.
func penAfter(b []byte, before bool) bool {
	changes := penChange.FindAll(b, -1)
	if len(changes) == 0 {
		return before
	}
	return bytes.Equal(changes[len(changes)-1], penReset)
}
