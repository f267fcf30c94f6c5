package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nango-tui/models/screen"
)

func newTestFiles(t *testing.T) (files diskFiles, home string) {
	home = t.TempDir()
	return newDiskFiles(filepath.Join(home, ".config", "nango-tui"), filepath.Join(home, ".local", "nango-tui"), home), home
}

func TestPathsBelowTheHomeFolder(t *testing.T) {
	below := "~" + string(filepath.Separator)
	files, home := newTestFiles(t)
	draft, err := files.Create(below+"contacts.json", false)
	if err == nil {
		_, err = draft.Write([]byte("[]"))
	}
	if err == nil {
		err = draft.Commit()
	}
	if err != nil {
		t.Fatal(err)
	}
	if data, err := files.Read(below+"contacts.json", 10); err != nil || string(data) != "[]" {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := os.Stat(filepath.Join(home, "contacts.json")); err != nil {
		t.Error(err)
	}
	for path, want := range map[string]string{"": "enter the name of a file", below + filepath.Join("nowhere", "a"): "nowhere"} {
		if draft, err := files.Create(path, false); draft != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, %v", path, draft, err)
		}
	}
	files.home = ""
	if _, err := files.Read(below+"contacts.json", 10); err == nil || !strings.Contains(err.Error(), "no home folder") {
		t.Errorf("%v", err)
	}
}

func TestDocumentsOfTheProgram(t *testing.T) {
	files, home := newTestFiles(t)
	for document, folder := range map[screen.Document]string{screen.SavedRequests: ".config", screen.CreatedItems: ".local"} {
		if _, err := files.ReadOwn(document); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("before it exists: %v", err)
		}
		err := files.UpdateOwn(document, func(old []byte) ([]byte, error) { return append(old, "text"...), nil })
		if err != nil {
			t.Fatal(err)
		}
		if data, err := files.ReadOwn(document); err != nil || string(data) != "text" {
			t.Errorf("%q, %v", data, err)
		}
		if _, err := os.Stat(filepath.Join(home, folder, "nango-tui", string(document))); err != nil {
			t.Error(err)
		}
	}
}

// The last path is offered again; another name is offered in its folder.
func TestTheLastPathIsOfferedAgain(t *testing.T) {
	files, home := newTestFiles(t)
	save := func(name string) {
		t.Helper()
		path, err := files.Path(name)
		if err != nil {
			t.Fatal(err)
		}
		draft, err := files.Create(path, false)
		if err != nil {
			t.Fatal(err)
		}
		if err := draft.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	if got := files.Offer("result.json"); got != "result.json" {
		t.Errorf("at first %q is offered", got)
	}
	first := filepath.Join(home, "first.json")
	save("~" + string(filepath.Separator) + "first.json")
	if got := files.Offer("result.json"); got != first {
		t.Errorf("%q is offered again", got)
	}
	if got, want := files.Offer("~"+string(filepath.Separator)+"Contact.csv"), filepath.Join(home, "Contact.csv"); got != want {
		t.Errorf("for another name %q is offered", got)
	}
	if draft, err := files.Create(filepath.Join(home, "unfinished"), false); err != nil || draft.Discard() != nil {
		t.Fatal(err)
	}
	if got := files.Offer("Contact.csv"); got != filepath.Join(home, "Contact.csv") {
		t.Errorf("after an unfinished file %q is offered", got)
	}
	if path, err := files.Path("a.json"); err != nil || !filepath.IsAbs(path) {
		t.Errorf("%q, %v", path, err)
	}
}
