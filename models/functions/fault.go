package functions

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nango-tui/ui"
)

// fault is a place in the code that an error names.
type fault struct {
	line, column int // from 1; a column of 0 is not told
	says         string
}

// Bounds of what is looked for in an error.
const (
	maxFaults     = 50
	maxFaultBytes = 256 << 10
	maxFaultText  = 300
)

// place is how compilers and stack traces name one: "function.ts(12,5): …", "function.ts:12:5 - …". Only TypeScript files
// are looked for: the lines of what was compiled are none of the file.
var place = regexp.MustCompile(`[\w.$@/-]*\.[cm]?tsx?[(:](\d{1,6})(?:[,:](\d{1,6}))?\b\)?[ :-]*`)

// faultsOf are the places that a text names, each line of the code once, in their order.
func faultsOf(text string) []fault {
	text = text[:min(len(text), maxFaultBytes)]
	var all []fault
	for said := range strings.SplitSeq(strings.ReplaceAll(text, `\n`, "\n"), "\n") {
		at := place.FindStringSubmatchIndex(said)
		if at == nil || len(all) == maxFaults {
			continue
		}
		line, _ := strconv.Atoi(said[at[2]:at[3]]) // digits, and few of them
		column := 0
		if at[4] >= 0 {
			column, _ = strconv.Atoi(said[at[4]:at[5]])
		}
		if line == 0 || slices.ContainsFunc(all, func(f fault) bool { return f.line == line }) {
			continue
		}
		says := strings.TrimSpace(said[at[1]:])
		if len(says) < 3 { // a stack trace says it before
			says = strings.TrimSpace(said)
		}
		all = append(all, fault{line, column, strings.ToValidUTF8(says[:min(len(says), maxFaultText)], "")})
	}
	return all
}

// faultRows are the places with the code that stands there.
func faultRows(f ui.Frame, code *file, faults []fault) []ui.Row {
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
		rows = append(rows, ui.Row{ID: lineRow + strconv.Itoa(one.line), Label: label, Lines: []ui.Line{
			{f.Styled(ui.RoleBad, one.says)}, {f.Styled(ui.RoleMuted, strings.TrimSpace(strings.ReplaceAll(text, "\t", " ")))},
		}})
	}
	return rows
}
