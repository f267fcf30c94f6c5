// Package terminal runs a Bubble Tea model in the user's terminal, and gives the terminal back in every case: after quit,
// signals, a lost connection, suspend, a crash and the user's editor. It knows nothing of what the model shows.
package terminal

import (
	"errors"
	"fmt"
	"image/color"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
)

// framesPerSecond is the most that Bubble Tea draws. An idle program draws none, see [parker].
const framesPerSecond = 120

// Getenv returns an environment variable, or "".
type Getenv func(name string) string

// Check fails if the output can't show a dashboard. It writes nothing.
func Check(out *os.File, env Getenv) error {
	if !term.IsTerminal(out.Fd()) {
		return errors.New("the output is not a terminal, which nango-tui needs (over ssh: ssh -t)")
	}
	if env("TERM") == "dumb" {
		return errors.New("TERM=dumb: nango-tui needs a terminal with a movable cursor")
	}
	return nil
}

// IsRemote reports whether the terminal is on another machine.
func IsRemote(env Getenv) bool { return env("SSH_TTY") != "" || env("SSH_CONNECTION") != "" }

// IsColorless reports whether the user wants no colors: NO_COLOR with any value (no-color.org). Bubble Tea reads it as
// a boolean, and ignores "NO_COLOR=please".
func IsColorless(env Getenv) bool { return env("NO_COLOR") != "" }

// Options configure [Run].
type Options struct {
	Model  tea.Model
	Output *os.File
	Env    Getenv
	Crash  *Crash
	Editor *Editor
	Frames *Frames
	// Background gets the background color of the terminal; nil if it doesn't matter.
	Background func(color.Color)
	// Colors gets the number of colors that the terminal has, at the start; nil if it doesn't matter.
	Colors func(colorprofile.Profile)
	// Cleanup runs before the program is ended by force.
	Cleanup func()
	// LastWords runs on every way out, when the terminal is restored. It may write to the standard error. Nil does nothing.
	LastWords func()
}

func (o Options) sayLastWords() {
	if o.LastWords != nil {
		o.LastWords()
	}
}

// Run shows the model until it ends. The exit code is 0, 1 after an error, or 128 plus the number of the signal that
// ended the program.
//
// Over SSH, Bubble Tea doesn't use synchronized output. It would add 16 bytes to the 50 of a cursor key, which arrive
// together anyway.
func Run(o Options) (int, error) {
	file, err := openInput()
	if err != nil {
		return 1, fmt.Errorf("cannot read from the terminal: %w", err)
	}
	owed := newReplies()
	m := &model{app: o.Model, crash: o.Crash, replies: owed, background: o.Background, colors: o.Colors}
	output := newParker(o.Output)
	output.frames, output.replies, output.onQuiet = o.Frames, owed, new(memoryReturn).run
	m.resized = output.same.resize
	defer close(o.Frames.ended)
	options := []tea.ProgramOption{
		tea.WithInput(newInput(file, owed)), tea.WithOutput(output), tea.WithFPS(framesPerSecond), tea.WithFilter(m.filter),
		tea.WithoutSignalHandler(),
	}
	if IsColorless(o.Env) {
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	if o.Env(parkVariable) != "0" {
		m.park = output
	}
	program := tea.NewProgram(m, options...)
	if m.park != nil {
		m.park.begin(program.Send)
		defer m.park.end()
	}
	o.Crash.quit, o.Frames.send, m.send = program.Quit, program.Send, program.Send
	stopSignals := quitOnSignal(program.Quit, o)
	_, err = program.Run()
	number := stopSignals()
	o.sayLastWords()
	if number != 0 {
		return 128 + int(number), nil
	}
	if crashed := o.Crash.report(); crashed != nil {
		return 1, crashed
	}
	if err != nil {
		return 1, fmt.Errorf("cannot use the terminal: %w", err)
	}
	return 0, nil
}
