package proxy

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

const fieldName = "name"

// Keeping asks for the name of a request that is kept, or of one that gets another.
type NameForm struct {
	screen.Base
	title, about string
	form         *form.Form
	write        screen.Task[[]SavedRequest]
	// change is what is done to the kept requests; over says that one of the same name may be replaced.
	change func(all []SavedRequest, name string, over bool) ([]SavedRequest, error)
	// replaces says that a name that is taken can be taken all the same.
	replaces bool
	// done gets the requests as they are kept now.
	done func(t *screen.Turn, name string, all []SavedRequest)
}

// newKeeping asks under which name a request is kept; kept gets what is kept then.
func newSaveForm(p nango.ProxyRequest, kept func([]SavedRequest)) *NameForm {
	s := &NameForm{title: "Keep the request", replaces: true,
		about: "Method, path, query, headers and body go to a file of plain text beside the config. What holds a secret is refused.",
		change: func(all []SavedRequest, name string, over bool) ([]SavedRequest, error) {
			return withSaved(all, SavedRequest{name, p}, over)
		},
		done: func(t *screen.Turn, name string, all []SavedRequest) {
			kept(all)
			t.Toast("Kept as " + name)
			t.Back()
		},
	}
	s.form = nameForm("")
	return s
}

// newRenaming asks for another name; done gets it, and what is kept then.
func newRenameForm(name string, done func(to string, all []SavedRequest)) *NameForm {
	s := &NameForm{title: "Rename the kept request", about: "It is called " + name + ".",
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
	return form.New(form.Field{ID: fieldName, Title: "Name", Value: name, Check: checkSavedName, About: "Such as \"first page of contacts\"."})
}

// Title names the form.
func (s *NameForm) Title() string { return s.title }

// Open reads nothing.
func (s *NameForm) Open(*screen.Turn) {}

// Refresh reads nothing.
func (s *NameForm) Refresh(*screen.Turn) {}

// Typing says that keys are text.
func (s *NameForm) Typing() bool { return true }

// Update gives keys and pastes to the form.
func (s *NameForm) Update(t *screen.Turn, msg tea.Msg) {
	if !s.write.IsRunning() {
		s.form.Update(msg)
		s.handleSubmit(t)
	}
}

// Actions is keeping it.
func (s *NameForm) Actions() []screen.Action {
	busy := ""
	if s.write.IsRunning() {
		busy = "it is being written"
	}
	return []screen.Action{{ID: screen.Submit, Title: "Keep", WhileTyping: true, Disabled: busy, Do: func(t *screen.Turn) {
		s.form.Submit()
		s.handleSubmit(t)
	}}}
}

func (s *NameForm) handleSubmit(t *screen.Turn) {
	if v, ok := s.form.Submitted(); ok {
		s.save(t, v[fieldName], false)
	}
}

// keep writes the file. One of the same name is replaced only after a question.
func (s *NameForm) save(t *screen.Turn, name string, over bool) {
	s.write.Start(t, func(_ context.Context, tools screen.Tools) ([]SavedRequest, error) {
		return updateSaved(tools, func(all []SavedRequest) ([]SavedRequest, error) { return s.change(all, name, over) })
	}, func(t *screen.Turn) {
		switch err := s.write.Err; {
		case err == nil:
			s.done(t, name, s.write.Value)
		case errors.Is(err, errNameTaken) && s.replaces:
			t.Pick(name+" is kept already",
				screen.Option{Title: "Another name", Do: func(*screen.Turn) {}},
				screen.Option{Title: "Replace it", Detail: "the one that is there is lost", Do: func(t *screen.Turn) { s.save(t, name, true) }},
			)
		default:
			s.form.SetError(fieldName, err.Error())
		}
	})
}

// View draws what is kept, and below it the form.
func (s *NameForm) View(f ui.Frame) string {
	return screen.DrawBelow(f, []ui.Line{{f.Styled(ui.RoleText, s.about)}}, s.form)
}
