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

// minBody is the height that the body keeps, in lines.
const minBody = 3

// View draws how it was answered, and below it the body.
func (s *AnswerPage) View(f ui.Frame) string {
	head := s.head(f)
	if f.Height < minBody+len(head) {
		head = head[:max(0, min(len(head), f.Height-minBody))]
	}
	return strings.Join(append(head, s.bodyView(f.Sized(f.Width, f.Height-len(head)))), "\n")
}

func (s *AnswerPage) bodyView(f ui.Frame) string {
	read := s.parse.Value
	switch {
	case s.body != nil:
		return s.body.View(f)
	case read == nil:
		return screen.Loading(f, "Reading "+ui.Bytes(s.exchange.answer.Size).String())
	case read.Kind() == ui.BodyEmpty:
		return screen.Empty(f, "The answer has no body.")
	}
	return screen.Empty(f, "The body is no text: "+read.Description(), "Nothing of it is drawn. "+screen.Key(f, SaveBody)+" saves it to a file.")
}

// head says who answered what, how long it took, and what is missing.
func (s *AnswerPage) head(f ui.Frame) []string {
	all := []ui.Line{s.outcomeLine(f), {f.Styled(ui.RoleText, s.exchange.request.Method+" "+maskedTarget(s.exchange.request))}}
	for _, note := range s.notes(f) {
		all = append(all, ui.Line{ui.Styled(ui.RoleWarn, "! "), f.Styled(ui.RoleWarn, note)})
	}
	if s.pending.active {
		all = append(all, ui.Line{f.Styled(ui.RoleAccent, "… again: "+s.pending.status(f.Now))})
	}
	return append(screen.DrawLines(f, screen.Wrap(f, 0, all...)...), "")
}

// outcome is who answered with which status, and the measures of the answer.
func (s *AnswerPage) outcomeLine(f ui.Frame) ui.Line {
	a := s.exchange.answer
	who := "the provider answered "
	if s.exchange.nangoErr != nil {
		who = "Nango's own answer, as far as can be told: "
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

// signOf is a sign for a status, and its role.
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

// tookOf is how long an answer took.
func durationText(d time.Duration) string {
	switch {
	case d < time.Second:
		return strconv.FormatInt(d.Milliseconds(), 10) + " ms"
	case d < time.Minute:
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
	}
	return clockText(d) + " min"
}

// shownTarget is path and query as they are sent, without what their names give away as secrets.
func maskedTarget(p nango.ProxyRequest) string {
	target := strings.TrimPrefix(nango.Proxy(p).Call().MaskedURI(nil), "/proxy")
	if p.BaseURL != "" {
		return strings.TrimSuffix(p.BaseURL, "/") + target
	}
	return target
}

// notes are what one should know of the answer.
func (s *AnswerPage) notes(f ui.Frame) []string {
	var all []string
	if s.exchange.nangoErr != nil {
		all = append(all, s.exchange.nangoErr.Error())
	}
	if s.exchange.answer.Cut {
		all = append(all, fmt.Sprintf("Stopped at %s, which is as much as is kept: the rest was not read. %s sends it again and writes all of it to a file.",
			ui.Bytes(nango.MaxProxyResponse), screen.Key(f, SaveBody)))
	}
	if s.resendErr != nil {
		all = append(all, "The newest try failed: "+s.resendErr.Error())
	}
	return all
}
