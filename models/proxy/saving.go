package proxy

import (
	"context"
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

const fieldSaveAs = "save as"

// Saving asks where an answer's body is to be saved. What is there whole is written; of what was stopped at its bound, the
// request is sent again, and its answer written while it comes.
type Saving struct {
	screen.Base
	is answered
	// from is the form that the request was typed into.
	from   *Form
	form   *ui.Form
	write  screen.Task[int64]
	flight flight
}

func newSaving(is answered, from *Form) *Saving {
	return &Saving{is: is, from: from, form: ui.NewForm(ui.FormField{
		ID: fieldSaveAs, Title: "File", Value: fileName(is), Check: checkFile,
		About: "The folder has to be there. \"~/\" is the home folder of the machine that this program runs on.",
	})}
}

var errNoFile = errors.New("which file?")

func checkFile(text string) error {
	if strings.TrimSpace(text) == "" {
		return errNoFile
	}
	return nil
}

// Title names the form.
func (s *Saving) Title() string { return "Save the answer" }

// Open reads nothing.
func (s *Saving) Open(*screen.Turn) {}

// Refresh reads nothing.
func (s *Saving) Refresh(*screen.Turn) {}

// Typing says that keys are text.
func (s *Saving) Typing() bool { return true }

// Clock is drawn by the second while the request is sent again.
func (s *Saving) Clock() time.Duration { return s.flight.clock() }

// Leave says what becomes of a request that is under way.
func (s *Saving) Leave(t *screen.Turn) {
	if s.flight.sent() {
		t.Toast("The request goes on, and its answer is still saved.")
	}
}

// Update gives keys and pastes to the form.
func (s *Saving) Update(t *screen.Turn, msg tea.Msg) {
	if s.busy() == "" {
		s.form.Update(msg)
		s.take(t)
	}
}

// Actions is saving.
func (s *Saving) Actions() []screen.Action {
	save := screen.Action{ID: screen.Submit, Title: "Save", Disabled: s.busy(), WhileTyping: true, Do: func(t *screen.Turn) {
		s.form.Submit()
		s.take(t)
	}}
	if s.is.answer.Cut {
		save.Title, save.Sends = "Send again and save", operationOf(s.is.request.Method)
	}
	enter := save
	enter.ID, enter.Aside = SendHere, true
	return []screen.Action{save, enter}
}

func (s *Saving) busy() string {
	if s.write.Working() {
		return "it is being written"
	}
	return s.flight.reason()
}

func (s *Saving) take(t *screen.Turn) {
	if v, ok := s.form.Submitted(); ok {
		s.save(t, strings.TrimSpace(v[fieldSaveAs]), false)
	}
}

// save writes what is there, or has it sent again where not all of it is.
func (s *Saving) save(t *screen.Turn, file string, over bool) {
	if s.is.answer.Cut {
		s.sendAgain(t, file, over)
		return
	}
	body := s.is.answer.Body
	s.write.Start(t, func(_ context.Context, tools screen.Tools) (int64, error) {
		draft, err := tools.Files.Create(file, over)
		if err != nil {
			return 0, err
		}
		if _, err := draft.Write(body); err != nil {
			return 0, errors.Join(err, draft.Drop())
		}
		return int64(len(body)), draft.Keep()
	}, func(t *screen.Turn) { s.saved(t, file, s.write.Value, s.write.Err) })
}

// sendAgain proposes the request once more, its answer to be written to the file while it comes.
func (s *Saving) sendAgain(t *screen.Turn, file string, over bool) {
	p := s.is.request
	s.flight.propose()
	screen.ProposeSaved(t, file, over, p, screen.Proposal[nango.ProxyAnswer]{
		Title: "Send " + p.Method + " again", About: aboutOf(p.Of), Begun: s.flight.depart,
		Goes: append(goes(p, s.from.base()), fmt.Sprintf("It is sent a second time; its answer goes to %s, up to %s.", file, ui.Bytes(nango.MaxProxyFile))),
		Then: func(t *screen.Turn, answer nango.ProxyAnswer, err error) {
			took := s.flight.land(t)
			switch {
			case errors.Is(err, screen.ErrDeclined):
			case err == nil && !answer.Saved:
				t.ShowInstead(newPage(answered{request: p, answer: answer, took: took, at: t.Now}, s.from))
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
		t.Pick(file+" is there already",
			screen.Option{Title: "Another name", Do: func(*screen.Turn) { s.form.Focus(fieldSaveAs) }},
			screen.Option{Title: "Write over it", Detail: "what is in it is lost", Do: func(t *screen.Turn) { s.save(t, file, true) }},
		)
	default:
		s.form.SetError(fieldSaveAs, err.Error())
	}
}

// View draws the form, and above it what is saved.
func (s *Saving) View(f ui.Frame) string {
	what := ui.Bytes(s.is.answer.Size).String() + ", as it came: secrets in it are not hidden in the file."
	if s.is.answer.Cut {
		what = "Not all of it is here: the request is sent again, and its answer written to the file while it comes, secrets included."
	}
	all := []ui.Line{{{Text: f.Text(what), Role: ui.RoleText}}}
	switch {
	case s.write.Working():
		all = append(all, ui.Line{ui.Say(ui.RoleAccent, "… it is being written")})
	case s.flight.busy:
		all = append(all, ui.Line{{Text: f.Text("… " + s.flight.told(f.Now)), Role: ui.RoleAccent}})
	}
	return drawBelow(f, append(wrapped(f, all), ""), s.form)
}

// maxFileName is how long a name that is made of a stranger's may be, in bytes.
const maxFileName = 80

// extensions are those of files by their media type; others have none.
var extensions = map[string]string{
	jsonType: ".json", "text/html": ".html", plainType: ".txt", "text/csv": ".csv", "application/xml": ".xml", "text/xml": ".xml",
	"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "application/zip": ".zip",
}

// fileName is what the file is called at first: as the provider says, or else by the path.
func fileName(is answered) string {
	_, params, _ := mime.ParseMediaType(is.answer.Header.Get("Content-Disposition"))
	if name := plainName(params["filename"]); name != "" {
		return name
	}
	before, _, _ := strings.Cut(is.request.Path, "?")
	name := plainName(before)
	if name == "" {
		name = "answer"
	}
	if path.Ext(name) == "" {
		name += extensions[is.answer.Media()]
	}
	return name
}

// plainName is the last part of a path, as far as it can be the name of a file that does not hide and is no option.
func plainName(text string) string {
	name := path.Base(strings.ReplaceAll("/"+text, "\\", "/"))
	name = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '_', r == '-':
			return r
		}
		return -1
	}, name)
	name = strings.TrimLeft(name, ".-")
	return name[:min(len(name), maxFileName)]
}
