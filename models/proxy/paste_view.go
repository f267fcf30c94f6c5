package proxy

import (
	"cmp"
	"fmt"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// View draws what the line says, and below it the line.
func (s *Pasting) View(f ui.Frame) string {
	return screen.DrawBelow(f, s.said(f), s.form)
}

// said is what the line says, as one would like to know it before it is taken over.
func (s *Pasting) said(f ui.Frame) []ui.Line {
	if s.files.Working() {
		return []ui.Line{{ui.Say(ui.RoleAccent, "… the files are being read")}}
	}
	if s.wrong != nil || strings.TrimSpace(s.readOf) == "" {
		return []ui.Line{{ui.Say(ui.RoleMuted, "The line is read as it is typed. What the customer's credentials are is Nango's to add.")}}
	}
	r := s.read
	lines := []ui.Line{{f.Say(ui.RoleStrong, r.Method+" "), f.Say(ui.RoleText, shownAddress(r.URL))}}
	var parts []string
	if len(r.Headers) > 0 {
		parts = append(parts, ui.Counted(len(r.Headers), "header"))
	}
	if len(r.Body) > 0 {
		parts = append(parts, fmt.Sprintf("a body of %s, %s", ui.Bytes(int64(len(r.Body))), cmp.Or(r.Type, "without a type")))
	}
	if len(r.Form) > 0 {
		parts = append(parts, "a form of "+ui.Counted(len(r.Form), "part"))
	}
	if len(parts) > 0 {
		lines = append(lines, ui.Line{f.Say(ui.RoleText, "with "+strings.Join(parts, ", "))})
	}
	lines = append(lines, s.where(f)...)
	for _, note := range r.Notes {
		lines = append(lines, ui.Line{f.Say(ui.RoleMuted, note)})
	}
	if len(r.Unknown) > 0 {
		lines = append(lines, ui.Line{f.Say(ui.RoleWarn, "! not known, and left out: "+strings.Join(r.Unknown, " "))})
	}
	return lines
}

// where compares the line's host with that of the provider.
func (s *Pasting) where(f ui.Frame) []ui.Line {
	origin, path, _ := s.read.Split()
	switch _, templated, ok := behind(s.into.base(), origin, path); {
	case ok && templated:
		return []ui.Line{{ui.Say(ui.RoleText, "Its host is taken for that of the connection, which fills in the base URL by itself.")}}
	case ok:
		return []ui.Line{{ui.Say(ui.RoleText, "Its host is the provider's: the path alone is taken over.")}}
	}
	return []ui.Line{{f.Say(ui.RoleWarn, "! Its host is not the provider's. You choose: the path alone, or also the host, which then gets this customer's token.")}}
}

// shownAddress is an address without what its parameters give away as secrets.
func shownAddress(address string) string {
	before, query, found := strings.Cut(address, "?")
	if !found {
		return before
	}
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		if name, secret := secretPair(pair); secret {
			pairs[i] = name + "=…"
		}
	}
	return before + "?" + strings.Join(pairs, "&")
}
