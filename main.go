// Command nango-tui is a terminal dashboard for Nango.
//
// This package holds what a user may set: flags, profiles, keys, colours. It puts the client, App and the terminal
// together; everything else is a floor below it.
package main

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"io"
	"log"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/adrg/xdg"

	"nango-tui/models"
	"nango-tui/ui"
)

func main() { os.Exit(start(os.Args[1:])) }

// start runs what the command line asks for, and gives the exit code: 0, 1 where it failed, 2 where it was not
// understood, 128 and its number where a signal ended it.
func start(args []string) int {
	if len(args) > 0 && args[0] == "sandbox" {
		return serveSandbox(args[1:], os.Stdout, os.Stderr)
	}
	o, err := parseOptions(args, os.Stdout)
	if err != nil {
		return refuse(err, os.Stderr)
	}
	if o.version {
		fmt.Println("nango-tui " + version())
		return 0
	}
	env := readEnvironment()
	if err := checkTerminal(os.Stdout, env); err != nil {
		return fail(err, os.Stderr)
	}
	code, err := dashboardOf(o, env)
	if err != nil {
		fail(err, os.Stderr)
	}
	return code
}

// dashboardOf reads what the user has set, and runs the dashboard with it.
func dashboardOf(o options, env environment) (int, error) {
	settings, broken := loadSettings(xdg.ConfigHome)
	env.withhold(settings.profiles)
	if o.profile != "" && broken != nil {
		return 1, broken
	}
	c := newConnector(o, env, settings)
	if o.profile != "" && o.profile != demoProfile {
		if _, err := c.find(o.profile); err != nil {
			return 1, err
		}
	}
	if !ownersAreChecked && settings.path != "" {
		fmt.Fprintf(os.Stderr, "nango-tui: who else may write %s is not checked on this system.\n", settings.path)
	}
	if o.debug != "" {
		file, err := appendOwn(o.debug)
		if err != nil {
			return 1, fmt.Errorf("--debug: %w", err)
		}
		defer file.Close()
		c.debug = file
	}
	return show(c, broken)
}

// show puts App and the terminal together. A file of profiles that cannot be read is told on the welcome screen, and
// nothing is started in its place: it might be another environment.
func show(c *connector, broken error) (int, error) {
	log.SetOutput(io.Discard) // libraries that log would draw over the screen
	profile, problem := c.choose()
	if broken != nil && !c.options.demo {
		profile, problem = "", broken.Error()
	}
	editor := newEditor(c.env, os.Stdout)
	defer editor.end()
	files := newUserFiles(filepath.Join(xdg.ConfigHome, configFolder), filepath.Join(xdg.StateHome, configFolder), c.env.home)
	defer files.end()
	app := models.New(context.Background(), models.Config{
		Keymap: keymap(), Theme: c.theme(profile), Profiles: c.profiles(), Start: profile, Problem: problem, HasDemo: true,
		Connect: c.connect, Secrets: c.secrets, Log: c.log, Open: c.options.open, Remote: remote(c.env),
		Files: files, Edit: editor.edit,
		WriteClipboard: localClipboard(c.env), Browse: browser(c.env), Now: time.Now,
		CannotSuspend: cannotSuspend(),
		After: func(d time.Duration, msg tea.Msg) tea.Cmd {
			return tea.Tick(d, func(time.Time) tea.Msg { return msg })
		},
	})
	d := &dashboard{app: app, crash: &crash{folder: filepath.Join(xdg.StateHome, configFolder), secrets: c.secrets, now: time.Now}}
	if !colourless(c.env) {
		d.background = func(background color.Color) { *c.auto = *themeOn(background) }
	}
	code, err := run(d, os.Stdout, c.env, editor, files)
	return code, errors.Join(err, app.Close())
}

// refuse says why the command line was not understood; help is no error.
func refuse(err error, errs io.Writer) int {
	if errors.Is(err, errHelp) {
		return 0
	}
	fail(err, errs)
	return 2
}

// fail says what went wrong, line by line and made plain: it may hold what strangers wrote.
func fail(err error, errs io.Writer) int {
	for i, line := range ui.CleanLines(err.Error()) {
		if i == 0 {
			fmt.Fprintf(errs, "nango-tui: %s\n", line)
			continue
		}
		fmt.Fprintf(errs, "  %s\n", line)
	}
	return 1
}

// version is that of the module, and the commit where the program was built from one.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	words := []string{info.Main.Version}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && !strings.Contains(info.Main.Version, setting.Value[:min(12, len(setting.Value))]) {
			words = append(words, setting.Value)
		}
	}
	return strings.Join(words, " ")
}
