//go:build unix

package securefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func create(t *testing.T, drafts *Drafts, path string, overwrite bool) *Draft {
	t.Helper()
	d, err := drafts.Create(path, path, overwrite)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func write(t *testing.T, d *Draft, text string) {
	t.Helper()
	if _, err := d.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
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

func checkFiles(t *testing.T, folder string, want int) {
	t.Helper()
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != want {
		t.Errorf("the folder has %v, not %d files, %v", entries, want, err)
	}
}

func TestDraftAppearsWhenCommitted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contacts.json")
	d := create(t, NewDrafts(), path, false)
	write(t, d, "[1,")
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half of the file is there: %v", err)
	}
	write(t, d, "2]")
	if err := d.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := d.Discard(); err != nil || fileText(t, path) != "[1,2]" {
		t.Errorf("%q, %v", fileText(t, path), err)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != FileMode {
		t.Errorf("other users can access the file: %v", info.Mode())
	}
}

func TestDiscardedDraftLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	d := create(t, NewDrafts(), filepath.Join(folder, "a"), false)
	write(t, d, "half")
	if err := d.Discard(); err != nil {
		t.Fatal(err)
	}
	checkFiles(t, folder, 0)
}

func TestExistingFileIsReplacedOnlyOnRequest(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	writeFile(t, path, "mine")
	if _, err := NewDrafts().Create(path, path, false); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a draft of an existing file: %v", err)
	}
	d := create(t, NewDrafts(), path, true)
	write(t, d, "newer")
	if err := d.Commit(); err != nil || fileText(t, path) != "newer" {
		t.Errorf("%q, %v", fileText(t, path), err)
	}
}

func TestFileCreatedMeanwhileIsNotReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	d := create(t, NewDrafts(), path, false)
	writeFile(t, path, "mine")
	if err := d.Commit(); !errors.Is(err, fs.ErrExist) || fileText(t, path) != "mine" {
		t.Errorf("%q, %v", fileText(t, path), err)
	}
	checkFiles(t, filepath.Dir(path), 1)
}

func TestDraftInImpossiblePlaceIsAnError(t *testing.T) {
	folder := t.TempDir()
	for path, want := range map[string]string{
		filepath.Join(folder, "nowhere", "a"): "no such file or directory",
		folder:                                "not a regular file",
		"/dev/null":                           "not a regular file",
		filepath.Join(folder, "a\x00b"):       "invalid argument",
		filepath.Join("/proc", "1", "x"):      "cannot write",
	} {
		if _, err := NewDrafts().Create(path, path, false); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", path, err)
		}
	}
}

func TestFullDiskIsAnError(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no /dev/full:", err)
	}
	d := &Draft{file: full, path: "contacts.json", drafts: NewDrafts()}
	if _, err := d.Write([]byte("x")); !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "cannot write contacts.json") {
		t.Errorf("%v", err)
	}
}

func TestReadAnyRefusesPipesAndLargeFiles(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadAny(pipe, "pipe", 10); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("%v", err)
	}
	long := filepath.Join(t.TempDir(), "long")
	writeFile(t, long, strings.Repeat("x", 11))
	if _, err := ReadAny(long, "long", 10); err == nil || !strings.Contains(err.Error(), "larger than the limit of 10 bytes") {
		t.Errorf("%v", err)
	}
}

func TestReplaceMakesPrivateFiles(t *testing.T) {
	home := t.TempDir()
	path := filepath.Join(home, "state", "requests.yaml")
	for _, text := range []string{"first", "second"} {
		if err := NewDrafts().Replace(path, []byte(text)); err != nil || fileText(t, path) != text {
			t.Fatalf("%q, %v", fileText(t, path), err)
		}
	}
	for path, want := range map[string]fs.FileMode{path: FileMode, filepath.Dir(path): FolderMode} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%v, %v", info, err)
		}
	}
	checkFiles(t, filepath.Dir(path), 1)
}

func TestReplaceDoesNotFollowLinks(t *testing.T) {
	folder, file := newFolder(t)
	link := filepath.Join(folder, "link")
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	if err := NewDrafts().Replace(link, []byte("third")); err == nil || !strings.Contains(err.Error(), "is a symbolic link") {
		t.Errorf("a link was followed: %v", err)
	}
}

func TestCloseRemovesUnfinishedFiles(t *testing.T) {
	folder, drafts := t.TempDir(), NewDrafts()
	d := create(t, drafts, filepath.Join(folder, "contacts.json"), false)
	write(t, d, "[1,")
	drafts.Close()
	checkFiles(t, folder, 0)
	if err := d.Commit(); err == nil {
		t.Error("an unfinished file was committed")
	}
	if _, err := drafts.Create(filepath.Join(folder, "more.json"), "more.json", false); err == nil {
		t.Error("a new draft was created")
	}
}
