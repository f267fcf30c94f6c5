// Command nango-tui is a terminal dashboard for Nango.
//
// This package has what a user can set: flags, keys, colors and themes. It connects the configuration, the client, the App
// and the terminal, which are packages of their own.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/adrg/xdg"

	"nango-tui/internal/clean"
	"nango-tui/internal/config"
	"nango-tui/internal/receiver"
	"nango-tui/internal/runfile"
	"nango-tui/internal/securefile"
	"nango-tui/internal/terminal"
	"nango-tui/models"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

func main() { os.Exit(run(os.Args[1:])) }

// run does what the command line says. It returns the exit code: 0, 1 after a failure, 2 for an invalid command line, or 128
// plus the number of the signal that ended the program.
func run(args []string) int {
	terminal.PostponeCollection()
	log.SetOutput(io.Discard) // libraries that log would draw over the screen, and write untrusted text
	out, errs := clean.NewWriter(os.Stdout), clean.NewWriter(os.Stderr)
	if len(args) > 0 && args[0] == "sandbox" {
		return serveSandbox(args[1:], out, errs)
	}
	o, err := parseOptions(args, out)
	if err != nil {
		return reportUsage(err, errs)
	}
	if o.version {
		_ = out.Print(clean.Line("nango-tui " + version()))
		return 0
	}
	env := config.ReadEnvironment()
	if err := terminal.Check(os.Stdout, env.Get); err != nil {
		return reportError(err, errs)
	}
	code, err := startDashboard(o, env, errs)
	if err != nil {
		reportError(err, errs)
	}
	return code
}

// startDashboard reads the settings, and shows the dashboard.
func startDashboard(o options, env config.Environment, errs *clean.Writer) (int, error) {
	settings, settingsErr := config.Load(xdg.ConfigHome, configRules())
	env.HideFromChildren(settings.Profiles)
	if o.profile != "" && settingsErr != nil {
		return 1, settingsErr
	}
	c := newConnector(o, env, settings)
	if o.profile != "" && o.profile != demoProfile {
		if _, err := c.find(o.profile); err != nil {
			return 1, err
		}
	}
	if !securefile.OwnersAreChecked && settings.Path != "" {
		_ = errs.Print(clean.Line(fmt.Sprintf(ownersNotChecked, settings.Path)))
	}
	if o.debug != "" {
		file, err := securefile.Append(o.debug)
		if err != nil {
			return 1, fmt.Errorf("--debug: %w", err)
		}
		defer file.Close()
		c.debug = clean.NewWriter(file)
	}
	return showDashboard(c, settingsErr, errs)
}

// showDashboard runs the App in the terminal. If the file of profiles is invalid, the welcome screen shows why, and no
// other profile is used instead: it might be another environment.
func showDashboard(c *connector, settingsErr error, errs *clean.Writer) (int, error) {
	profile, problem := c.chooseProfile()
	if settingsErr != nil && !c.options.demo {
		profile, problem = "", settingsErr.Error()
	}
	stateFolder := filepath.Join(xdg.StateHome, config.Folder)
	c.journal = c.newJournal(stateFolder)
	defer c.closeJournals()
	c.runs = runfile.New(stateFolder)
	defer c.runs.Close()
	files := newDiskFiles(filepath.Join(xdg.ConfigHome, config.Folder), stateFolder, c.env.Home)
	files.temporaries.Sweep()
	defer files.close()
	editor := terminal.NewEditor(c.env.Get, os.Stdout, files.temporaries)
	defer editor.Close()
	frames := terminal.NewFrames()
	app := models.New(context.Background(), models.Config{
		Keymap: keymap(), Elsewhere: elsewhere, Theme: c.theme(profile), Profiles: c.profiles(), Start: profile, Problem: problem, HasDemo: true,
		Connect: c.connect, Secrets: c.secrets, Log: c.log, Open: c.options.open, Remote: terminal.IsRemote(c.env.Get),
		Files: files, Edit: editor.Edit,
		WriteClipboard: terminal.LocalClipboard(c.env.Get), Browse: terminal.Browser(c.env.Get), Now: time.Now,
		Listen:        receiveWebhooks,
		CannotSuspend: terminal.CannotSuspend(), HasProgressBar: terminal.HasProgressBar(c.env.Get), Notify: terminal.Notify(c.env.Get),
		After: func(d time.Duration, msg tea.Msg) tea.Cmd {
			return tea.Tick(d, func(time.Time) tea.Msg { return msg })
		},
		AfterDraw: frames.After,
	})
	options := terminal.Options{
		Model: app, Output: os.Stdout, Env: c.env.Get, Editor: editor, Frames: frames, Cleanup: files.close,
		LastWords: func() { c.sayUnanswered(errs) },
		Crash:     &terminal.Crash{Folder: stateFolder, Version: version(), Sanitize: c.sanitize, Now: time.Now},
	}
	if !terminal.IsColorless(c.env.Get) {
		options.Background, options.Colors = c.setBackground, c.setColors
	}
	code, err := terminal.Run(options)
	return code, errors.Join(err, app.Close())
}

// receiveWebhooks receives webhooks for a screen.
func receiveWebhooks(ctx context.Context, address string, key nango.Secret) (string, <-chan screen.Webhook, error) {
	listening, received, err := receiver.Listen(ctx, address, key.Reveal(), time.Now)
	if err != nil {
		return "", nil, err
	}
	hooks := make(chan screen.Webhook)
	go func() {
		for {
			select {
			case hook := <-received:
				select {
				case hooks <- screen.Webhook{At: hook.At, Method: hook.Method, Path: hook.Path, Body: hook.Body, Size: hook.Size,
					Signature: signatures[hook.Signature]}:
				case <-ctx.Done():
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return listening, hooks, nil
}

var signatures = map[receiver.Signature]screen.Signature{
	receiver.Unchecked: screen.SignatureUnchecked, receiver.Valid: screen.SignatureValid, receiver.Wrong: screen.SignatureWrong,
	receiver.Missing: screen.SignatureMissing,
}

// ownersNotChecked is shown on systems where the owner of a file isn't checked.
const ownersNotChecked = "nango-tui: warning: this system doesn't say who can write %s"

// reportUsage says what is wrong with the command line. Asking for help is no error.
func reportUsage(err error, errs *clean.Writer) int {
	if errors.Is(err, errHelp) {
		return 0
	}
	reportError(err, errs)
	return 2
}

// reportError writes an error line by line.
func reportError(err error, errs *clean.Writer) int {
	_ = errs.Print(clean.Lines("nango-tui: " + strings.ReplaceAll(err.Error(), "\n", "\n  "))...)
	return 1
}

// version returns the version of the module, and the commit if the program was built from one.
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
