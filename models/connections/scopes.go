package connections

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/doctor"
	"nango-tui/ui"
)

// maxScopes is how many scopes of a kind are shown.
const maxScopes = 30

// readScopes reads what the integration asks for and what its functions need, to compare it with what was granted.
func (d *Detail) readScopes(t *screen.Turn) {
	d.scopes.Start(t, func(ctx context.Context, tools screen.Tools) (one doctor.Integration, err error) {
		one.IntegrationDetail, err = screen.Read(ctx, tools, nango.GetIntegration(d.ref.Integration, nango.Include{Credentials: true}))
		if err == nil {
			one.Functions, one.FunctionsErr = new(screen.FunctionReader).Read(ctx, tools, d.ref.Integration, one.Provider)
		}
		return one, err
	}, func(t *screen.Turn) {
		hasNotMoved := d.whole.err == nil && d.Rows.Selected() == d.jumpedTo
		d.jump = d.jump || hasNotMoved
		d.Rebuild(t)
	})
}

// scopesSection shows which scopes were granted, which the integration asks for, and which its functions need. There is none
// before the connection was fetched, and for providers without scopes.
func (d *Detail) scopesSection(p pageWriter) []ui.Section {
	section := ui.Section{Title: titleScopes}
	detail := d.whole.detail
	switch {
	case detail == nil:
		return nil
	case d.scopes.IsRunning():
		section.Rows = []ui.Row{p.remark(textReadingScopes)}
		return []ui.Section{section}
	case d.scopes.Err != nil:
		section.Rows = []ui.Row{p.row("", labelFetchFailed, p.line(ui.RoleBad, d.scopes.Err.Error()))}
		return []ui.Section{section}
	}
	of := d.scopes.Value
	granted, override := doctor.Granted(detail.Credentials), doctor.Override(*detail)
	configured, known := doctor.AskedScopes(of.Credentials)
	needed := neededBy(of.Functions)
	if len(granted)+len(override)+len(configured)+len(needed) == 0 {
		return nil
	}
	asked := configured
	if len(override) > 0 {
		asked = override
		section.Rows = append(section.Rows, p.row("", labelOverride, p.scopes(override, nil)...))
	}
	section.Rows = append(section.Rows, p.row("", labelConfigured, p.scopes(configured, nil)...))
	switch {
	case len(granted) > 0:
		section.Rows = append(section.Rows, p.row("", labelGranted, p.scopes(granted, nil)...))
	case isNothing(detail.Credentials):
		section.Rows = append(section.Rows, p.row("", labelGranted, p.line(ui.RoleMuted, textNotReturned)))
		granted = asked
	default:
		section.Rows = append(section.Rows, p.row("", labelGranted, p.line(ui.RoleMuted, textNotSaid)))
		granted = asked
	}
	if len(needed) > 0 {
		section.Rows = append(section.Rows, p.row("", labelNeeded, p.scopes(needed, func(scope string) bool {
			name, _, _ := strings.Cut(scope, " ")
			return (known || len(override) > 0) && !doctor.Covers(granted, name)
		})...))
	}
	for _, finding := range doctor.CheckCredentials(of, *detail, p.f.Now) {
		section.Rows = append(section.Rows, p.row("", finding.Name, p.line(ui.RoleBad, finding.Evidence), p.line(ui.RoleMuted, finding.Remedy)))
	}
	return []ui.Section{section}
}

// neededBy are the scopes that functions need, each with the names of the functions: "write (close, open)".
func neededBy(functions []nango.Function) []string {
	var scopes []string
	by := map[string][]string{}
	for _, f := range functions {
		if !f.Enabled {
			continue
		}
		for _, scope := range doctor.Needed(f) {
			if by[scope] == nil {
				scopes = append(scopes, scope)
			}
			by[scope] = append(by[scope], f.Name)
		}
	}
	slices.Sort(scopes)
	for i, scope := range scopes {
		names := by[scope]
		const most = 3
		if len(names) > most {
			names = append(names[:most:most], fmt.Sprintf(textMoreFunctions, len(by[scope])-most))
		}
		scopes[i] = fmt.Sprintf("%s (%s)", scope, strings.Join(names, ", "))
	}
	return scopes
}

// scopes are a line each. Missing ones are marked.
func (p pageWriter) scopes(all []string, isMissing func(string) bool) []ui.Line {
	var lines []ui.Line
	for i, scope := range all {
		if i == maxScopes {
			return append(lines, p.line(ui.RoleMuted, fmt.Sprintf(textMoreScopes, ui.Count(len(all)-maxScopes))))
		}
		if isMissing != nil && isMissing(scope) {
			lines = append(lines, p.line(ui.RoleBad, "✗ "+scope+textScopeMissing))
			continue
		}
		lines = append(lines, p.line(ui.RoleText, scope))
	}
	if len(lines) == 0 {
		return []ui.Line{p.line(ui.RoleMuted, textNoScopes)}
	}
	return lines
}
