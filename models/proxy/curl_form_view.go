package proxy

import (
	"cmp"
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// View draws a summary of the command, and the form.
func (s *CurlForm) View(f ui.Frame) string {
	return screen.DrawBelow(f, s.summary(f), s.form)
}

// summary is the request that the command makes.
func (s *CurlForm) summary(f ui.Frame) []ui.Line {
	if s.files.IsRunning() {
		return []ui.Line{{ui.Styled(ui.RoleAccent, "… "+textCurlFilesLoading)}}
	}
	if s.parseErr != nil || strings.TrimSpace(s.parsedLine) == "" {
		return []ui.Line{{ui.Styled(ui.RoleMuted, textCurlHint)}}
	}
	r := s.parsed
	address, headers := r.URL, len(r.Headers)
	if through, ok := parseProxied(r, nango.ProxyBody{Data: r.Body}); ok {
		address, headers = urlText(through), len(through.Headers)
	}
	lines := []ui.Line{{f.Styled(ui.RoleStrong, r.Method+" "), f.Styled(ui.RoleText, maskedURL(address))}}
	var parts []string
	if headers > 0 {
		parts = append(parts, ui.Pluralize(headers, "header"))
	}
	if len(r.Body) > 0 {
		parts = append(parts, fmt.Sprintf(textCurlBody, ui.Bytes(int64(len(r.Body))), cmp.Or(r.Type, textNoType)))
	}
	if len(r.Form) > 0 {
		parts = append(parts, textCurlParts+ui.Pluralize(len(r.Form), "part"))
	}
	if len(parts) > 0 {
		lines = append(lines, ui.Line{f.Styled(ui.RoleText, textCurlWith+strings.Join(parts, ", "))})
	}
	lines = append(lines, s.hostLines(f)...)
	for _, note := range r.Notes {
		lines = append(lines, ui.Line{f.Styled(ui.RoleMuted, note)})
	}
	if len(r.Unknown) > 0 {
		lines = append(lines, ui.Line{f.Styled(ui.RoleWarn, textCurlUnknown+strings.Join(r.Unknown, " "))})
	}
	return lines
}

// hostLines compare the command's host with the provider's.
func (s *CurlForm) hostLines(f ui.Frame) []ui.Line {
	if through, ok := parseProxied(s.parsed, nango.ProxyBody{}); ok {
		return s.proxyLines(f, through.Connection)
	}
	origin, path, _ := s.parsed.Split()
	switch _, templated, ok := pathUnderBase(s.target.base(), origin, path); {
	case ok && templated:
		return []ui.Line{{ui.Styled(ui.RoleText, textHostTemplate)}}
	case ok:
		return []ui.Line{{ui.Styled(ui.RoleText, textHostSame)}}
	}
	return []ui.Line{{f.Styled(ui.RoleWarn, textHostOther)}}
}

// proxyLines explain a command that goes through Nango's proxy, and warn if it was for another connection.
func (s *CurlForm) proxyLines(f ui.Frame, of nango.ConnectionRef) []ui.Line {
	lines := []ui.Line{{ui.Styled(ui.RoleText, textThroughNango)}}
	if of != s.target.ref {
		lines = append(lines, ui.Line{f.Styled(ui.RoleWarn, fmt.Sprintf(textOtherOwner, of, s.target.ref))})
	}
	return lines
}

// urlText is the URL of a request, as far as the request has it.
func urlText(p nango.ProxyRequest) string {
	address := strings.TrimSuffix(p.BaseURL, "/") + p.Path
	if p.Query != "" {
		address += "?" + p.Query
	}
	return address
}

// maskedURL is a URL with secret parameters masked.
func maskedURL(address string) string {
	before, query, found := strings.Cut(address, "?")
	if !found {
		return before
	}
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		if name, secret := secretParameter(pair); secret {
			pairs[i] = name + "=…"
		}
	}
	return before + "?" + strings.Join(pairs, "&")
}
