//go:build unix

package config

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"nango-tui/internal/securefile"
)

// oneKey has the format of Nango's keys.
const oneKey = "3d8f1c5e-9a44-4b1e-8a52-5f2d9be0a7c1"

// newKeyFolder makes a private folder with a private file in it.
func newKeyFolder(t *testing.T) (folder, file string) {
	t.Helper()
	folder = t.TempDir()
	file = filepath.Join(folder, "file")
	if err := os.WriteFile(file, []byte("text"), securefile.FileMode); err != nil {
		t.Fatal(err)
	}
	return folder, file
}

func envOf(pairs ...string) Environment {
	env := Environment{Values: map[string]string{}}
	for i := 0; i < len(pairs); i += 2 {
		env.Values[pairs[i]] = pairs[i+1]
	}
	return env
}

func TestKeySources(t *testing.T) {
	folder, file := newKeyFolder(t)
	if err := os.WriteFile(file, []byte(oneKey+"\n"), securefile.FileMode); err != nil {
		t.Fatal(err)
	}
	env := envOf("ACME_KEY", oneKey)
	env.Home = folder
	for name, source := range map[string]KeySource{
		"env":               {Env: "ACME_KEY"},
		"file":              {File: file},
		"file in the home":  {File: "~/file"},
		"file beside":       {File: "file"},
		"command":           {Command: []string{"echo", oneKey}},
		"command, 2 lines":  {Command: []string{"printf", oneKey + "\nuser: acme\n"}},
		"no shell expands":  {Command: []string{"echo", oneKey, "; echo $HOME"}},
		"command with pipe": {Command: []string{"sh", "-c", "cat " + file + " | cat"}},
	} {
		key, err := source.Key(t.Context(), env, folder)
		if name == "no shell expands" {
			if key != oneKey+" ; echo $HOME" {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || key != oneKey {
			t.Errorf("%s: %v, %v", name, key == "", err)
		}
	}
}

func TestErrorsOfKeySources(t *testing.T) {
	folder, file := newKeyFolder(t)
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		source KeySource
		want   string
	}{
		{KeySource{Env: "NO_SUCH"}, "NO_SUCH, which should hold the API key, is not set"},
		{KeySource{File: "absent"}, "absent: no such file"},
		{KeySource{File: "~/absent"}, "~/absent: no such file"},
		{KeySource{File: file}, "readable by other users"},
		{KeySource{Command: []string{"false"}}, "the key command false gave no key: exit status 1"},
		{KeySource{Command: []string{"true"}}, "it printed nothing"},
		{KeySource{Command: []string{"no-such-program-here"}}, "executable file not found"},
		{KeySource{Command: []string{"sh", "-c", `printf 'locked\033[31m: unlock\n' >&2; exit 3`}}, "gave no key: exit status 3"},
	} {
		_, err := c.source.Key(t.Context(), envOf(), folder)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v; want %q", c.source, err, c.want)
		}
		if strings.Contains(fmt.Sprint(err), "locked") {
			t.Errorf("the error contains what the command wrote: %v", err)
		}
	}
}

func TestOutputOfKeyCommandIsLimited(t *testing.T) {
	key, err := KeySource{Command: []string{"sh", "-c", "head -c 10000000 /dev/zero | tr '\\0' x"}}.Key(t.Context(), envOf(), "")
	if err != nil || len(key) != maxKey {
		t.Errorf("%d bytes, %v", len(key), err)
	}
	_, err = KeySource{Command: []string{"sh", "-c", "yes no | head -100000 >&2; exit 1"}}.Key(t.Context(), envOf(), "")
	var failed *CommandError
	if !errors.As(err, &failed) || len(failed.Output) != maxKeyCommandErrors {
		t.Errorf("%v", err)
	}
}

func TestKeyCommandEndsWithItsContext(t *testing.T) {
	started := filepath.Join(t.TempDir(), "started")
	if err := syscall.Mkfifo(started, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := KeySource{Command: []string{"sh", "-c", "echo > " + started + "; sleep 1000 & wait"}}.Key(ctx, envOf(), "")
		ended <- err
	}()
	if _, err := os.ReadFile(started); err != nil { // waits for the command to write
		t.Fatal(err)
	}
	cancel()
	select {
	case err := <-ended:
		if err == nil {
			t.Error("an ended command gave a key")
		}
	case <-time.After(30 * time.Second):
		t.Fatal("the command does not end")
	}
}

func TestChildrenDoNotInheritKeys(t *testing.T) {
	t.Setenv("NANGO_API_KEY", oneKey)
	t.Setenv("NANGO_HOSTPORT", "http://localhost:3003")
	t.Setenv("ACME_KEY", oneKey)
	t.Setenv("ACME_OTHER", "seen")
	env := ReadEnvironment()
	env.HideFromChildren([]Profile{{Key: KeySource{Env: "ACME_KEY"}}})
	out, err := KeySource{Command: []string{"sh", "-c", "env | tr '\\n' ' '"}}.Key(t.Context(), env, "")
	if err != nil {
		t.Fatal(err)
	}
	if text := out; strings.Contains(text, oneKey) || strings.Contains(text, "NANGO_") || !strings.Contains(text, "ACME_OTHER=seen") {
		t.Error("a child sees a key, or too few variables")
	}
	if env.Get("ACME_KEY") != oneKey {
		t.Error("the program itself has lost the key")
	}
}
