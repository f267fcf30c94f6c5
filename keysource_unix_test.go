//go:build unix

package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func envOf(pairs ...string) environment {
	env := environment{values: map[string]string{}}
	for i := 0; i < len(pairs); i += 2 {
		env.values[pairs[i]] = pairs[i+1]
	}
	return env
}

func TestAKeyComesFromItsSource(t *testing.T) {
	folder, file := trusted(t)
	if err := os.WriteFile(file, []byte(oneKey+"\n"), privateFile); err != nil {
		t.Fatal(err)
	}
	env := envOf("ACME_KEY", oneKey)
	env.home = folder
	for name, source := range map[string]keySource{
		"env":               {env: "ACME_KEY"},
		"file":              {file: file},
		"file in the home":  {file: "~/file"},
		"file beside":       {file: "file"},
		"command":           {command: []string{"echo", oneKey}},
		"command, 2 lines":  {command: []string{"printf", oneKey + "\nuser: acme\n"}},
		"no shell expands":  {command: []string{"echo", oneKey, "; echo $HOME"}},
		"command with pipe": {command: []string{"sh", "-c", "cat " + file + " | cat"}},
	} {
		key, err := source.key(t.Context(), env, folder)
		if name == "no shell expands" {
			if key.Reveal() != oneKey+" ; echo $HOME" {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || key.Reveal() != oneKey {
			t.Errorf("%s: %v, %v", name, key == "", err)
		}
	}
}

func TestWithoutAKeyTheSourceSaysWhy(t *testing.T) {
	folder, file := trusted(t)
	chmod(t, file, 0o644)
	for _, c := range []struct {
		source keySource
		want   string
	}{
		{keySource{env: "NO_SUCH"}, "NO_SUCH, which should hold the key, is not set"},
		{keySource{file: "absent"}, "absent cannot be opened"},
		{keySource{file: "~/absent"}, "~/absent cannot be opened"},
		{keySource{file: file}, "may be read by others"},
		{keySource{command: []string{"false"}}, "the key command false gave no key: exit status 1"},
		{keySource{command: []string{"true"}}, "it printed nothing"},
		{keySource{command: []string{"no-such-program-here"}}, "executable file not found"},
		{keySource{command: []string{"sh", "-c", `printf 'locked\033[31m: unlock\n' >&2; exit 3`}}, "exit status 3\nlocked␛[31m: unlock"},
	} {
		_, err := c.source.key(t.Context(), envOf(), folder)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v; want %q", c.source, err, c.want)
		}
	}
}

func TestWhatACommandPrintsIsBounded(t *testing.T) {
	key, err := keySource{command: []string{"sh", "-c", "head -c 10000000 /dev/zero | tr '\\0' x"}}.key(t.Context(), envOf(), "")
	if err != nil || len(key) != maxKeyFile {
		t.Errorf("%d bytes, %v", len(key), err)
	}
	_, err = keySource{command: []string{"sh", "-c", "yes no | head -100000 >&2; exit 1"}}.key(t.Context(), envOf(), "")
	if lines := strings.Count(err.Error(), "\n"); lines != maxKeyErrorLines {
		t.Errorf("%d lines of its error output are shown", lines)
	}
}

func TestACommandEndsWithItsContext(t *testing.T) {
	started := filepath.Join(t.TempDir(), "started")
	if err := syscall.Mkfifo(started, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := keySource{command: []string{"sh", "-c", "echo > " + started + "; sleep 1000 & wait"}}.key(ctx, envOf(), "")
		ended <- err
	}()
	if _, err := os.ReadFile(started); err != nil { // waits for the command to write
		t.Fatal(err)
	}
	cancel()
	select {
	case err := <-ended:
		if err == nil {
			t.Error("a command that was ended gave a key")
		}
	case <-time.After(patience):
		t.Fatal("the command goes on")
	}
}

func TestNoChildInheritsAKey(t *testing.T) {
	t.Setenv("NANGO_API_KEY", oneKey)
	t.Setenv("NANGO_HOSTPORT", "http://localhost:3003")
	t.Setenv("ACME_KEY", oneKey)
	t.Setenv("ACME_OTHER", "seen")
	env := readEnvironment()
	env.withhold([]profile{{key: keySource{env: "ACME_KEY"}}})
	out, err := keySource{command: []string{"sh", "-c", "env | tr '\\n' ' '"}}.key(t.Context(), env, "")
	if err != nil {
		t.Fatal(err)
	}
	if text := out.Reveal(); strings.Contains(text, oneKey) || strings.Contains(text, "NANGO_") || !strings.Contains(text, "ACME_OTHER=seen") {
		t.Error("a child sees a key, or less than it should")
	}
	if key, err := env.key("ACME_KEY"); err != nil || key.Reveal() != oneKey {
		t.Errorf("the program itself has lost the key: %v", err)
	}
}
