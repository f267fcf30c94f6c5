package proxy

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// ResponsePage is the response to a request. It has no route: it can't be loaded again.
type ResponsePage struct {
	screen.Base
	exchange exchange
	// form is the form that the request comes from.
	form *Form
	// parse decodes the body, which takes long for megabytes.
	parse   screen.Task[*ui.Body]
	body    *screen.JSON // nil until parsed, and if the body can't be shown
	pending pendingRequest
	// resendErr is why sending again failed; nil if it didn't.
	resendErr error
}

func newResponsePage(e exchange, form *Form) *ResponsePage {
	return &ResponsePage{exchange: e, form: form}
}

func (s *ResponsePage) Title() string {
	path, _, _ := strings.Cut(s.exchange.request.Path, "?")
	return s.exchange.request.Method + " " + path
}

func (s *ResponsePage) Open(t *screen.Turn) {
	media, body := s.exchange.response.Header.Get("Content-Type"), s.exchange.response.Body
	s.parse.Start(t, func(_ context.Context, tools screen.Tools) (*ui.Body, error) {
		return ui.ReadBody(media, body, tools.Policy), nil
	}, func(*screen.Turn) {
		if doc := s.parse.Value.Doc(); doc != nil {
			s.body = screen.NewJSON(doc)
		}
	})
}

func (s *ResponsePage) Typing() bool { return s.body.Typing() }

func (s *ResponsePage) Update(t *screen.Turn, msg tea.Msg) { s.body.Update(t, msg) }

// RedrawInterval is a second while a secret is revealed or a request is pending.
func (s *ResponsePage) RedrawInterval() time.Duration {
	return max(s.pending.redrawInterval(), s.body.RedrawInterval())
}

func (s *ResponsePage) Leave(t *screen.Turn) { s.pending.leave(t, textLeaveSent) }

// Actions are the actions on the response and on its body.
func (s *ResponsePage) Actions() []screen.Action {
	if s.Typing() {
		return s.body.Actions()
	}
	noBody := screen.DisabledIf(s.exchange.response.Size == 0, textNoBody)
	all := []screen.Action{
		{ID: SendAgain, Title: textSendAgain, Operation: operationOf(s.exchange.request.Method),
			Disabled: s.pending.blockedReason(), Do: s.sendAgain},
		{ID: EditRequest, Title: screen.TextEdit, Do: func(t *screen.Turn) { t.Back() }},
		{ID: Headers, Title: textHeaders, Do: func(t *screen.Turn) { t.Show(&headerPage{exchange: s.exchange}) }},
		{ID: SaveBody, Title: textSaveBody, Disabled: noBody, Do: func(t *screen.Turn) { t.Show(s.saveForm()) }},
		{ID: SaveSentRequest, Title: textSaveRequest, Do: func(t *screen.Turn) { t.Show(newSaveForm(s.exchange.request, s.form.setSaved)) }},
		{ID: CopyCurl, Title: screen.TextCopyAsCurl, HideInFooter: true,
			Do: func(t *screen.Turn) { t.CopyCurl(nango.Proxy(s.exchange.request).Call()) }},
	}
	return append(all, s.body.Actions()...)
}

// sendAgain proposes the same request. Its response replaces this page.
func (s *ResponsePage) sendAgain(t *screen.Turn) {
	screen.Propose(t, s.pending.proposal(s.exchange.request, s.form.base(), func(t *screen.Turn, e exchange, err error) {
		switch {
		case err == nil || e.nangoErr != nil:
			s.form.answer = newResponsePage(e, s.form)
			t.ReplaceWith(s.form.answer)
		case !errors.Is(err, screen.ErrDeclined):
			s.resendErr = err
		}
	}))
}

const minBody = 3

// View draws the status and the body.
func (s *ResponsePage) View(f ui.Frame) string {
	head := s.head(f)
	head = head[:max(0, min(len(head), f.Height-minBody))]
	return strings.Join(append(head, s.bodyView(f.Sized(f.Width, f.Height-len(head)))), "\n")
}

func (s *ResponsePage) bodyView(f ui.Frame) string {
	read := s.parse.Value
	switch {
	case s.body != nil:
		return s.body.View(f)
	case read == nil:
		return screen.Loading(f, textLoading+ui.Bytes(s.exchange.response.Size).String())
	case read.Kind() == ui.BodyEmpty:
		return screen.Empty(f, textEmptyBody)
	}
	return screen.Empty(f, textBinaryBody+read.Description(), fmt.Sprintf(textBinaryHint, screen.Key(f, SaveBody)))
}

func (s *ResponsePage) head(f ui.Frame) []string {
	all := []ui.Line{s.outcomeLine(f), {f.Styled(ui.RoleText, s.exchange.request.Method+" "+maskedTarget(s.exchange.request))}}
	for _, note := range s.notes(f) {
		all = append(all, ui.Line{ui.Styled(ui.RoleWarn, "! "), f.Styled(ui.RoleWarn, note)})
	}
	if s.pending.active {
		all = append(all, ui.Line{f.Styled(ui.RoleAccent, textAgain+s.pending.status(f.Now))})
	}
	return append(screen.DrawLines(f, screen.Wrap(f, 0, all...)...), "")
}

func (s *ResponsePage) outcomeLine(f ui.Frame) ui.Line {
	a := s.exchange.response
	who := textRespondedWith
	if s.exchange.nangoErr != nil {
		who = textNangoResponse
	}
	sign, role := statusSign(a.Status)
	line := ui.Line{ui.Styled(role, sign+" "), ui.Styled(ui.RoleMuted, who), f.Styled(role, statusText(a.Status))}
	measures := []string{ui.Bytes(a.Size).String()}
	if s.exchange.took > 0 {
		measures = append([]string{durationText(s.exchange.took)}, measures...)
	}
	if read := s.parse.Value; read != nil && read.Kind() != ui.BodyEmpty {
		measures = append(measures[:len(measures)-1], read.Description())
	}
	return append(line, f.Styled(ui.RoleMuted, " · "+strings.Join(measures, " · ")))
}

func statusSign(status int) (string, ui.Role) {
	switch {
	case status >= http.StatusBadRequest:
		return "✗", ui.RoleBad
	case status >= http.StatusMultipleChoices:
		return "→", ui.RoleWarn
	}
	return "✓", ui.RoleGood
}

func statusText(status int) string {
	return strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
}

func durationText(d time.Duration) string {
	switch {
	case d < time.Second:
		return strconv.FormatInt(d.Milliseconds(), 10) + " ms"
	case d < time.Minute:
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
	}
	return clockText(d) + " min"
}

// maskedTarget is path and query as sent, with secret parameters masked.
func maskedTarget(p nango.ProxyRequest) string {
	target := strings.TrimPrefix(nango.Proxy(p).Call().MaskedURI(nil), "/proxy")
	if p.BaseURL != "" {
		return strings.TrimSuffix(p.BaseURL, "/") + target
	}
	return target
}

func (s *ResponsePage) notes(f ui.Frame) []string {
	var all []string
	if s.exchange.nangoErr != nil {
		all = append(all, s.exchange.nangoErr.Error())
	}
	if s.exchange.response.Cut {
		all = append(all, fmt.Sprintf(textTruncated, ui.Bytes(nango.MaxProxyResponse), screen.Key(f, SaveBody)))
	}
	if s.resendErr != nil {
		all = append(all, textResendFailed+s.resendErr.Error())
	}
	return all
}
