package proxy

import (
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"strings"
	"time"

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
	screen.Form
	exchange exchange
	// source is the form that the request comes from.
	source  *Form
	pending pendingRequest
	path    screen.PathField
}

func newDownloadForm(e exchange, from *Form) *DownloadForm {
	s := &DownloadForm{exchange: e, source: from}
	s.Form = screen.Form{
		Name: textSaveTitle, Fields: form.New(screen.FileField(fileName(e))), SubmitTitle: textDownload,
		Operation: operationOf(e.request.Method), Busy: s.pending.blockedReason, Head: s.head, Disposable: true,
		Submit: func(t *screen.Turn, _ form.Values) {
			s.path.Resolve(t, s.Fields, func(t *screen.Turn, path string) { s.sendAgain(t, path, false) })
		},
	}
	return s
}

// Open offers the last path.
func (s *DownloadForm) Open(t *screen.Turn) { s.path.Offer(t, s.Fields) }

func (s *DownloadForm) RedrawInterval() time.Duration { return s.pending.redrawInterval() }

func (s *DownloadForm) Leave(t *screen.Turn) { s.pending.leave(t, textLeaveDownload) }

// Actions is sending and saving, also with enter.
func (s *DownloadForm) Actions() []screen.Action {
	all := s.Form.Actions()
	return append(all, all[0].AlsoAs(SendOnEnter))
}

// sendAgain proposes the request again, with its response streamed to the file.
func (s *DownloadForm) sendAgain(t *screen.Turn, file string, overwrite bool) {
	proposal := s.pending.proposal(s.exchange.request, s.source.base(), func(t *screen.Turn, e exchange, err error) {
		switch {
		case errors.Is(err, screen.ErrDeclined):
		case err == nil && !e.response.Saved:
			t.ReplaceWith(newResponsePage(e, s.source))
		case err == nil && e.response.Cut:
			s.Fields.SetError("", fmt.Sprintf(textDownloadTooLong, ui.Bytes(nango.MaxProxyFile)))
		case err == nil:
			t.Toast(fmt.Sprintf(textDownloaded, ui.Bytes(e.response.Size), file))
			t.Back()
		case errors.Is(err, fs.ErrExist):
			screen.AskOverwrite(t, file, func(t *screen.Turn) { s.sendAgain(t, file, true) })
		default:
			s.Fields.SetError(screen.FieldFile, err.Error())
		}
	})
	proposal.Title += " again"
	proposal.Consequences = append(proposal.Consequences, fmt.Sprintf(textDownloadGoes, file, ui.Bytes(nango.MaxProxyFile)))
	screen.ProposeToFile(t, file, overwrite, s.exchange.request, proposal)
}

func (s *DownloadForm) head(f ui.Frame) []ui.Line {
	all := []ui.Line{{ui.Styled(ui.RoleText, textDownloadNote)}}
	if s.pending.active {
		all = append(all, ui.Line{f.Styled(ui.RoleAccent, "… "+s.pending.status(f.Now))})
	}
	return all
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
