//go:build unix

package main

import (
	"cmp"
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// The measures of a picture, in its own units: a cell, the font in it, where its baseline is, and the rim around all cells.
const (
	cellWidth  = 8.4
	cellHeight = 18
	fontSize   = 14
	baseline   = 13
	rim        = 12
)

// The colours of the terminal in the pictures: its ground and its ink, the edge that sets it off from a page of whatever
// colour, and the sixteen that programs ask for by number.
const (
	pictureGround = "#14181f"
	pictureInk    = "#d6dbe2"
	pictureEdge   = "#4a5462"
)

var sixteen = [16]string{
	"#14181f", "#c4383d", "#6fae4f", "#c9a24a", "#4f86d9", "#a86cc4", "#3fa3ad", "#c5cbd4",
	"#5c6675", "#ff6b6b", "#8fd16f", "#f0c75e", "#79a8f5", "#cf92ea", "#62d0d8", "#ffffff",
}

// svg draws cells as a picture that needs nothing but itself: text stays text, in whatever font of fixed width the reader
// has, and is held to the width of its cells. Lines of boxes are drawn, since fonts leave gaps in them.
type svg struct {
	cells uv.ScreenBuffer
	out   strings.Builder
}

func drawSVG(cells uv.ScreenBuffer, about string) string {
	s := &svg{cells: cells}
	size := cells.Bounds().Size()
	width, height := float64(size.X)*cellWidth+2*rim, float64(size.Y)*cellHeight+2*rim
	fmt.Fprintf(&s.out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.1f %.1f" width="%.0f" role="img">`+"\n", width, height, width)
	fmt.Fprintf(&s.out, "<title>%s</title>\n", html.EscapeString(about))
	fmt.Fprintf(&s.out, `<rect x="1" y="1" width="%.1f" height="%.1f" rx="8" fill="%s" stroke="%s"/>`+"\n", width-2, height-2, pictureGround, pictureEdge)
	fmt.Fprintf(&s.out, `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="%d" fill="%s">`+"\n", fontSize, pictureInk)
	for y := range size.Y {
		s.row(y)
	}
	s.out.WriteString("</g>\n</svg>\n")
	return s.out.String()
}

// span is a stretch of cells of a row that look the same.
type span struct {
	x, y, width int
	text        string
	style       uv.Style
}

// row draws a row, stretch by stretch. What is as wide as two cells, or a cluster of characters, stands for itself, so that
// no font can push what comes after it.
func (s *svg) row(y int) {
	var now span
	for x := 0; x < s.cells.Bounds().Dx(); {
		cell := s.cells.CellAt(x, y)
		if cell == nil {
			cell = &uv.EmptyCell
		}
		width := max(cell.Width, 1)
		next := span{x: x, y: y, width: width, text: cell.Content, style: cell.Style}
		if next.text == "" {
			next.text = " "
		}
		if now.plain() && next.plain() && now.style.Equal(&next.style) && now.x+now.width == x {
			now.text += next.text
			now.width += width
		} else {
			s.span(now)
			now = next
		}
		x += width
	}
	s.span(now)
}

// plain says that the text of a stretch can be lengthened: it takes a cell for each character, and is none that is drawn.
func (p span) plain() bool {
	return p.text != "" && p.width == len([]rune(p.text)) && !strings.ContainsFunc(p.text, func(r rune) bool { return strokes(r) != "" })
}

// span draws a stretch: its ground, then its text word by word where there is more than a space between them.
func (s *svg) span(p span) {
	ink, ground := inkOf(p.style.Fg), ""
	if p.style.Bg != nil {
		ground = inkOf(p.style.Bg)
	}
	if p.style.Attrs&uv.AttrReverse != 0 {
		ink, ground = cmp.Or(ground, pictureGround), cmp.Or(ink, pictureInk)
	}
	if ground != "" && p.width > 0 {
		fmt.Fprintf(&s.out, `<rect x="%s" y="%s" width="%s" height="%d" fill="%s"/>`+"\n", at(p.x), down(p.y), units(float64(p.width)*cellWidth), cellHeight, ground)
	}
	look := lookOf(p.style, ink)
	if d := strokes([]rune(p.text + " ")[0]); d != "" {
		fmt.Fprintf(&s.out, `<path transform="translate(%s %s)" d="%s" stroke="%s" fill="none"%s/>`+"\n", at(p.x), down(p.y), d, cmp.Or(ink, pictureInk), faintly(p.style))
		return
	}
	x := p.x
	for _, words := range strings.SplitAfter(p.text, "  ") {
		trimmed := strings.Trim(words, " ")
		if trimmed != "" {
			lead := len(words) - len(strings.TrimLeft(words, " "))
			s.text(span{x: x + lead, y: p.y, width: p.width - len([]rune(p.text)) + len([]rune(trimmed)), text: trimmed}, look)
		}
		x += len([]rune(words))
	}
}

func (s *svg) text(p span, look string) {
	length := ""
	if p.width > 1 {
		length = fmt.Sprintf(` textLength="%s"`, units(float64(p.width)*cellWidth))
	}
	fmt.Fprintf(&s.out, `<text x="%s" y="%s"%s%s>%s</text>`+"\n", at(p.x), units(rim+float64(p.y)*cellHeight+baseline), length, look, html.EscapeString(p.text))
}

func at(x int) string   { return units(rim + float64(x)*cellWidth) }
func down(y int) string { return units(rim + float64(y)*cellHeight) }

// units writes a measure without needless digits.
func units(f float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", f), ".0")
}

// inkOf is a colour as a page writes it; empty where it is the terminal's own.
func inkOf(c color.Color) string {
	switch c := c.(type) {
	case nil:
		return ""
	case ansi.BasicColor:
		return sixteen[c]
	case ansi.IndexedColor:
		if int(c) < len(sixteen) {
			return sixteen[c]
		}
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

func lookOf(style uv.Style, ink string) string {
	look := faintly(style)
	if ink != "" {
		look += fmt.Sprintf(` fill="%s"`, ink)
	}
	if style.Attrs&uv.AttrBold != 0 {
		look += ` font-weight="700"`
	}
	if style.Underline != 0 {
		look += ` text-decoration="underline"`
	}
	return look
}

func faintly(style uv.Style) string {
	if style.Attrs&uv.AttrFaint != 0 {
		return ` opacity=".65"`
	}
	return ""
}

// strokes is how a character of a box is drawn, from the upper left corner of its cell; empty for what is text.
func strokes(r rune) string {
	const (
		left, right = "M0 9H4.2", "M4.2 9H8.4"
		up, down    = "M4.2 0V9", "M4.2 9V18"
	)
	lines := map[rune][]string{
		'─': {left, right}, '│': {up, down}, '┌': {right, down}, '┐': {left, down}, '└': {right, up}, '┘': {left, up},
		'▏': {"M1 0V18"}, '▌': {"M1 0V18M2 0V18M3 0V18M4 0V18"},
	}
	return strings.Join(lines[r], "")
}
