package ui

import (
	"time"

	"github.com/charmbracelet/x/ansi"
)

// Frame is what a view is drawn into: its size in cells, its colours, and the moment it is drawn at, so that
// drawing needs no clock.
type Frame struct {
	Width, Height int
	Theme         *Theme
	// Clusters says that the terminal, asked about mode 2027, counts a cluster of characters as one: then Bubble Tea's
	// renderer does, too, and columns are laid out by it. Otherwise each code point has its own width.
	Clusters bool
	// Now is the time that ages are counted from.
	Now time.Time
	// Mask replaces secrets in a text. Nil masks nothing.
	Mask func(string) string
	// Keys is the key that stands for an action, by the action's id; empty where it has none. Nil knows none.
	Keys func(action string) string
	// BlockedReason is why a request of a kind cannot be sent now, by the name of its operation; empty where it can. Nil knows of none.
	BlockedReason func(operation string) string
}

// Sized is the same frame with another size.
func (f Frame) Sized(width, height int) Frame {
	f.Width, f.Height = max(width, 0), max(height, 0)
	return f
}

// method is how the renderer counts cells.
func (f Frame) method() ansi.Method {
	if f.Clusters {
		return ansi.GraphemeWidth
	}
	return ansi.WcWidth
}

// StringWidth is how wide the terminal draws a line that has been drawn into f.
func (f Frame) StringWidth(line string) int { return f.method().StringWidth(line) }

// Truncate cuts a line that has been drawn into f to cells cells.
func (f Frame) Truncate(line string, cells int) string { return f.method().Truncate(line, cells, "") }

// Text makes a stranger's text fit to be drawn: secrets masked, then made plain.
func (f Frame) Text(s string) Text {
	if f.Mask != nil {
		s = f.Mask(s)
	}
	return Clean(s)
}

// Styled is a cell of a stranger's text, as [Frame.Text] makes it.
func (f Frame) Styled(role Role, s string) Cell { return Cell{f.Text(s), role} }
