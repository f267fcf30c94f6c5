package ui

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// The light border in modules. The standard asks for four. Phones make do with two, and with four a connect link would
// not fit into 24 lines.
const (
	qrQuiet      = 4
	qrLeastQuiet = 2
)

// The look of a QR code. A scanner wants dark modules on a light ground, and a program cannot know whether the ground of
// a terminal is light. So it says both colours, the same in every theme: black ink on bright white. It says it in
// reverse, as white on black turned around, for NO_COLOR: then the colours are dropped and the reversing stays, and on
// a dark terminal, which most are, the ground is light again. On a light one without colours the code comes out
// light on dark, which phones of today read as well.
const (
	qrOn  = "\x1b[7;97;40m"
	qrOff = "\x1b[m"
)

// QRCode is a text as a QR code, two modules to a cell, one above the other.
type QRCode struct {
	code *qr.Code
}

// NewQRCode encodes a text with the lowest level of correction: on a screen nothing is torn, and a long link has to fit. It
// fails for a text beyond 2,953 bytes.
func NewQRCode(text string) (QRCode, error) {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return QRCode{}, fmt.Errorf("QR code of %d bytes: %w", len(text), err)
	}
	return QRCode{code}, nil
}

// Size is what the code needs in cells, with the smallest border that it is drawn with.
func (q QRCode) Size() (width, height int) { return q.size(qrLeastQuiet) }

func (q QRCode) size(quiet int) (width, height int) {
	if q.code == nil {
		return 0, 0
	}
	n := q.code.Size + 2*quiet
	return n, (n + 1) / 2
}

// Fits says whether the whole code has room in f: a part of it is of no use to anybody.
func (q QRCode) Fits(f Frame) bool { return q.fits(f, qrLeastQuiet) }

func (q QRCode) fits(f Frame, quiet int) bool {
	w, h := q.size(quiet)
	return w <= f.Width && h <= f.Height
}

// View draws the code at the left of f, or says how much room it needs.
func (q QRCode) View(f Frame) string {
	if !q.Fits(f) {
		w, h := q.Size()
		need := fmt.Sprintf("Too small for the QR code: it needs %d×%d, here are %d×%d.", w, h, f.Width, f.Height)
		lines := Line{Styled(RoleWarn, need)}.ViewWrapped(f)
		return strings.Join(lines[:min(len(lines), max(f.Height, 0))], "\n")
	}
	quiet := qrQuiet
	for !q.fits(f, quiet) {
		quiet--
	}
	w, h := q.size(quiet)
	lines := make([]string, h)
	for y := range lines {
		lines[y] = qrOn + q.line(2*y-quiet, quiet, w) + qrOff
	}
	return strings.Join(lines, "\n")
}

// line is two rows of modules: ink is dark, the ground is light.
func (q QRCode) line(y, quiet, width int) string {
	var b strings.Builder
	for x := range width {
		above, below := q.code.Black(x-quiet, y), q.code.Black(x-quiet, y+1)
		switch {
		case above && below:
			b.WriteString("█")
		case above:
			b.WriteString("▀")
		case below:
			b.WriteString("▄")
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}
