package ui

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// The border in modules. The standard requires four; phones accept two. With four, a connect link exceeds 24 lines.
const (
	qrQuiet      = 4
	qrLeastQuiet = 2
)

// A scanner needs dark modules on a light background, and the background of a terminal is unknown. So the code is drawn
// in black on bright white, as reversed white on black: under NO_COLOR only the reversing remains, which is right on
// dark terminals. On light ones without colors the code is inverted, which today's phones read, too.
const (
	qrOn  = "\x1b[7;97;40m"
	qrOff = "\x1b[m"
)

// QRCode is a QR code, drawn with two modules per cell, one above the other.
type QRCode struct {
	code *qr.Code
}

// NewQRCode encodes a text with the lowest error correction, so that a long link fits. It fails above 2,953 bytes.
func NewQRCode(text string) (QRCode, error) {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return QRCode{}, fmt.Errorf("QR code of %d bytes: %w", len(text), err)
	}
	return QRCode{code}, nil
}

// Size returns the minimum size in cells.
func (q QRCode) Size() (width, height int) { return q.size(qrLeastQuiet) }

func (q QRCode) size(quiet int) (width, height int) {
	if q.code == nil {
		return 0, 0
	}
	n := q.code.Size + 2*quiet
	return n, (n + 1) / 2
}

// Fits reports whether the whole code fits into f.
func (q QRCode) Fits(f Frame) bool { return q.fits(f, qrLeastQuiet) }

func (q QRCode) fits(f Frame, quiet int) bool {
	w, h := q.size(quiet)
	return w <= f.Width && h <= f.Height
}

// View draws the code, or says how much room it needs.
func (q QRCode) View(f Frame) string {
	if !q.Fits(f) {
		w, h := q.Size()
		need := fmt.Sprintf(textTooSmallForQR, w, h, f.Width, f.Height)
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
