package welcome

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

const whereKeysAre = "Keys are made and found in Nango's dashboard, under Environment Settings › API Keys."

// variableWidth is the cells for the name of a variable and the space behind it.
const variableWidth = 22

// sections is the page from top to bottom: the problem, the quick way in, then the ways to give a key.
func (w *Welcome) sections(f ui.Frame) []ui.Section {
	all := []ui.Section{w.trouble(f)}
	if w.hasDemo {
		offer := said("LOOK AROUND FIRST",
			"The demo is a Nango inside this program, with made-up customers.",
			"It needs no key, and nothing leaves this machine.")
		offer.Note = ui.Muted(screen.Hint(f, Demo, "opens the demo"))
		all = append(all, offer)
	}
	return append(all, environment(), profiles(), example(f))
}

func (w *Welcome) trouble(f ui.Frame) ui.Section {
	if w.problem == "" {
		return said("HOW TO GIVE A KEY", "A key belongs to one environment of one Nango server.",
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

func environment() ui.Section {
	return ui.Section{Title: "A KEY IN THE ENVIRONMENT", Note: ui.Muted("the first of these that is set"), Rows: []ui.Row{{Lines: []ui.Line{
		variable("NANGO_SECRET_KEY_DEV", "with --env dev; so for any environment"),
		variable("NANGO_API_KEY", ""),
		variable("NANGO_SECRET_KEY", ""),
		variable("NANGO_HOSTPORT", "a server of your own; else https://api.nango.dev"),
	}}}}
}

func profiles() ui.Section {
	return said("OR A FILE OF PROFILES",
		"~/.config/nango-tui/config.yaml, or under $XDG_CONFIG_HOME. Nobody but you may write it.",
		"A key comes from a variable (env), a file, or a command, such as a password manager's, written as a list.",
		"A profile that does not say production: false counts as production.")
}

func example(f ui.Frame) ui.Section {
	var lines []ui.Line
	for _, text := range strings.Split(strings.TrimSpace(Example), "\n") {
		lines = append(lines, ui.Line{ui.Styled(ui.RoleText, text)})
	}
	return ui.Section{Title: "AN EXAMPLE", Note: ui.Muted(screen.Hint(f, CopyExample, "copies it")), Rows: []ui.Row{{Lines: lines}}}
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
