package proxy

import (
	"context"
	"errors"
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/form"
)

const fieldName = "name"

// NameForm asks for the name of a request to save or to rename.
type NameForm struct {
	screen.Form
	write screen.Task[[]SavedRequest]
	// change changes the saved requests; overwrite allows replacing one with the same name.
	change func(all []SavedRequest, name string, overwrite bool) ([]SavedRequest, error)
	// done gets the saved requests after the change.
	done func(t *screen.Turn, name string, all []SavedRequest)
}

func newNameForm(title, about, name string) *NameForm {
	s := &NameForm{}
	s.Form = screen.Form{
		Name: title, SubmitTitle: textSave, Disposable: true,
		Fields: form.New(form.Field{ID: fieldName, Title: textName, Value: name, Check: checkSavedName, About: textNameAbout}),
		Busy:   func() string { return screen.DisabledIf(s.write.IsRunning(), textWriting) },
		Head:   func(f ui.Frame) []ui.Line { return []ui.Line{{f.Styled(ui.RoleText, about)}} },
		Submit: func(t *screen.Turn, v form.Values) { s.save(t, v[fieldName], false) },
	}
	return s
}

// newSaveForm asks for a name to save a request under; saved gets the saved requests afterwards.
func newSaveForm(p nango.ProxyRequest, saved func([]SavedRequest)) *NameForm {
	s := newNameForm(textSaveRequest, textSaveAbout, "")
	s.change = func(all []SavedRequest, name string, overwrite bool) ([]SavedRequest, error) {
		switch at := indexOfSaved(all, name); {
		case at < 0:
			return append(all, SavedRequest{name, p}), nil
		case !overwrite:
			return nil, errReplaceable
		default:
			all[at].ProxyRequest = p
			return all, nil
		}
	}
	s.done = func(t *screen.Turn, name string, all []SavedRequest) {
		saved(all)
		t.Toast(textSavedAs + name)
		t.Back()
	}
	return s
}

// newRenameForm asks for a new name; done gets it and the saved requests afterwards.
func newRenameForm(name string, done func(to string, all []SavedRequest)) *NameForm {
	s := newNameForm(textRenameTitle, fmt.Sprintf(textCurrentName, name), name)
	s.change = func(all []SavedRequest, to string, _ bool) ([]SavedRequest, error) {
		at := indexOfSaved(all, name)
		switch {
		case at < 0:
			return nil, errors.New(textSavedGone)
		case name != to && indexOfSaved(all, to) >= 0:
			return nil, errors.New(textNameTaken)
		}
		all[at].Name = to
		return all, nil
	}
	s.done = func(t *screen.Turn, to string, all []SavedRequest) {
		done(to, all)
		t.Back()
	}
	return s
}

// errReplaceable is the error of saving under the name of another request, which can be replaced.
var errReplaceable = errors.New(textNameTaken)

// save writes the file. It replaces a request with the same name only after a question.
func (s *NameForm) save(t *screen.Turn, name string, overwrite bool) {
	s.write.Start(t, func(_ context.Context, tools screen.Tools) ([]SavedRequest, error) {
		return updateSaved(tools, func(all []SavedRequest) ([]SavedRequest, error) { return s.change(all, name, overwrite) })
	}, func(t *screen.Turn) {
		switch err := s.write.Err; {
		case err == nil:
			s.done(t, name, s.write.Value)
		case errors.Is(err, errReplaceable):
			t.Pick(fmt.Sprintf(textNameTakenTitle, name),
				screen.Option{Title: textOtherName, Do: func(*screen.Turn) {}},
				screen.Option{Title: screen.TextReplace, Detail: textReplaceDetail, Do: func(t *screen.Turn) { s.save(t, name, true) }},
			)
		default:
			s.Fields.SetError(fieldName, err.Error())
		}
	})
}
