package functions

import (
	"nango-tui/models/screen"
	"nango-tui/ui"
)

// annotatedCode shows the code of a local file, with the lines that an error names marked.
type annotatedCode struct {
	codePane
	file      *file
	locations []errorLocation
	line      int // the line to start at; 0 for the first location
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
	s.setText(t, s.file.text, func() {
		for _, one := range s.locations {
			s.view.Mark(one.line, one.message)
		}
		s.view.GoTo(s.line)
	})
}

func (s *annotatedCode) View(f ui.Frame) string {
	if s.view == nil {
		return screen.Loading(f, "Preparing the code")
	}
	return s.view.View(f)
}
