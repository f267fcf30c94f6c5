//go:build unix

package e2e

import (
	"cmp"
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// The sizes in a picture: a cell, its font and baseline, and the margin around all cells.
const (
	cellWidth  = 8.4
	cellHeight = 18
	fontSize   = 14
	baseline   = 13
	margin     = 12
)

// terminalColors are the colors of the terminal in a picture: background, text, the border against a page of any color, and the
// palette colors with numbers.
type terminalColors struct {
	background, text, border string
	palette                  [16]string
}

// pictureColors has the colors of a terminal for each theme that pictures are drawn in.
var pictureColors = map[string]*terminalColors{
	"dark": {"#14181f", "#d6dbe2", "#4a5462", [16]string{
		"#14181f", "#c4383d", "#6fae4f", "#c9a24a", "#4f86d9", "#a86cc4", "#3fa3ad", "#c5cbd4",
		"#5c6675", "#ff6b6b", "#8fd16f", "#f0c75e", "#79a8f5", "#cf92ea", "#62d0d8", "#ffffff",
	}},
	"light": {"#fbfcfd", "#1f2630", "#aab4c0", [16]string{
		"#1f2630", "#b3262b", "#2f7a1f", "#8a6100", "#2458b3", "#8a3fb0", "#0e7078", "#c5cbd4",
		"#5c6675", "#c4383d", "#3c8f28", "#a67c00", "#3b72d1", "#a155c9", "#1a8791", "#ffffff",
	}},
}

// svg draws cells as a picture without dependencies: text stays text, in any monospaced font of the reader, scaled to the
// width of its cells. Box characters are drawn as lines, because fonts leave gaps between them.
type svg struct {
	cells  uv.ScreenBuffer
	colors *terminalColors
	out    strings.Builder
}

func drawSVG(cells uv.ScreenBuffer, colors *terminalColors, about string) string {
	s := &svg{cells: cells, colors: colors}
	size := cells.Bounds().Size()
	width, height := float64(size.X)*cellWidth+2*margin, float64(size.Y)*cellHeight+2*margin
	fmt.Fprintf(&s.out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.1f %.1f" width="%.0f" role="img">`+"\n", width, height, width)
	fmt.Fprintf(&s.out, "<title>%s</title>\n", html.EscapeString(about))
	fmt.Fprintf(&s.out, `<rect x="1" y="1" width="%.1f" height="%.1f" rx="8" fill="%s" stroke="%s"/>`+"\n", width-2, height-2,
		colors.background, colors.border)
	fmt.Fprintf(&s.out, `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" `+
		`font-size="%d" fill="%s">`+"\n", fontSize, colors.text)
	for y := range size.Y {
		s.row(y)
	}
	s.out.WriteString("</g>\n</svg>\n")
	return s.out.String()
}

// span is a part of a row whose cells have the same style.
type span struct {
	x, y, width int
	text        string
	style       uv.Style
}

// row draws a row span by span. A character of two cells and a grapheme cluster are spans of their own, so that no font
// can move what follows.
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
		if s.isBlankAfter(now, next) {
			next.style = now.style
		}
		if now.canGrow() && next.canGrow() && now.style.Equal(&next.style) && now.x+now.width == x {
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

// isBlankAfter reports whether a cell is a space that looks the same in the style before it. Which of them it has depends on what
// was drawn there before.
func (s *svg) isBlankAfter(before, next span) bool {
	isSurface := func(style uv.Style) bool {
		return style.Attrs&(uv.AttrReverse|uv.AttrStrikethrough) == 0 && style.Underline == ansi.UnderlineNone
	}
	return next.text == " " && before.text != "" && isSurface(before.style) && isSurface(next.style) &&
		s.colors.hex(before.style.Bg) == s.colors.hex(next.style.Bg)
}

// canGrow reports whether text can be appended to the span: each character takes one cell, and none is drawn as a line.
func (p span) canGrow() bool {
	return p.text != "" && p.width == len([]rune(p.text)) && !strings.ContainsFunc(p.text, func(r rune) bool { return strokes(r) != "" })
}

// span draws a span: its background, then its words, which are separate if there are two spaces between them.
func (s *svg) span(p span) {
	foreground, background := s.colors.hex(p.style.Fg), s.colors.hex(p.style.Bg)
	if p.style.Attrs&uv.AttrReverse != 0 {
		foreground, background = cmp.Or(background, s.colors.background), cmp.Or(foreground, s.colors.text)
	}
	if background != "" && p.width > 0 {
		fmt.Fprintf(&s.out, `<rect x="%s" y="%s" width="%s" height="%d" fill="%s"/>`+"\n", at(p.x), down(p.y),
			units(float64(p.width)*cellWidth), cellHeight, background)
	}
	attributes := styleAttributes(p.style, foreground)
	if d := strokes([]rune(p.text + " ")[0]); d != "" {
		fmt.Fprintf(&s.out, `<path transform="translate(%s %s)" d="%s" stroke="%s" fill="none"%s/>`+"\n", at(p.x), down(p.y), d,
			cmp.Or(foreground, s.colors.text), opacity(p.style))
		return
	}
	x := p.x
	for _, words := range strings.SplitAfter(p.text, "  ") {
		trimmed := strings.Trim(words, " ")
		if trimmed != "" {
			lead := len(words) - len(strings.TrimLeft(words, " "))
			s.text(span{x: x + lead, y: p.y, width: p.width - len([]rune(p.text)) + len([]rune(trimmed)), text: trimmed}, attributes)
		}
		x += len([]rune(words))
	}
}

func (s *svg) text(p span, attributes string) {
	length := ""
	if p.width > 1 {
		length = fmt.Sprintf(` textLength="%s"`, units(float64(p.width)*cellWidth))
	}
	fmt.Fprintf(&s.out, `<text x="%s" y="%s"%s%s>%s</text>`+"\n", at(p.x), units(margin+float64(p.y)*cellHeight+baseline), length,
		attributes, html.EscapeString(p.text))
}

func at(x int) string   { return units(margin + float64(x)*cellWidth) }
func down(y int) string { return units(margin + float64(y)*cellHeight) }

// units formats a size without needless digits.
func units(f float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", f), ".0")
}

// hex returns a color in hexadecimal, or "" for the default color of the terminal.
func (t *terminalColors) hex(c color.Color) string {
	switch c := c.(type) {
	case nil:
		return ""
	case ansi.BasicColor:
		return t.palette[c]
	case ansi.IndexedColor:
		if int(c) < len(t.palette) {
			return t.palette[c]
		}
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

func styleAttributes(style uv.Style, ink string) string {
	attributes := opacity(style)
	if ink != "" {
		attributes += fmt.Sprintf(` fill="%s"`, ink)
	}
	if style.Attrs&uv.AttrBold != 0 {
		attributes += ` font-weight="700"`
	}
	if style.Underline != 0 {
		attributes += ` text-decoration="underline"`
	}
	return attributes
}

func opacity(style uv.Style) string {
	if style.Attrs&uv.AttrFaint != 0 {
		return ` opacity=".65"`
	}
	return ""
}

// strokes returns the path of a box character, from the upper left corner of its cell, or "" for other characters.
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
