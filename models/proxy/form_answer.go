package proxy

import (
	"nango-tui/models/screen"
	"nango-tui/ui"
)

// show shows a response: beside the form if there is room for both, or else on a page of its own.
func (s *Form) show(t *screen.Turn, e exchange) {
	s.answer = newResponsePage(e, s)
	if s.isWide {
		s.answer.Open(t)
		return
	}
	t.Show(s.answer)
}

// showAnswer shows the last response on a page of its own, where keys move and search in it.
func (s *Form) showAnswer(t *screen.Turn) {
	if s.nangoResponse != nil {
		t.Show(newResponsePage(*s.nangoResponse, s))
		return
	}
	t.Show(s.answer)
}

// View draws the form, and on a wide screen the last response beside it.
func (s *Form) View(f ui.Frame) string {
	s.isWide = f.Width >= ui.WideFields
	if !s.isWide {
		return s.Form.View(f)
	}
	left, right := ui.SplitBeside(f)
	answer := screen.Empty(right, textNoAnswerYet)
	if s.answer != nil {
		answer = s.answer.View(right)
	}
	return ui.Beside(f, s.Form.View(left), left.Width, answer)
}
