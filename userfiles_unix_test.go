//go:build unix

package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"nango-tui/models/screen"
)

// disk is a home with a folder in it, and the files of a user who lives there.
func disk(t *testing.T) (files userFiles, home string) {
	t.Helper()
	home = t.TempDir()
	if err := os.Mkdir(filepath.Join(home, "exports"), 0o755); err != nil {
		t.Fatal(err)
	}
	return newUserFiles(filepath.Join(home, ".config", "nango-tui"), filepath.Join(home, ".local", "nango-tui"), home), home
}

func write(t *testing.T, d screen.Draft, text string) {
	t.Helper()
	if _, err := d.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
}

func fileText(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestAFileIsThereWhenItIsKeptAndNotBefore(t *testing.T) {
	files, home := disk(t)
	path := filepath.Join(home, "exports", "contacts.json")
	d, err := files.Create("~/exports/contacts.json", false)
	if err != nil {
		t.Fatal(err)
	}
	write(t, d, "[1,")
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half of it is there: %v", err)
	}
	write(t, d, "2]")
	if err := d.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := d.Discard(); err != nil || fileText(t, path) != "[1,2]" {
		t.Errorf("%q, %v", fileText(t, path), err)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != privateFile {
		t.Errorf("others may read it: %v", info.Mode())
	}
}

func TestAFileThatIsDroppedLeavesNothing(t *testing.T) {
	files, home := disk(t)
	d, err := files.Create("~/exports/a", false)
	if err != nil {
		t.Fatal(err)
	}
	write(t, d, "half")
	if err := d.Discard(); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(filepath.Join(home, "exports")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAFileOfTheUserIsNotReplacedUnasked(t *testing.T) {
	files, home := disk(t)
	path := filepath.Join(home, "exports", "a")
	if err := os.WriteFile(path, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := files.Create(path, false); !errors.Is(err, fs.ErrExist) {
		t.Errorf("begun over it: %v", err)
	}
	d, err := files.Create(path, true)
	if err != nil {
		t.Fatal(err)
	}
	write(t, d, "newer")
	if err := d.Commit(); err != nil || fileText(t, path) != "newer" {
		t.Errorf("%q, %v", fileText(t, path), err)
	}
}

func TestAFileThatCameMeanwhileIsNotReplacedEither(t *testing.T) {
	files, home := disk(t)
	path := filepath.Join(home, "exports", "a")
	d, err := files.Create(path, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := d.Commit(); !errors.Is(err, fs.ErrExist) || fileText(t, path) != "mine" {
		t.Errorf("%q, %v", fileText(t, path), err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestWhereNothingCanBeWrittenItIsSaid(t *testing.T) {
	files, home := disk(t)
	for path, want := range map[string]string{
		"":                               "no file is named",
		"~/nowhere/a":                    "no such file or directory",
		filepath.Join(home, "exports"):   "no regular file",
		"/dev/null":                      "no regular file",
		filepath.Join(home, "a\x00b"):    "invalid argument",
		filepath.Join("/proc", "1", "x"): "cannot be written",
	} {
		if _, err := files.Create(path, false); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", path, err)
		}
	}
}

func TestAFullDiskIsSaid(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no full disk to try:", err)
	}
	d := &draft{file: full, path: "contacts.json", of: &drafts{}}
	if _, err := d.Write([]byte("x")); !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "contacts.json cannot be written") {
		t.Errorf("%v", err)
	}
}

func TestAPipeIsNoFileToRead(t *testing.T) {
	files, home := disk(t)
	pipe := filepath.Join(home, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := files.Read(pipe, 10); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("%v", err)
	}
	long := filepath.Join(home, "long")
	if err := os.WriteFile(long, make([]byte, 11), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := files.Read(long, 10); err == nil || !strings.Contains(err.Error(), "longer than 10 bytes") {
		t.Errorf("%v", err)
	}
}

func TestADocumentOfTheProgramIsWrittenWholeAndClosedToOthers(t *testing.T) {
	files, home := disk(t)
	if _, err := files.ReadOwn(screen.SavedRequests); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("before it is there: %v", err)
	}
	for _, text := range []string{"first", "second"} {
		if err := files.WriteOwn(screen.SavedRequests, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if data, err := files.ReadOwn(screen.SavedRequests); err != nil || string(data) != text {
			t.Errorf("%q, %v", data, err)
		}
	}
	path := filepath.Join(home, ".config", "nango-tui", "requests.yaml")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != privateFile {
		t.Errorf("%v, %v", info, err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(home, "elsewhere"), path); err != nil {
		t.Fatal(err)
	}
	if err := files.WriteOwn(screen.SavedRequests, []byte("third")); err == nil || !strings.Contains(err.Error(), "is a link") {
		t.Errorf("a link was followed: %v", err)
	}
}

func TestWhatIsHalfWrittenGoesWhenTheProgramEnds(t *testing.T) {
	files, home := disk(t)
	d, err := files.Create("~/exports/contacts.json", false)
	if err != nil {
		t.Fatal(err)
	}
	write(t, d, "[1,")
	files.end()
	left, err := os.ReadDir(filepath.Join(home, "exports"))
	if err != nil || len(left) > 0 {
		t.Errorf("%v are left, %v", left, err)
	}
	if err := d.Commit(); err == nil {
		t.Error("it was kept, and half of it is there")
	}
	if _, err := files.Create("~/exports/more.json", false); err == nil {
		t.Error("another was begun")
	}
}
