package models

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// turns calls the page on top, and runs what it wants.
func (s *scene) turns(call func(*screen.Turn)) {
	s.app.turn(s.app.top(), call)
	s.after(s.app.flush())
}

func TestWorkUsesToolsAndDeliversItsOutcome(t *testing.T) {
	s := newScene(t, guard.Profile{})
	var task screen.Task[int]
	s.turns(func(t *screen.Turn) {
		task.Start(t, func(ctx context.Context, tools screen.Tools) (int, error) {
			rows, err := screen.Read(ctx, tools, nango.ListConnections(nango.ConnectionQuery{Limit: 10}))
			if err != nil {
				return 0, err
			}
			return len(rows), tools.Files.UpdateOwn(screen.CreatedItems, func([]byte) ([]byte, error) { return []byte("x"), nil })
		}, func(t *screen.Turn) { t.Toast("done") })
	})
	if task.IsRunning() || task.Err != nil || task.Value == 0 {
		t.Errorf("%d, %v", task.Value, task.Err)
	}
	s.see("done")
}

func TestNewerWorkCancelsOlderWork(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.holdCmds = true
	var task screen.Task[string]
	ended := 0
	for _, word := range []string{"first", "second"} {
		s.turns(func(t *screen.Turn) {
			task.Start(t, func(ctx context.Context, _ screen.Tools) (string, error) { return word, ctx.Err() }, func(*screen.Turn) { ended++ })
		})
	}
	s.holdCmds = false
	s.run()
	if task.Value != "second" || task.Err != nil || ended != 1 {
		t.Errorf("%q, %v, ended %d times", task.Value, task.Err, ended)
	}
}

func TestLeavingCancelsWork(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.holdCmds = true
	var task screen.Task[string]
	var seen error
	s.turns(func(t *screen.Turn) {
		task.Start(t, func(ctx context.Context, _ screen.Tools) (string, error) {
			seen = ctx.Err()
			return "", seen
		}, func(*screen.Turn) { s.t.Error("a screen that was left was told") })
	})
	s.press("esc")
	s.holdCmds = false
	s.run()
	if !errors.Is(seen, context.Canceled) {
		t.Errorf("it was not ended: %v", seen)
	}
	if s.app.fetching != 0 {
		t.Errorf("%d are under way", s.app.fetching)
	}
}

func TestFailedWorkDoesNotRejectTheProfile(t *testing.T) {
	s := newScene(t, guard.Profile{})
	var task screen.Task[string]
	s.turns(func(t *screen.Turn) {
		task.Start(t, func(context.Context, screen.Tools) (string, error) { return "", fs.ErrNotExist }, nil)
	})
	if !errors.Is(task.Err, fs.ErrNotExist) || s.app.top().failed() != nil {
		t.Errorf("%v, %v", task.Err, s.app.top().failed())
	}
}

func TestATypedSecretIsMaskedInItsDialog(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.turns(func(t *screen.Turn) {
		t.AddSecrets("app-key-4711-of-globex")
		propose(s.page, t, "Create integration", nango.CreateIntegration(nango.IntegrationInput{
			Key: "datadog", Provider: "datadog", Custom: map[string]string{"applicationKey": "app-key-4711-of-globex"},
		}))
	})
	s.see("Create integration", "applicationKey")
	s.notSee("app-key-4711")
}

func TestATextIsEditedInTheEditor(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.app.config.Edit = func(name, text string, then func(string, error) tea.Msg) tea.Cmd {
		return func() tea.Msg { return then(name+": "+text+", edited", nil) }
	}
	var got string
	edit := func(t *screen.Turn) {
		t.Edit("input.json", "{}", func(t *screen.Turn, text string, err error) { got = text; t.Toast("saved") })
	}
	s.turns(edit)
	if got != "input.json: {}, edited" {
		t.Errorf("%q", got)
	}
	s.see("saved")
}

func TestOneTextIsEditedAtATime(t *testing.T) {
	s := newScene(t, guard.Profile{})
	opened, got := 0, ""
	s.app.config.Edit = func(_, _ string, then func(string, error) tea.Msg) tea.Cmd {
		opened++
		return func() tea.Msg { return then("edited", nil) }
	}
	edit := func(t *screen.Turn) {
		t.Edit("input.json", "{}", func(_ *screen.Turn, text string, _ error) { got += text })
	}
	s.holdCmds = true
	s.turns(edit)
	s.turns(edit) // the key was pressed twice before the editor had the terminal
	s.holdCmds = false
	s.run()
	if opened != 1 || got != "edited" {
		t.Errorf("%d editors, %q", opened, got)
	}
	s.turns(edit)
	if opened != 2 {
		t.Error("no text can be edited afterwards")
	}
}

func TestAMissingEditorIsReported(t *testing.T) {
	s := newScene(t, guard.Profile{})
	var failed error
	s.turns(func(t *screen.Turn) {
		t.Edit("input.json", "{}", func(_ *screen.Turn, _ string, err error) { failed = err })
	})
	if failed == nil {
		t.Error("the screen was not told")
	}
	s.see("input.json was not edited", "VISUAL or EDITOR")
}

func TestLeavingADirtyFormAsksFirst(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.app.open(s.app.active, screen.To("link"), nil)
	s.after(s.app.flush())
	s.press("esc")
	if len(s.app.stack) != 2 {
		t.Fatalf("a form in which nothing was typed is not left:\n%s", s.screen())
	}
	s.app.open(s.app.active, screen.To("link"), nil)
	s.after(s.app.flush())
	s.press("tab")
	s.typeText("ops@globex.io")
	s.press("esc")
	s.see("Discard what you typed?", "Stay", "ops@globex.io")
	s.press("enter")
	s.see("ops@globex.io")
	s.press("esc", "esc")
	s.see("ops@globex.io")
	s.press("esc", "down", "enter")
	if len(s.app.stack) != 2 {
		t.Errorf("the form is still there:\n%s", s.screen())
	}
}

func TestAKeyDiscardsWhatWasTyped(t *testing.T) {
	s := newScene(t, guard.Profile{})
	below := len(s.app.stack)
	s.app.open(s.app.active, screen.To("link"), nil)
	s.after(s.app.flush())
	s.press("tab")
	s.typeText("ops@globex.io")
	s.press("esc")
	s.pressBlindly(keyDiscard)
	s.see("Discard what you typed?", keyDiscard) // a key typed ahead discards nothing
	s.press(keyDiscard)
	if len(s.app.stack) != below {
		t.Errorf("the form is still there:\n%s", s.screen())
	}
}

func TestATextTooLongForTheClipboardCanBeSaved(t *testing.T) {
	s := newScene(t, guard.Profile{})
	long := `{"rows": "` + strings.Repeat("x", maxClipboard) + `"}`
	s.turns(func(t *screen.Turn) { t.Copy("result", long) })
	s.see("Save the result", "The clipboard limit is 64 KB", "result.json")
	s.files.Put("result.json", "older")
	s.do(screen.Submit)
	s.see("result.json already exists", "Choose another name", "Overwrite")
	s.press("enter")
	if s.files.Text("result.json") != "older" {
		t.Fatal("it was written over")
	}
	s.do(screen.Submit)
	s.press("down", "enter")
	s.see("saved as result.json")
	s.turns(func(t *screen.Turn) { t.Copy("result", long) })
	s.files.Home = "/home/ops"
	s.do(screen.Submit)
	s.see("64 KB saved as /home/ops/result.json")
	s.turns(func(t *screen.Turn) { t.Copy("metadata", long) })
	s.see("> /home/ops/metadata.json")
	s.press("esc")
	if s.files.Text("result.json") != long || s.files.Begun() != 0 {
		t.Errorf("there is %.20q, and %d are unfinished", s.files.Text("result.json"), s.files.Begun())
	}
}

func TestAClosedFormWritesNoFile(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.turns(func(t *screen.Turn) { t.Copy("result", strings.Repeat("x", maxClipboard+1)) })
	s.holdCmds = true
	s.do(screen.Submit)
	s.press("esc")
	s.holdCmds = false
	s.run()
	if names := s.files.Names(); len(names) > 0 || s.files.Begun() != 0 {
		t.Errorf("there are %q, and nobody was told", names)
	}
}

func TestAFullDiskIsReportedAtTheFileField(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.files.Full = true
	s.turns(func(t *screen.Turn) { t.Copy("result", strings.Repeat("x", maxClipboard+1)) })
	s.do(screen.Submit)
	s.see("result.txt cannot be written: no space left on device", "Save the result")
	if s.files.Begun() != 0 {
		t.Error("half a file was left")
	}
}

func TestCopiesMaskSecretsUnlessTheyAreOne(t *testing.T) {
	s := newScene(t, guard.Profile{})
	const secret = "sk_of_globex_4711_0815"
	s.app.config.Secrets.Keep(secret)
	s.turns(func(t *screen.Turn) {
		t.Copy("result", `{"api_key": "by its name", "note": "it is `+secret+`", "n": 1}`)
		t.Copy("output", "the function said "+secret)
		t.CopySecret("key", secret)
	})
	want := []string{
		`{"api_key": "` + nango.Masked + `", "note": "it is ` + nango.Masked + `", "n": 1}`,
		"the function said " + nango.Masked,
		secret,
	}
	if !slices.Equal(s.clipboard, want) {
		t.Errorf("copied %q", s.clipboard)
	}
	s.turns(func(t *screen.Turn) { t.Copy("output", strings.Repeat(secret+" ", maxClipboard/len(secret))) })
	s.see("with secrets masked")
	s.do(screen.Submit)
	if text := s.files.Text("output.txt"); text == "" || strings.Contains(text, secret) {
		t.Errorf("saved %.60q", text)
	}
}

func TestTheFileOfACopyHasASafeName(t *testing.T) {
	for what, want := range map[string]string{
		"result": "result.txt", "value of API URL": "value-of-API-URL.txt",
		`value of ..\..\x`: "value-of-..-..-x.txt", "../../.ssh/authorized_keys": "ssh-authorized_keys.txt",
		"/etc/passwd": "etc-passwd.txt", "\x1b]0;\u202e": "0.txt",
		"秘密": "copied.txt", strings.Repeat("x", 300): strings.Repeat("x", 80) + ".txt",
	} {
		if got := fileOf(screen.CopyWant{What: what}); got != want {
			t.Errorf("%q: %q, want %q", what, got, want)
		}
	}
}

func TestATextEditedForAClosedFormIsReported(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.app.config.Edit = func(_, _ string, then func(string, error) tea.Msg) tea.Cmd {
		return func() tea.Msg { return then("edited", nil) }
	}
	s.holdCmds = true
	s.turns(func(t *screen.Turn) {
		t.Edit("input.json", "{}", func(*screen.Turn, string, error) { s.t.Error("a form that was left was told") })
	})
	underWay := s.cmds
	s.cmds, s.holdCmds = nil, false
	s.app.connect("other")
	s.after(s.app.flush())
	s.cmds = append(s.cmds, underWay...)
	s.run()
	s.see("input.json was edited, but its form is closed")
}

func TestANameIsCopiedAsOneLine(t *testing.T) {
	s := newScene(t, guard.Profile{})
	s.turns(func(t *screen.Turn) { t.CopyLine("name of the function", "contacts\nrm -rf ~\r\n") })
	if want := []string{"contacts rm -rf ~  "}; !slices.Equal(s.clipboard, want) {
		t.Errorf("copied %q", s.clipboard)
	}
}

func TestCopiesAndTheirFilesHaveNoControlCharacters(t *testing.T) {
	s := newScene(t, guard.Profile{})
	const hostile = "a\x1b[2J\u009b2J\x7f\u202eb\r\x07"
	long := `{"rows": "` + strings.Repeat("x", maxClipboard) + "a\u009b\u202e\x7f\"}"
	s.turns(func(t *screen.Turn) {
		t.Copy("name", hostile)
		t.CopySecret("key", hostile)
		t.Copy("result", long)
	})
	s.do(screen.Submit)
	s.turns(func(t *screen.Turn) { t.Copy("output", strings.Repeat(hostile, maxClipboard/len(hostile)+1)) })
	s.do(screen.Submit)
	if !slices.Equal(s.clipboard, []string{"a[2J2Jb", "a[2J2Jb"}) {
		t.Errorf("copied %q", s.clipboard)
	}
	saved := s.files.Text("result.json")
	if !strings.HasSuffix(saved, `xa\u009b\u202e\u007f"}`) || !strings.HasPrefix(s.files.Text("output.txt"), "a[2J2Jba[2J2Jb") {
		t.Errorf("saved %q and %.40q", saved[max(len(saved)-40, 0):], s.files.Text("output.txt"))
	}
}
