package proxy

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

const fieldName = "name"

// NameForm asks for the name of a request to save or to rename.
type NameForm struct {
	screen.Base
	title, about string
	form         *form.Form
	write        screen.Task[[]SavedRequest]
	// change changes the saved requests; overwrite allows replacing one with the same name.
	change func(all []SavedRequest, name string, overwrite bool) ([]SavedRequest, error)
	// replaces offers to replace a request with the same name.
	replaces bool
	// done gets the saved requests after the change.
	done func(t *screen.Turn, name string, all []SavedRequest)
}

// newSaveForm asks for a name to save a request under; saved gets the saved requests afterwards.
func newSaveForm(p nango.ProxyRequest, saved func([]SavedRequest)) *NameForm {
	s := &NameForm{title: textSaveRequest, about: textSaveAbout, replaces: true,
		change: func(all []SavedRequest, name string, overwrite bool) ([]SavedRequest, error) {
			return withSaved(all, SavedRequest{name, p}, overwrite)
		},
		done: func(t *screen.Turn, name string, all []SavedRequest) {
			saved(all)
			t.Toast(textSavedAs + name)
			t.Back()
		},
	}
	s.form = nameForm("")
	return s
}

// newRenameForm asks for a new name; done gets it and the saved requests afterwards.
func newRenameForm(name string, done func(to string, all []SavedRequest)) *NameForm {
	s := &NameForm{title: textRenameTitle, about: fmt.Sprintf(textCurrentName, name),
		change: func(all []SavedRequest, to string, _ bool) ([]SavedRequest, error) { return renameSaved(all, name, to) },
		done: func(t *screen.Turn, to string, all []SavedRequest) {
			done(to, all)
			t.Back()
		},
	}
	s.form = nameForm(name)
	return s
}

func nameForm(name string) *form.Form {
	return form.New(form.Field{ID: fieldName, Title: textName, Value: name, Check: checkSavedName, About: textNameAbout})
}

func (s *NameForm) Title() string { return s.title }

func (s *NameForm) Typing() bool { return true }

func (s *NameForm) Update(t *screen.Turn, msg tea.Msg) {
	if !s.write.IsRunning() {
		s.form.Update(msg)
		s.handleSubmit(t)
	}
}

// Actions is saving.
func (s *NameForm) Actions() []screen.Action {
	busy := ""
	if s.write.IsRunning() {
		busy = textWriting
	}
	return []screen.Action{{ID: screen.Submit, Title: textSave, WhileTyping: true, Disabled: busy, Do: func(t *screen.Turn) {
		s.form.Submit()
		s.handleSubmit(t)
	}}}
}

func (s *NameForm) handleSubmit(t *screen.Turn) {
	if v, ok := s.form.Submitted(); ok {
		s.save(t, v[fieldName], false)
	}
}

// save writes the file. It replaces a request with the same name only after a question.
func (s *NameForm) save(t *screen.Turn, name string, overwrite bool) {
	s.write.Start(t, func(_ context.Context, tools screen.Tools) ([]SavedRequest, error) {
		return updateSaved(tools, func(all []SavedRequest) ([]SavedRequest, error) { return s.change(all, name, overwrite) })
	}, func(t *screen.Turn) {
		switch err := s.write.Err; {
		case err == nil:
			s.done(t, name, s.write.Value)
		case errors.Is(err, errNameTaken) && s.replaces:
			t.Pick(fmt.Sprintf(textNameTakenTitle, name),
				screen.Option{Title: textOtherName, Do: func(*screen.Turn) {}},
				screen.Option{Title: textReplace, Detail: textReplaceDetail, Do: func(t *screen.Turn) { s.save(t, name, true) }},
			)
		default:
			s.form.SetError(fieldName, err.Error())
		}
	})
}

func (s *NameForm) View(f ui.Frame) string {
	return screen.DrawBelow(f, []ui.Line{{f.Styled(ui.RoleText, s.about)}}, s.form)
}
