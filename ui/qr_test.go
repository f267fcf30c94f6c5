package ui

import (
	"image"
	"image/color"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

const qrLink = "https://connect.nango.dev/?session_token=" +
	"nango_connect_session_4f0c19a7d2be83f1560c9b8e7d6a5f4c3b2a190817263544f3e2d1c0b9a88776"

// qrTerminal has the colors of a terminal, and whether it shows colors.
type qrTerminal struct {
	name        string
	ink, ground color.Gray
	colors      bool
}

var (
	qrBlack = color.Gray{}
	qrWhite = color.Gray{Y: 255}
	// A light and a dark terminal, with colors and under NO_COLOR.
	terminals = []qrTerminal{
		{"dark", qrWhite, qrBlack, true}, {"light", qrBlack, qrWhite, true},
		{"dark without colors", qrWhite, qrBlack, false}, {"light without colors", qrBlack, qrWhite, false},
	}
)

// paint returns the picture that a phone would see. A cell is two modules high.
func (t qrTerminal) paint(drawn string, width, height int) image.Image {
	const scale = 4
	screen := uv.NewScreenBuffer(width+20, height+10)
	uv.NewStyledString(drawn).Draw(screen, screen.Bounds())
	picture := image.NewGray(image.Rect(0, 0, (width+20)*scale, 2*(height+10)*scale))
	for y := range 2 * (height + 10) * scale {
		for x := range (width + 20) * scale {
			cell := screen.CellAt(x/scale, y/scale/2)
			picture.SetGray(x, y, t.shade(cell, y/scale%2 == 1))
		}
	}
	return picture
}

// shade returns the color of the upper or lower half of a cell.
func (t qrTerminal) shade(cell *uv.Cell, lower bool) color.Gray {
	ink, ground := t.ink, t.ground
	if t.colors && cell.Style.Fg != nil {
		ink = grey(cell.Style.Fg)
	}
	if t.colors && cell.Style.Bg != nil {
		ground = grey(cell.Style.Bg)
	}
	if cell.Style.Attrs&uv.AttrReverse != 0 {
		ink, ground = ground, ink
	}
	switch {
	case cell.Content == "█", cell.Content == "▀" && !lower, cell.Content == "▄" && lower:
		return ink
	}
	return ground
}

func grey(c color.Color) color.Gray { return color.GrayModel.Convert(c).(color.Gray) }

func TestQRCodeIsReadable(t *testing.T) {
	for _, text := range []string{qrLink, "https://x.io/a", "株式会社 " + qrLink} {
		q, err := NewQRCode(text)
		if err != nil {
			t.Fatal(err)
		}
		w, h := q.Size()
		for _, f := range []Frame{testFrame(w, h), testFrame(100, 50)} {
			for _, term := range terminals {
				got, err := scan(term.paint(q.View(f), 100, 50))
				if err != nil || got != text {
					t.Errorf("on a %s terminal it reads %q, %v, want %q", term.name, got, err, text)
				}
			}
		}
	}
}

// scan reads a code that is dark on light or inverted, like a phone.
func scan(picture image.Image) (string, error) {
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	source := gozxing.NewLuminanceSourceFromImage(picture)
	var fault error
	for _, s := range []gozxing.LuminanceSource{source, gozxing.NewInvertedLuminanceSource(source)} {
		bitmap, err := gozxing.NewBinaryBitmap(gozxing.NewHybridBinarizer(s))
		if err != nil {
			return "", err
		}
		result, err := qrcode.NewQRCodeReader().Decode(bitmap, hints)
		if err == nil {
			return result.GetText(), nil
		}
		fault = err
	}
	return "", fault
}

func TestQRCodeIsDarkOnLight(t *testing.T) {
	q, err := NewQRCode(qrLink)
	if err != nil {
		t.Fatal(err)
	}
	w, h := q.Size()
	for _, term := range terminals[:3] {
		picture := term.paint(q.View(testFrame(w, h)), w, h)
		if corner := picture.At(0, 0); corner != qrWhite {
			t.Errorf("%s: the border is %v, want it light", term.name, corner)
		}
	}
}

func TestQRCodeTooSmall(t *testing.T) {
	q, err := NewQRCode(qrLink)
	if err != nil {
		t.Fatal(err)
	}
	if w, h := q.Size(); w != 45 || h != 23 {
		t.Errorf("a link takes %d×%d", w, h)
	}
	f := testFrame(60, 15)
	if out := q.View(f); q.Fits(f) || !strings.Contains(out, "needs 45×23 cells, has 60×15") {
		t.Errorf("in 60×15 it draws %q", out)
	}
	if _, err := NewQRCode(strings.Repeat("x", 3000)); err == nil || strings.Contains(err.Error(), "xxx") {
		t.Errorf("a text that is too long: %v", err)
	}
	if out := (QRCode{}).View(testFrame(10, 10)); out != "" {
		t.Errorf("no code draws %q", out)
	}
}
