package functions

import (
	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// markedCode is the code of a local file, with the lines that an error names marked.
type markedCode struct {
	screen.Base
	file   *file
	faults []fault
	at     int // the line to begin at; 0 for the first fault
	code   code
}

func newMarked(code *file, faults []fault, at int) *markedCode {
	if at == 0 && len(faults) > 0 {
		at = faults[0].line
	}
	return &markedCode{file: code, faults: faults, at: at}
}

// Title names the screen by the file.
func (s *markedCode) Title() string { return s.file.name() }

// Open shows the code as it was sent.
func (s *markedCode) Open(t *screen.Turn) {
	s.code.take(t, s.file.text, func(*screen.Turn) {
		for _, one := range s.faults {
			s.code.view.Mark(one.line, one.says)
		}
		s.code.view.GoTo(s.at)
	})
}

// Refresh reads nothing: this is the code as it was sent.
func (s *markedCode) Refresh(*screen.Turn) {}

// Typing says that keys are searched for.
func (s *markedCode) Typing() bool { return s.code.typing() }

// Update takes what is typed, and clicks.
func (s *markedCode) Update(_ *screen.Turn, msg tea.Msg) { s.code.update(msg) }

// Actions is what can be done with the code.
func (s *markedCode) Actions() []screen.Action { return s.code.actions() }

// View draws the code.
func (s *markedCode) View(f ui.Frame) string {
	if s.code.view == nil {
		return screen.Loading(f, "Preparing the code")
	}
	return s.code.view.View(f)
}
