package screen

import (
	"cmp"
	"errors"
	"strings"

	"nango-tui/nango"
	"nango-tui/ui"
)

// Key returns the key of an action, to be named in a text; empty if it has none.
func Key(f ui.Frame, id ActionID) string {
	if f.Keys == nil {
		return ""
	}
	return f.Keys(string(id))
}

// BlockedReason returns why a request of the operation can't be sent now, to be shown in a form; empty if it can.
func BlockedReason(f ui.Frame, op nango.Operation) string {
	if f.BlockedReason == nil {
		return ""
	}
	return f.BlockedReason(string(op))
}

// Hint returns the key of an action and what it does: "n creates one". It is empty if the action has no key.
func Hint(f ui.Frame, id ActionID, does string) string {
	if key := Key(f, id); key != "" {
		return key + " " + does
	}
	return ""
}

// HintOrPalette is a [Hint] that names the palette if the action has no key.
func HintOrPalette(f ui.Frame, id ActionID, does string) string {
	return cmp.Or(Hint(f, id, does), "The palette "+does)
}

// Failure draws a load that failed: what failed and why, what to do, and the key that retries.
func Failure(f ui.Frame, what string, err error) string {
	v := &state{f: f}
	v.say(ui.RoleBad, "✗ "+what+": "+err.Error())
	var known *nango.Error
	if errors.As(err, &known) {
		v.say(ui.RoleText, known.Advice())
	}
	v.say(ui.RoleMuted, Hint(f, Refresh, "tries again"))
	return v.String()
}

// Empty draws a load that found nothing: what is missing, and what to do about it.
func Empty(f ui.Frame, what string, advice ...string) string {
	v := &state{f: f}
	v.say(ui.RoleStrong, what)
	for _, line := range advice {
		v.say(ui.RoleText, line)
	}
	return v.String()
}

// Loading draws a load without a value yet.
func Loading(f ui.Frame, what string) string {
	v := &state{f: f}
	v.say(ui.RoleMuted, what+" …")
	return v.String()
}

// state is a page of a few paragraphs, with an empty line before each.
type state struct {
	f     ui.Frame
	lines []string
}

// margin is the space to the left of the paragraphs, in cells.
const margin = 2

func (v *state) say(role ui.Role, text string) {
	if text == "" {
		return
	}
	v.lines = append(v.lines, "")
	style := v.f.Theme.Style(role)
	for _, line := range v.f.Text(text).Wrap(max(v.f.Width-2*margin, 1)) {
		v.lines = append(v.lines, strings.Repeat(" ", min(margin, v.f.Width/2))+style.Paint(line))
	}
}

// String is the page, cut to the height of the frame.
func (v *state) String() string {
	return strings.Join(v.lines[:min(len(v.lines), max(v.f.Height, 0))], "\n")
}
