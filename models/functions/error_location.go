package functions

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

type errorLocation struct {
	line, column int // from 1; column 0 means unknown
	message      string
}

// Limits of the search for locations.
const (
	maxLocations     = 50
	maxSearchedBytes = 256 << 10
	maxMessage       = 300
)

// locationPattern matches what compilers and stack traces write: "function.ts(12,5): …", "function.ts:12:5 - …". Only
// TypeScript files count: the lines of compiled code aren't in the file.
var locationPattern = regexp.MustCompile(`[\w.$@/-]*\.[cm]?tsx?[(:](\d{1,6})(?:[,:](\d{1,6}))?\b\)?[ :-]*`)

// findLocations returns the locations that a text names in their order, one for each line of code.
func findLocations(text string) []errorLocation {
	text = text[:min(len(text), maxSearchedBytes)]
	var all []errorLocation
	for said := range strings.SplitSeq(strings.ReplaceAll(text, `\n`, "\n"), "\n") {
		at := locationPattern.FindStringSubmatchIndex(said)
		if at == nil || len(all) == maxLocations {
			continue
		}
		line, _ := strconv.Atoi(said[at[2]:at[3]]) // a few digits
		column := 0
		if at[4] >= 0 {
			column, _ = strconv.Atoi(said[at[4]:at[5]])
		}
		if line == 0 || slices.ContainsFunc(all, func(f errorLocation) bool { return f.line == line }) {
			continue
		}
		says := strings.TrimSpace(said[at[1]:])
		if len(says) < 3 { // a stack trace has the message before the location
			says = strings.TrimSpace(said)
		}
		all = append(all, errorLocation{line, column, strings.ToValidUTF8(says[:min(len(says), maxMessage)], "")})
	}
	return all
}

// locationRows are rows of a page, which open the code at their line.
func locationRows(p *screen.Page, f ui.Frame, code *file, faults []errorLocation) []ui.Row {
	var rows []ui.Row
	for _, one := range faults {
		text := code.line(one.line)
		if text == "" {
			continue
		}
		label := "Line " + strconv.Itoa(one.line)
		if one.column > 0 {
			label += ":" + strconv.Itoa(one.column)
		}
		id := lineRow + strconv.Itoa(one.line)
		p.OnRow(id, screen.RowActions{Open: func(t *screen.Turn) { t.Show(newAnnotatedCode(code, faults, one.line)) }})
		rows = append(rows, ui.Row{ID: id, Label: label, Lines: []ui.Line{
			{f.Styled(ui.RoleBad, one.message)}, {f.Styled(ui.RoleMuted, strings.TrimSpace(strings.ReplaceAll(text, "\t", " ")))},
		}})
	}
	return rows
}
