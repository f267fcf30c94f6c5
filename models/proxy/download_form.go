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

// saveForm asks where to save the body. A truncated response is requested again.
func (s *ResponsePage) saveForm() screen.Screen {
	if s.exchange.response.Cut {
		return newDownloadForm(s.exchange, s.form)
	}
	return screen.NewSave(textResponse, textSaveNote, fileName(s.exchange), s.exchange.response.Body)
}

// DownloadForm asks where to save a response that was truncated. It sends the request again and streams the response to
// the file.
type DownloadForm struct {
	screen.Base
	exchange exchange
	// source is the form that the request comes from.
	source  *Form
	form    *form.Form
	pending pendingRequest
}

func newDownloadForm(e exchange, from *Form) *DownloadForm {
	return &DownloadForm{exchange: e, source: from, form: form.New(screen.FileField(fileName(e)))}
}

func (s *DownloadForm) Title() string { return textSaveTitle }

func (s *DownloadForm) Typing() bool { return true }

// RedrawInterval is a second while the request is pending.
func (s *DownloadForm) RedrawInterval() time.Duration { return s.pending.redrawInterval() }

func (s *DownloadForm) Leave(t *screen.Turn) {
	if s.pending.isSent() {
		t.Toast(textLeaveDownload)
	}
}

func (s *DownloadForm) Update(t *screen.Turn, msg tea.Msg) {
	if !s.pending.active {
		s.form.Update(msg)
		s.handleSubmit(t)
	}
}

// Actions is sending and saving.
func (s *DownloadForm) Actions() []screen.Action {
	save := screen.Action{ID: screen.Submit, Title: textDownload, Operation: operationOf(s.exchange.request.Method),
		Disabled: s.pending.blockedReason(), WhileTyping: true, Do: func(t *screen.Turn) {
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

// sendAgain proposes the request again, with its response streamed to the file.
func (s *DownloadForm) sendAgain(t *screen.Turn, file string, overwrite bool) {
	p := s.exchange.request
	s.pending.start()
	screen.ProposeToFile(t, file, overwrite, p, screen.Proposal[nango.ProxyResponse]{
		Title: textSendTitle + p.Method + " again", About: p.Connection.String(), OnSent: s.pending.markSent, SuccessTextFor: successText(p),
		Consequences: append(consequences(p, s.source.base()), fmt.Sprintf(textDownloadGoes, file, ui.Bytes(nango.MaxProxyFile))),
		Then: func(t *screen.Turn, response nango.ProxyResponse, err error) {
			took := s.pending.finish(t)
			switch {
			case errors.Is(err, screen.ErrDeclined):
			case err == nil && !response.Saved:
				t.ReplaceWith(newResponsePage(exchange{request: p, response: response, took: took, at: t.Now}, s.source))
			case err == nil && response.Cut:
				s.form.SetError("", fmt.Sprintf(textDownloadTooLong, ui.Bytes(nango.MaxProxyFile)))
			default:
				s.handleSaved(t, file, response.Size, err)
			}
		},
	})
}

// handleSaved shows the result. An existing file is overwritten only after a question.
func (s *DownloadForm) handleSaved(t *screen.Turn, file string, size int64, err error) {
	switch {
	case err == nil:
		t.Toast(fmt.Sprintf(textDownloaded, ui.Bytes(size), file))
		t.Back()
	case errors.Is(err, fs.ErrExist):
		screen.AskOverwrite(t, file, func(t *screen.Turn) { s.sendAgain(t, file, true) })
	default:
		s.form.SetError(screen.FieldFile, err.Error())
	}
}

func (s *DownloadForm) View(f ui.Frame) string {
	all := []ui.Line{{ui.Styled(ui.RoleText, textDownloadNote)}}
	if s.pending.active {
		all = append(all, ui.Line{f.Styled(ui.RoleAccent, "… "+s.pending.status(f.Now))})
	}
	return screen.DrawBelow(f, all, s.form)
}

// extensions are file extensions by media type; other types have none.
var extensions = map[string]string{
	jsonType: ".json", "text/html": ".html", plainType: ".txt", "text/csv": ".csv", "application/xml": ".xml", "text/xml": ".xml",
	"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "application/zip": ".zip",
}

// fileName suggests a file name: the provider's, else one made from the path.
func fileName(e exchange) string {
	_, params, _ := mime.ParseMediaType(e.response.Header.Get("Content-Disposition"))
	if name := screen.SafeFileName(params["filename"]); name != "" {
		return name
	}
	before, _, _ := strings.Cut(e.request.Path, "?")
	name := screen.SafeFileName(before)
	if name == "" {
		name = textResponse
	}
	if path.Ext(name) == "" {
		name += extensions[e.response.Media()]
	}
	return name
}
