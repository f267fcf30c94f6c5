package main

import (
	"errors"
	"fmt"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
)

// framesPerSecond is how often Bubble Tea may draw: the most it can. What it costs while idle is seen to by [parker].
const framesPerSecond = 120

// parkSwitch is the variable that keeps the program from sleeping when it is "0".
const parkSwitch = "NANGO_TUI_PARK"

// checkTerminal says why a dashboard cannot be drawn here. Nothing has been written then.
func checkTerminal(out *os.File, env environment) error {
	if !term.IsTerminal(out.Fd()) {
		return errors.New("the output is not a terminal: nango-tui draws a dashboard and needs one (over ssh: ssh -t)")
	}
	if env.values["TERM"] == "dumb" {
		return errors.New("this terminal says that it is a dumb one (TERM=dumb): nango-tui needs one with a cursor that can be moved")
	}
	return nil
}

// colourless says that the user wants no colour: NO_COLOR set to anything at all (no-color.org). Bubble Tea itself
// reads it as a yes or no, and overlooks "NO_COLOR=please".
func colourless(env environment) bool { return env.values["NO_COLOR"] != "" }

// remote says that the terminal is at the far end of a connection.
func remote(env environment) bool {
	return env.values["SSH_TTY"] != "" || env.values["SSH_CONNECTION"] != ""
}

// run draws the dashboard until it ends. The exit code is 0, or what the signal that ended it says.
//
// Synchronised output is not asked for over SSH, where Bubble Tea leaves it out: it would put 16 bytes around the 50
// of a cursor key, which arrive in one piece anyway.
func run(d *dashboard, out *os.File, env environment, editor *editor, files userFiles) (int, error) {
	options := []tea.ProgramOption{tea.WithFPS(framesPerSecond), tea.WithoutSignalHandler()}
	if colourless(env) {
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	output := newParker(out)
	if env.values[parkSwitch] != "0" {
		d.park = output
	}
	options = append(options, tea.WithOutput(output), tea.WithFilter(d.filter))
	program := tea.NewProgram(d, options...)
	if d.park != nil {
		d.park.begin(program.Send)
		defer d.park.end()
	}
	d.crash.quit = program.Quit
	ended := endOnSignal(program.Quit, out, editor, files)
	_, err := program.Run()
	if sig := ended(); sig != 0 {
		return 128 + int(sig), nil
	}
	if crashed := d.crash.report(); crashed != nil {
		return 1, crashed
	}
	if err != nil {
		return 1, fmt.Errorf("the terminal cannot be used: %w", err)
	}
	return 0, nil
}
