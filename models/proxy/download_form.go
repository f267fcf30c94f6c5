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
	"nango-tui/ui/form"
)

// saving asks where the answer's body is to be saved. What is there whole is written as it is.
func (s *AnswerPage) saveForm() screen.Screen {
	if s.exchange.answer.Cut {
		return newDownloadForm(s.exchange, s.form)
	}
	return screen.NewSave("answer", "As it came: secrets in it are not hidden in the file.", fileName(s.exchange), s.exchange.answer.Body)
}

// Saving asks where an answer is to be saved that was stopped at its bound: the request is sent again, and its answer
// written while it comes.
type DownloadForm struct {
	screen.Base
	exchange exchange
	// from is the form that the request was typed into.
	source  *Form
	form    *form.Form
	pending pendingRequest
}

func newDownloadForm(is exchange, from *Form) *DownloadForm {
	return &DownloadForm{exchange: is, source: from, form: form.New(screen.FileField(fileName(is)))}
}

// Title names the form.
func (s *DownloadForm) Title() string { return "Save the answer" }

// Open reads nothing.
func (s *DownloadForm) Open(*screen.Turn) {}

// Refresh reads nothing.
func (s *DownloadForm) Refresh(*screen.Turn) {}

// Typing says that keys are text.
func (s *DownloadForm) Typing() bool { return true }

// RedrawInterval is drawn by the second while the request is sent again.
func (s *DownloadForm) RedrawInterval() time.Duration { return s.pending.redrawInterval() }

// Leave says what becomes of a request that is under way.
func (s *DownloadForm) Leave(t *screen.Turn) {
	if s.pending.isSent() {
		t.Toast("The request goes on, and its answer is still saved.")
	}
}

// Update gives keys and pastes to the form.
func (s *DownloadForm) Update(t *screen.Turn, msg tea.Msg) {
	if !s.pending.active {
		s.form.Update(msg)
		s.handleSubmit(t)
	}
}

// Actions is saving.
func (s *DownloadForm) Actions() []screen.Action {
	save := screen.Action{ID: screen.Submit, Title: "Send again and save", Operation: operationOf(s.exchange.request.Method), Disabled: s.pending.blockedReason(), WhileTyping: true, Do: func(t *screen.Turn) {
		s.form.Submit()
		s.handleSubmit(t)
	}}
	enter := save
	enter.ID, enter.HideInFooter = SendOnEnter, true
	return []screen.Action{save, enter}
}

func (s *DownloadForm) handleSubmit(t *screen.Turn) {
	if v, ok := s.form.Submitted(); ok {
		s.sendAgain(t, strings.TrimSpace(v[screen.FieldFile]), false)
	}
}

// sendAgain proposes the request once more, its answer to be written to the file while it comes.
func (s *DownloadForm) sendAgain(t *screen.Turn, file string, over bool) {
	p := s.exchange.request
	s.pending.start()
	screen.ProposeToFile(t, file, over, p, screen.Proposal[nango.ProxyResponse]{
		Title: "Send " + p.Method + " again", About: p.Connection.String(), OnSent: s.pending.markSent, SuccessTextFor: successText(p),
		Consequences: append(consequences(p, s.source.base()), fmt.Sprintf("It is sent a second time; its answer goes to %s, up to %s.", file, ui.Bytes(nango.MaxProxyFile))),
		Then: func(t *screen.Turn, answer nango.ProxyResponse, err error) {
			took := s.pending.finish(t)
			switch {
			case errors.Is(err, screen.ErrDeclined):
			case err == nil && !answer.Saved:
				t.ReplaceWith(newAnswerPage(exchange{request: p, answer: answer, took: took, at: t.Now}, s.source))
			case err == nil && answer.Cut:
				s.form.SetError("", fmt.Sprintf("Stopped at %s, which is as much as is written to a file; the file was removed.", ui.Bytes(nango.MaxProxyFile)))
			default:
				s.handleSaved(t, file, answer.Size, err)
			}
		},
	})
}

// saved tells how it ended. A file that is there already is written over only after a question.
func (s *DownloadForm) handleSaved(t *screen.Turn, file string, size int64, err error) {
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
func (s *DownloadForm) View(f ui.Frame) string {
	what := "Not all of it is here: the request is sent again, and its answer written to the file while it comes, secrets included."
	all := []ui.Line{{ui.Styled(ui.RoleText, what)}}
	if s.pending.active {
		all = append(all, ui.Line{f.Styled(ui.RoleAccent, "… "+s.pending.status(f.Now))})
	}
	return screen.DrawBelow(f, all, s.form)
}

// extensions are those of files by their media type; others have none.
var extensions = map[string]string{
	jsonType: ".json", "text/html": ".html", plainType: ".txt", "text/csv": ".csv", "application/xml": ".xml", "text/xml": ".xml",
	"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "application/zip": ".zip",
}

// fileName is what the file is called at first: as the provider says, or else by the path.
func fileName(is exchange) string {
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
