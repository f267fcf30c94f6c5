// Package ui has what all widgets draw with (frame, theme, sanitized text, layout) and the small widgets. It knows
// nothing of Nango. Untrusted text must be a [Text] before it is drawn, and only the sanitizer makes one.
package ui

import (
	"time"

	"github.com/charmbracelet/x/ansi"
)

// Frame is what a view needs for drawing: size, colors and the current time. Drawing uses no clock.
type Frame struct {
	Width, Height int
	Theme         *Theme
	// Clusters is true if the terminal measures grapheme clusters (mode 2027). Bubble Tea's renderer does the same
	// then, and so does the layout. Otherwise each code point has its own width.
	Clusters bool
	// Now is the current time, for ages.
	Now time.Time
	// Mask replaces secrets in a text. Nil masks nothing.
	Mask func(string) string
	// Keys returns the key of an action by its id, or "". Nil knows no keys.
	Keys func(action string) string
	// BlockedReason says why an operation, by its name, cannot be sent now; "" if it can. Nil means that nothing is blocked.
	BlockedReason func(operation string) string
	// OnlyEsc means that all keys but esc are dropped for the moment, because what is drawn asks something and was not seen yet.
	OnlyEsc bool
	// Position gets the place of the cursor, see [Frame.ShowPosition]. Nil if nothing shows it.
	Position *Position
}

// Sized returns f with another size.
func (f Frame) Sized(width, height int) Frame {
	f.Width, f.Height = max(width, 0), max(height, 0)
	return f
}

// method is how the renderer measures text.
func (f Frame) method() ansi.Method {
	if f.Clusters {
		return ansi.GraphemeWidth
	}
	return ansi.WcWidth
}

// StringWidth returns the number of cells that a drawn line takes on the terminal.
func (f Frame) StringWidth(line string) int { return f.method().StringWidth(line) }

// Truncate cuts a drawn line to cells cells.
func (f Frame) Truncate(line string, cells int) string { return f.method().Truncate(line, cells, "") }

// Text masks and sanitizes untrusted text.
func (f Frame) Text(s string) Text {
	if f.Mask != nil {
		s = f.Mask(s)
	}
	return Clean(s)
}

// Styled returns a cell of untrusted text, see [Frame.Text].
func (f Frame) Styled(role Role, s string) Cell { return Cell{f.Text(s), role} }
