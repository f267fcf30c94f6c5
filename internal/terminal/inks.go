package terminal

import uv "github.com/charmbracelet/ultraviolet"

// ink is the number of a style: comparing numbers takes a tenth of the time that comparing styles does. It is above 0.
type ink int32

const (
	// maxInks bounds the styles that are numbered, and maxCharacters the characters that are kept. A screen has a few dozen of both.
	maxInks       = 4096
	maxCharacters = 4096
)

// inks numbers styles, and keeps what is known of characters.
type inks struct {
	numbers    map[uv.Style]ink
	last       ink // the newest number
	pen, space ink // the numbers of the current pen and of a space written with it; 0 if they are not known yet
	characters map[string]character
	changes    map[[2]ink]string
}

type character struct {
	text    string
	certain bool // all terminals count its columns alike
}

func newInks() inks {
	return inks{numbers: map[uv.Style]ink{}, characters: map[string]character{}, changes: map[[2]ink]string{}}
}

// number returns the number of a style. Numbers are never used again, so a cell can't be mistaken for one of another style.
func (k *inks) number(style uv.Style) ink {
	n := k.numbers[style]
	if n == 0 {
		if len(k.numbers) >= maxInks {
			clear(k.numbers)
		}
		k.last++
		n = k.last
		k.numbers[style] = n
	}
	return n
}

// of returns the number of the current pen, which must not have changed since the last call of changed.
func (k *inks) of(pen *uv.Style) ink {
	if k.pen == 0 {
		k.pen = k.number(*pen)
	}
	return k.pen
}

// ofSpace returns the number for a space written with the pen.
func (k *inks) ofSpace(pen *uv.Style) ink {
	if k.space == 0 {
		k.space = k.number(styleOfSpace(*pen))
	}
	return k.space
}

// change returns the sequence that changes a pen, with its number, to the current one.
func (k *inks) change(from, to *uv.Style, number ink) string {
	pair := [2]ink{number, k.of(to)}
	sequence, known := k.changes[pair]
	if !known {
		if len(k.changes) >= maxInks {
			clear(k.changes)
		}
		sequence = uv.StyleDiff(from, to)
		k.changes[pair] = sequence
	}
	return sequence
}

// changed notes that the pen has changed.
func (k *inks) changed() { k.pen, k.space = 0, 0 }

// styleOfSpace returns what can be seen of a style in a space.
func styleOfSpace(pen uv.Style) uv.Style {
	if pen.Underline == 0 && pen.Attrs&(uv.AttrReverse|uv.AttrStrikethrough) == 0 {
		return uv.Style{Bg: pen.Bg}
	}
	return pen
}

// character returns a character as text, and whether all terminals count its columns alike.
func (k *inks) character(b []byte, width int) (text string, certain bool) {
	if len(b) == 1 {
		return string(b), width == 1
	}
	known, ok := k.characters[string(b)]
	if !ok {
		if len(k.characters) >= maxCharacters {
			clear(k.characters)
		}
		known = character{string(b), isCertain(b, width)}
		k.characters[known.text] = known
	}
	return known.text, known.certain
}

// readPen reads the parameters of the sequence as changes of the pen.
func (u *unchanged) readPen() {
	uv.ReadStyle(u.parser.Params(), &u.frame.pen)
	u.inks.changed()
}
