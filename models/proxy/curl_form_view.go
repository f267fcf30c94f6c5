package proxy

import (
	"cmp"
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// View draws what the line says, and below it the line.
func (s *CurlForm) View(f ui.Frame) string {
	return screen.DrawBelow(f, s.summary(f), s.form)
}

// said is what the line says, as one would like to know it before it is taken over.
func (s *CurlForm) summary(f ui.Frame) []ui.Line {
	if s.files.IsRunning() {
		return []ui.Line{{ui.Styled(ui.RoleAccent, "… the files are being read")}}
	}
	if s.parseErr != nil || strings.TrimSpace(s.parsedLine) == "" {
		return []ui.Line{{ui.Styled(ui.RoleMuted, "The line is read as it is typed. What the customer's credentials are is Nango's to add.")}}
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
		parts = append(parts, fmt.Sprintf("a body of %s, %s", ui.Bytes(int64(len(r.Body))), cmp.Or(r.Type, "without a type")))
	}
	if len(r.Form) > 0 {
		parts = append(parts, "a form of "+ui.Pluralize(len(r.Form), "part"))
	}
	if len(parts) > 0 {
		lines = append(lines, ui.Line{f.Styled(ui.RoleText, "with "+strings.Join(parts, ", "))})
	}
	lines = append(lines, s.hostLines(f)...)
	for _, note := range r.Notes {
		lines = append(lines, ui.Line{f.Styled(ui.RoleMuted, note)})
	}
	if len(r.Unknown) > 0 {
		lines = append(lines, ui.Line{f.Styled(ui.RoleWarn, "! not known, and left out: "+strings.Join(r.Unknown, " "))})
	}
	return lines
}

// where compares the line's host with that of the provider.
func (s *CurlForm) hostLines(f ui.Frame) []ui.Line {
	if through, ok := parseProxied(s.parsed, nango.ProxyBody{}); ok {
		return s.proxyLines(f, through.Connection)
	}
	origin, path, _ := s.parsed.Split()
	switch _, templated, ok := pathUnderBase(s.target.base(), origin, path); {
	case ok && templated:
		return []ui.Line{{ui.Styled(ui.RoleText, "Its host is taken for that of the connection, which fills in the base URL by itself.")}}
	case ok:
		return []ui.Line{{ui.Styled(ui.RoleText, "Its host is the provider's: the path alone is taken over.")}}
	}
	return []ui.Line{{f.Styled(ui.RoleWarn, "! Its host is not the provider's. You choose: the path alone, or also the host, which then gets this customer's token.")}}
}

// whose says what becomes of a line that goes to Nango's proxy, and that it was another connection's where it was.
func (s *CurlForm) proxyLines(f ui.Frame, of nango.ConnectionRef) []ui.Line {
	lines := []ui.Line{{ui.Styled(ui.RoleText, "It goes through Nango's proxy: what it asks of the provider is taken over.")}}
	if of != s.target.ref {
		lines = append(lines, ui.Line{f.Styled(ui.RoleWarn, "! It was made for "+of.String()+", and is taken over for "+s.target.ref.String()+".")})
	}
	return lines
}

// addressOf is where a request leads, as far as it says so itself.
func urlText(p nango.ProxyRequest) string {
	address := strings.TrimSuffix(p.BaseURL, "/") + p.Path
	if p.Query != "" {
		address += "?" + p.Query
	}
	return address
}

// shownAddress is an address without what its parameters give away as secrets.
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
