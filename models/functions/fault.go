package functions

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"

	tea "charm.land/bubbletea/v2"
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
			{{Text: f.Text(one.says), Role: ui.RoleBad}}, {{Text: f.Text(strings.TrimSpace(strings.ReplaceAll(text, "\t", " "))), Role: ui.RoleMuted}},
		}})
	}
	return rows
}

// markedCode is the code of a local file, with the lines that an error names marked.
type markedCode struct {
	screen.Base
	file   *file
	faults []fault
	at     int // the line to begin at; 0 for the first fault
	code   code
}

func newMarked(code *file, faults []fault, at int) *markedCode {
	if at == 0 && len(faults) > 0 {
		at = faults[0].line
	}
	return &markedCode{file: code, faults: faults, at: at}
}

// Title names the screen by the file.
func (s *markedCode) Title() string { return s.file.name() }

// Open shows the code as it was sent.
func (s *markedCode) Open(t *screen.Turn) {
	s.code.take(t, s.file.text, func(*screen.Turn) {
		for _, one := range s.faults {
			s.code.view.Mark(one.line, one.says)
		}
		s.code.view.GoTo(s.at)
	})
}

// Refresh reads nothing: this is the code as it was sent.
func (s *markedCode) Refresh(*screen.Turn) {}

// Typing says that keys are searched for.
func (s *markedCode) Typing() bool { return s.code.typing() }

// Update takes what is typed, and clicks.
func (s *markedCode) Update(_ *screen.Turn, msg tea.Msg) { s.code.update(msg) }

// Actions is what can be done with the code.
func (s *markedCode) Actions() []screen.Action { return s.code.actions() }

// Concerns says that no call changes what was sent.
func (s *markedCode) Concerns(nango.Call) bool { return false }

// View draws the code.
func (s *markedCode) View(f ui.Frame) string {
	if s.code.view == nil {
		return screen.Waiting(f, "Preparing the code")
	}
	return s.code.view.View(f)
}
