package welcome

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

const whereKeysAre = "Create and find keys in Nango's dashboard, under Environment Settings › API Keys."

// variableWidth is the width of a variable's name and the space after it, in cells.
const variableWidth = 22

// sections is the page: the problem, the demo, and the ways to provide a key.
func (w *Welcome) sections(f ui.Frame) []ui.Section {
	all := []ui.Section{w.trouble(f)}
	if w.hasDemo {
		offer := said("TRY THE DEMO",
			"The demo is a Nango server inside this program, with fake customers.",
			"It needs no key, and nothing leaves this machine.")
		offer.Note = ui.Muted(screen.Hint(f, Demo, "opens the demo"))
		all = append(all, offer)
	}
	variables := ui.Section{Title: "ENVIRONMENT VARIABLES", Note: ui.Muted("the first one that is set is used")}
	variables.Rows = []ui.Row{{Lines: []ui.Line{
		variable("NANGO_SECRET_KEY_DEV", "with --env dev; likewise for other environments"),
		variable("NANGO_API_KEY", ""),
		variable("NANGO_SECRET_KEY", ""),
		variable("NANGO_HOSTPORT", "your own server; default https://api.nango.dev"),
	}}}
	profiles := said("OR A PROFILES FILE",
		"~/.config/nango-tui/config.yaml, or under $XDG_CONFIG_HOME. Only you may have write access.",
		"A key comes from a variable (env), a file, or a command (a list), such as a password manager's.",
		"A profile is production unless it says production: false.")
	example := said("EXAMPLE", strings.Split(strings.TrimSpace(Example), "\n")...)
	example.Note = ui.Muted(screen.Hint(f, CopyExample, "copies it"))
	return append(all, variables, profiles, example)
}

func (w *Welcome) trouble(f ui.Frame) ui.Section {
	if w.problem == "" {
		return said("HOW TO PROVIDE A KEY", "A key belongs to one environment of one Nango server.",
			whereKeysAre)
	}
	var lines []ui.Line
	for i, text := range strings.Split(w.problem, "\n") {
		line := ui.Line{f.Styled(ui.RoleText, text)}
		if i == 0 {
			line = ui.Line{ui.Styled(ui.RoleBad, "✗ "), f.Styled(ui.RoleStrong, text)}
		}
		lines = append(lines, line)
	}
	lines = append(lines, ui.Line{ui.Styled(ui.RoleText, whereKeysAre)})
	return ui.Section{Title: "NOT CONNECTED", Rows: []ui.Row{{Lines: lines}}}
}

func said(title string, texts ...string) ui.Section {
	var lines []ui.Line
	for _, text := range texts {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleText, text)})
	}
	return ui.Section{Title: title, Rows: []ui.Row{{Lines: lines}}}
}

func variable(name, about string) ui.Line {
	line := ui.Line{ui.Styled(ui.RoleStrong, name)}
	if about == "" {
		return line
	}
	return append(line, ui.Styled(ui.RoleMuted, strings.Repeat(" ", variableWidth-len(name))+about))
}
