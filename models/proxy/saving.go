package proxy

import (
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// saving asks where the answer's body is to be saved. What is there whole is written as it is.
func (s *Page) saving() screen.Screen {
	if s.is.answer.Cut {
		return newSaving(s.is, s.form)
	}
	return screen.NewSave("answer", "As it came: secrets in it are not hidden in the file.", fileName(s.is), s.is.answer.Body)
}

// Saving asks where an answer is to be saved that was stopped at its bound: the request is sent again, and its answer
// written while it comes.
type Saving struct {
	screen.Base
	is answered
	// from is the form that the request was typed into.
	from   *Form
	form   *ui.Form
	flight flight
}

func newSaving(is answered, from *Form) *Saving {
	return &Saving{is: is, from: from, form: ui.NewForm(screen.FileField(fileName(is)))}
}

// Title names the form.
func (s *Saving) Title() string { return "Save the answer" }

// Open reads nothing.
func (s *Saving) Open(*screen.Turn) {}

// Refresh reads nothing.
func (s *Saving) Refresh(*screen.Turn) {}

// Typing says that keys are text.
func (s *Saving) Typing() bool { return true }

// RedrawInterval is drawn by the second while the request is sent again.
func (s *Saving) RedrawInterval() time.Duration { return s.flight.clock() }

// Leave says what becomes of a request that is under way.
func (s *Saving) Leave(t *screen.Turn) {
	if s.flight.sent() {
		t.Toast("The request goes on, and its answer is still saved.")
	}
}

// Update gives keys and pastes to the form.
func (s *Saving) Update(t *screen.Turn, msg tea.Msg) {
	if !s.flight.busy {
		s.form.Update(msg)
		s.take(t)
	}
}

// Actions is saving.
func (s *Saving) Actions() []screen.Action {
	save := screen.Action{ID: screen.Submit, Title: "Send again and save", Operation: operationOf(s.is.request.Method), Disabled: s.flight.reason(), WhileTyping: true, Do: func(t *screen.Turn) {
		s.form.Submit()
		s.take(t)
	}}
	enter := save
	enter.ID, enter.HideInFooter = SendHere, true
	return []screen.Action{save, enter}
}

func (s *Saving) take(t *screen.Turn) {
	if v, ok := s.form.Submitted(); ok {
		s.sendAgain(t, strings.TrimSpace(v[screen.FieldFile]), false)
	}
}

// sendAgain proposes the request once more, its answer to be written to the file while it comes.
func (s *Saving) sendAgain(t *screen.Turn, file string, over bool) {
	p := s.is.request
	s.flight.propose()
	screen.ProposeToFile(t, file, over, p, screen.Proposal[nango.ProxyResponse]{
		Title: "Send " + p.Method + " again", About: p.Connection.String(), OnSent: s.flight.depart, SuccessTextFor: tells(p),
		Consequences: append(goes(p, s.from.base()), fmt.Sprintf("It is sent a second time; its answer goes to %s, up to %s.", file, ui.Bytes(nango.MaxProxyFile))),
		Then: func(t *screen.Turn, answer nango.ProxyResponse, err error) {
			took := s.flight.land(t)
			switch {
			case errors.Is(err, screen.ErrDeclined):
			case err == nil && !answer.Saved:
				t.ReplaceWith(newPage(answered{request: p, answer: answer, took: took, at: t.Now}, s.from))
			case err == nil && answer.Cut:
				s.form.SetError("", fmt.Sprintf("Stopped at %s, which is as much as is written to a file; the file was removed.", ui.Bytes(nango.MaxProxyFile)))
			default:
				s.saved(t, file, answer.Size, err)
			}
		},
	})
}

// saved tells how it ended. A file that is there already is written over only after a question.
func (s *Saving) saved(t *screen.Turn, file string, size int64, err error) {
	switch {
	case err == nil:
		t.Toast(fmt.Sprintf("%s saved as %s", ui.Bytes(size), file))
		t.Back()
	case errors.Is(err, fs.ErrExist):
		screen.AskOverwrite(t, file, func(t *screen.Turn) { s.sendAgain(t, file, true) })
	default:
		s.form.SetError(screen.FieldFile, err.Error())
	}
}

// View draws the form, and above it what is saved.
func (s *Saving) View(f ui.Frame) string {
	what := "Not all of it is here: the request is sent again, and its answer written to the file while it comes, secrets included."
	all := []ui.Line{{ui.Say(ui.RoleText, what)}}
	if s.flight.busy {
		all = append(all, ui.Line{f.Say(ui.RoleAccent, "… "+s.flight.told(f.Now))})
	}
	return screen.DrawBelow(f, all, s.form)
}

// extensions are those of files by their media type; others have none.
var extensions = map[string]string{
	jsonType: ".json", "text/html": ".html", plainType: ".txt", "text/csv": ".csv", "application/xml": ".xml", "text/xml": ".xml",
	"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "application/zip": ".zip",
}

// fileName is what the file is called at first: as the provider says, or else by the path.
func fileName(is answered) string {
	_, params, _ := mime.ParseMediaType(is.answer.Header.Get("Content-Disposition"))
	if name := screen.SafeFileName(params["filename"]); name != "" {
		return name
	}
	before, _, _ := strings.Cut(is.request.Path, "?")
	name := screen.SafeFileName(before)
	if name == "" {
		name = "answer"
	}
	if path.Ext(name) == "" {
		name += extensions[is.answer.Media()]
	}
	return name
}
