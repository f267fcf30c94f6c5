package screen

import (
	"cmp"
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
	advice := ""
	if known, ok := nango.AsError(err); ok {
		advice = known.Advice()
	}
	return state(f, f.Styled(ui.RoleBad, "✗ "+what+": "+err.Error()), f.Styled(ui.RoleText, advice),
		f.Styled(ui.RoleMuted, Hint(f, Refresh, "tries again")))
}

// Empty draws a load that found nothing: what is missing, and what to do about it.
func Empty(f ui.Frame, what string, advice ...string) string {
	paragraphs := []ui.Cell{f.Styled(ui.RoleStrong, what)}
	for _, text := range advice {
		paragraphs = append(paragraphs, f.Styled(ui.RoleText, text))
	}
	return state(f, paragraphs...)
}

// Loading draws a load without a value yet.
func Loading(f ui.Frame, what string) string { return state(f, f.Styled(ui.RoleMuted, what+" …")) }

// margin is the space to the left of the paragraphs of a state, in cells.
const margin = 2

// state draws a few paragraphs, with an empty line before each, cut to the height of the frame.
func state(f ui.Frame, paragraphs ...ui.Cell) string {
	var lines []string
	for _, p := range paragraphs {
		if p.Text.Empty() {
			continue
		}
		lines = append(lines, "")
		for _, line := range p.Text.Wrap(max(f.Width-2*margin, 1)) {
			lines = append(lines, strings.Repeat(" ", min(margin, f.Width/2))+f.Theme.Style(p.Role).Paint(line))
		}
	}
	return strings.Join(lines[:min(len(lines), max(f.Height, 0))], "\n")
}
