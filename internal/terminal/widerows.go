package terminal

import (
	"bytes"
	"regexp"
	"slices"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// wideRows removes rows from the output that the terminal shows already.
//
// Bubble Tea draws with ultraviolet, which rewrites every row with a wide character, such as 株, in every frame, changed or
// not (paintLine of v0.0.0-20261008173134): a terminal may count the columns of such a row differently, so ultraviolet
// doesn't trust its comparison of cells, and Bubble Tea marks all rows as touched. In a list with a few such names a cursor
// key sends 400 to 1,200 bytes instead of 70.
//
// Such a row is recognized by how it is written: autowrap off, a move to its beginning, an erasure, the text, autowrap on,
// and an absolute move, which names the row. It is removed if the previous frame wrote the same bytes to the same row, and
// nothing has scrolled or erased since. Only the cursor and the pen (the style of what is written next) are then set
// to what the row would have left. Of a row that differs only after a gap, such as beside a preview, what follows the middle of
// the gap is written, so that a terminal that counts differently shows no rest of it. All other output is unchanged.
type wideRows struct {
	// shown is what the last frame wrote, by row.
	shown map[string]string
}

var (
	rowBegin = []byte(ansi.ResetModeAutoWrap)
	rowErase = []byte(ansi.EraseLineRight)
	rowEnd   = []byte(ansi.SetModeAutoWrap)
	rowMove  = regexp.MustCompile(`^\x1b\[([0-9]+);[0-9]+H`)
	// shiftRows matches what moves or erases whole rows. A line feed does so if it is the first text of a frame.
	shiftRows = regexp.MustCompile(`\x1b\[[0-9;]*[JLMSTr]|\x1bM|^(?:\x1b\[[^@-~]*[@-~]|\r)*\n`)
	hyperlink = []byte("\x1b]")

	// resetAndMove matches a plain pen and an absolute move, after which the previous pen and cursor don't matter.
	resetAndMove = regexp.MustCompile(`^\x1b\[m(?:\x1b\[[0-9]+;[0-9]+H|\x1b\[H|\r\x1b\[[0-9]+d|\x1b\[[0-9]+d\r)`)

	penChange = regexp.MustCompile(`\x1b\[[0-9;:]*m`)
	penReset  = []byte(ansi.ResetStyle)
)

// wideRow is one row as it is written: head is what comes before the erasure, text what follows it.
type wideRow struct {
	bytes, head, text, move []byte
	number                  string
}

// readWideRow reads the row at the beginning of b.
func readWideRow(b []byte) (row wideRow, ok bool) {
	end := bytes.Index(b, rowEnd)
	if end < 0 {
		return row, false
	}
	after := b[end+len(rowEnd):]
	move := rowMove.FindSubmatch(after)
	body := b[len(rowBegin):end]
	erase := bytes.Index(body, rowErase)
	if move == nil || erase < 0 || bytes.Contains(body, rowBegin) || bytes.Contains(body, hyperlink) {
		return row, false
	}
	return wideRow{
		bytes: b[:end+len(rowEnd)+len(move[0])], head: body[:erase], text: body[erase:], move: move[0], number: string(move[1]),
	}, true
}

// trim returns the frame without the rows that the terminal shows already.
func (w *wideRows) trim(frame []byte) []byte {
	first := bytes.Index(frame, rowBegin)
	if first < 0 {
		w.shown = nil
		return frame
	}
	t := frameTrimmer{shown: w.shown, written: map[string]string{}, framePlain: true, terminalPlain: true}
	if shifts := shiftRows.FindAllIndex(frame, -1); len(shifts) > 0 {
		t.shown = nil
		if shifts[len(shifts)-1][0] > first { // not seen so far: rows are shifted before they are written
			w.shown = nil
			return frame
		}
	}
	t.run(frame)
	w.shown = t.written
	return t.out.Bytes()
}

type frameTrimmer struct {
	shown, written map[string]string
	out            bytes.Buffer
	// removed is the row that was removed last. Its effect on cursor and pen is written before anything else.
	removed *wideRow
	// framePlain says that the pen is plain after the frame so far, terminalPlain that it is so after the trimmed output.
	framePlain, terminalPlain bool
}

func (t *frameTrimmer) run(frame []byte) {
	for len(frame) > 0 {
		next := bytes.Index(frame, rowBegin)
		if next < 0 {
			next = len(frame)
		}
		t.write(frame[:next])
		frame = frame[next:]
		row, ok := readWideRow(frame)
		if !ok {
			next = min(len(rowBegin), len(frame))
			t.write(frame[:next])
			frame = frame[next:]
			continue
		}
		t.writeRow(row)
		frame = frame[len(row.bytes):]
	}
	t.finishRemoved(false)
}

// writeRow writes or removes a row. What its bytes draw depends on the pen, so it is compared only if that is plain before.
func (t *frameTrimmer) writeRow(row wideRow) {
	plain := isPlainAfter(row.head, t.framePlain)
	if plain && t.shown[row.number] == string(row.text) {
		t.removed = &row
		t.framePlain = isPlainAfter(row.text, true)
	} else if tail := row.tailAfter(t.shown[row.number]); plain && tail != nil {
		t.write(tail)
	} else {
		t.write(row.bytes)
	}
	if plain {
		t.written[row.number] = string(row.text)
	}
}

// minGap is the length of a gap, in spaces. A terminal may count half of it differently.
const minGap = 4

// tailAfter returns what writes the part of the row that differs from what is shown, if there is a gap before it, and it is
// certain where that is. It returns nil if all of the row is to be written. The pen must be plain before.
func (r *wideRow) tailAfter(shown string) []byte {
	same := 0
	for same < min(len(shown), len(r.text)) && shown[same] == r.text[same] {
		same++
	}
	end := bytes.LastIndex(r.text[:same], bytes.Repeat([]byte(" "), minGap)) + minGap
	if end < len(rowErase)+minGap {
		return nil
	}
	cut := end - minGap/2
	before := penChange.ReplaceAll(r.text[len(rowErase):cut], nil)
	width := ansi.StringWidth(string(before))
	if !isPlainAfter(r.text[:cut], true) || bytes.ContainsFunc(before, unicode.IsControl) || width != ansi.StringWidthWc(string(before)) {
		return nil
	}
	move := append([]byte(ansi.CursorHorizontalAbsolute(width+1)), rowErase...)
	return slices.Concat(rowBegin, r.head, move, r.text[cut:], rowEnd, r.move)
}

func (t *frameTrimmer) write(b []byte) {
	if len(b) == 0 {
		return
	}
	if resetAndMove.Match(b) {
		t.removed = nil
	}
	t.finishRemoved(bytes.HasPrefix(b, penReset))
	t.out.Write(b)
	t.framePlain = isPlainAfter(b, t.framePlain)
	t.terminalPlain = t.framePlain
}

// finishRemoved sets cursor and pen to what the removed row would have left; the pen only if it isn't reset next.
func (t *frameTrimmer) finishRemoved(penIsResetNext bool) {
	if t.removed == nil {
		return
	}
	if !penIsResetNext {
		t.setPen(t.removed.text)
	}
	t.out.Write(t.removed.move)
	t.removed = nil
}

func (t *frameTrimmer) setPen(text []byte) {
	if !t.terminalPlain {
		t.out.Write(penReset)
	}
	text = text[max(bytes.LastIndex(text, penReset), 0):]
	for _, change := range penChange.FindAll(text, -1) {
		if !bytes.Equal(change, penReset) {
			t.out.Write(change)
		}
	}
	t.terminalPlain = t.framePlain
}

func isPlainAfter(b []byte, before bool) bool {
	changes := penChange.FindAll(b, -1)
	if len(changes) == 0 {
		return before
	}
	return bytes.Equal(changes[len(changes)-1], penReset)
}
