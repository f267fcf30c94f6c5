package functions

import (
	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// annotatedCode shows the code of a local file, with the lines that an error names marked.
type annotatedCode struct {
	screen.Base
	file      *file
	locations []errorLocation
	line      int // the line to start at; 0 for the first location
	pane      codePane
}

func newAnnotatedCode(code *file, faults []errorLocation, at int) *annotatedCode {
	if at == 0 && len(faults) > 0 {
		at = faults[0].line
	}
	return &annotatedCode{file: code, locations: faults, line: at}
}

func (s *annotatedCode) Title() string { return s.file.name() }

// Open shows the code as it was sent.
func (s *annotatedCode) Open(t *screen.Turn) {
	s.pane.setText(t, s.file.text, func(*screen.Turn) {
		for _, one := range s.locations {
			s.pane.view.Mark(one.line, one.message)
		}
		s.pane.view.GoTo(s.line)
	})
}

func (s *annotatedCode) Typing() bool { return s.pane.typing() }

func (s *annotatedCode) Update(_ *screen.Turn, msg tea.Msg) { s.pane.update(msg) }

func (s *annotatedCode) Actions() []screen.Action { return s.pane.actions() }

func (s *annotatedCode) View(f ui.Frame) string {
	if s.pane.view == nil {
		return screen.Loading(f, "Preparing the code")
	}
	return s.pane.view.View(f)
}
