package proxy

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// minBody is the minimum height of the body, in lines.
const minBody = 3

// View draws the status and the body.
func (s *ResponsePage) View(f ui.Frame) string {
	head := s.head(f)
	if f.Height < minBody+len(head) {
		head = head[:max(0, min(len(head), f.Height-minBody))]
	}
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

// head has the status, the request and notes.
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

// outcomeLine has the status, the duration and the size of the response.
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

// statusSign returns a sign for a status, and its role.
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

// durationText is how long a response took.
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

// notes are warnings about the response.
func (s *ResponsePage) notes(f ui.Frame) []string {
	var all []string
	if s.exchange.nangoErr != nil {
		all = append(all, s.exchange.nangoErr.Error())
	}
	if s.exchange.response.Cut {
		all = append(all, fmt.Sprintf(textTruncated,
			ui.Bytes(nango.MaxProxyResponse), screen.Key(f, SaveBody)))
	}
	if s.resendErr != nil {
		all = append(all, textResendFailed+s.resendErr.Error())
	}
	return all
}
