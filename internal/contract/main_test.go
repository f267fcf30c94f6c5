package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const limited = `[{"case":"limited","request":{"method":"GET","path":"/things","query":"limit=2"},
	"response":{"status":200,"headers":{"content-type":"application/json; charset=utf-8"},"body":{"things":[{"id":1},{"id":2}]}}}]`

// record writes a folder of recordings with one file.
func record(t *testing.T, content string) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "GET_things.json"), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestRecordingANewerServerExtendsTheFacts(t *testing.T) {
	t.Parallel()
	to := filepath.Join(t.TempDir(), "contract")
	read := func() string {
		raw, err := os.ReadFile(filepath.Join(to, "GET_things.json"))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	if err := run([]string{"-from", record(t, limited), "-to", to}, io.Discard); err != nil {
		t.Fatal(err)
	}
	first := read()
	if !strings.Contains(first, `"case":"limited","server":"0.71.4"`) ||
		!strings.Contains(first, `"shape":{"things":["*2",{"id":"integer"}]}`) {
		t.Error(first)
	}
	newer := record(t, strings.Replace(limited, "limited", "newer", 1))
	for range 2 { // the same recordings give the same bytes
		if err := run([]string{"-from", newer, "-to", to, "-server", "0.72.0"}, io.Discard); err != nil {
			t.Fatal(err)
		}
		if text := read(); strings.Count(text, `"server":"0.71.4"`) != 1 || strings.Count(text, `"server":"0.72.0"`) != 1 {
			t.Error(text)
		}
	}
}

func TestCommandNeedsRecordings(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{}, {"-from", t.TempDir()}, {"-from", record(t, "no JSON")}, {"-nothing"}} {
		if run(append(args, "-to", t.TempDir()), io.Discard) == nil {
			t.Errorf("%q is accepted", args)
		}
	}
}
