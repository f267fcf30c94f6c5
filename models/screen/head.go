package screen

import "nango-tui/ui"

// Counts returns the number of rows, such as "1,204 providers, 12 shown". Noun is what one row is, such as "provider".
func (l *List[R, K]) Counts(noun string) ui.Line {
	all, shown := l.Table.Len(), l.Table.Shown()
	line := ui.Line{ui.Styled(ui.RoleStrong, " "+ui.Count(all).String()), ui.Styled(ui.RoleMuted, " "+ui.PluralNoun(all, noun))}
	if shown != all {
		line = append(line, ui.Styled(ui.RoleMuted, ", "), ui.Styled(ui.RoleStrong, ui.Count(shown).String()), ui.Styled(ui.RoleMuted, " shown"))
	}
	return line
}

// Head is the lines above the rows of a list: the number of rows, and notes about them.
type Head struct {
	f     ui.Frame
	lines []ui.Line
}

// NewHead returns a head whose first line is counts.
func NewHead(f ui.Frame, counts ui.Line) *Head { return &Head{f: f, lines: []ui.Line{counts}} }

// Say adds a sentence, wrapped. It may contain untrusted text.
func (h *Head) Say(role ui.Role, text string) {
	for _, part := range (ui.Line{h.f.Styled(role, text)}).Wrap(max(h.f.Width-1, 1)) {
		h.lines = append(h.lines, append(ui.Line{ui.Styled(ui.RoleText, " ")}, part...))
	}
}

// Lines returns the lines, cut so that a small screen has room for rows.
func (h *Head) Lines() []ui.Line { return h.lines[:min(len(h.lines), 2+h.f.Height/3)] }
