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
)

// trusted is a folder as this program makes it, and a file in it.
func trusted(t *testing.T) (folder, file string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "folder")
	file = filepath.Join(folder, "file")
	if err := os.Mkdir(folder, privateFolder); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("text"), privateFile); err != nil {
		t.Fatal(err)
	}
	return folder, file
}

func chmod(t *testing.T, path string, mode fs.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

func TestFilesThatOthersMayChangeAreRefused(t *testing.T) {
	_, file := trusted(t)
	for mode, want := range map[fs.FileMode]string{0o600: "", 0o644: "", 0o660: "may be written by others", 0o602: "may be written by others"} {
		chmod(t, file, mode)
		data, err := readOwn(file, othersMayWrite, 100)
		if want == "" && (err != nil || string(data) != "text") {
			t.Errorf("%v: %q, %v", mode, data, err)
		}
		if want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%v: %v", mode, err)
		}
	}
	chmod(t, file, 0o644)
	if _, err := readOwn(file, othersMayAccess, 100); err == nil || !strings.Contains(err.Error(), "may be read by others") {
		t.Errorf("a key that others may read: %v", err)
	}
}

func TestFilesOfOthersAreRefused(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a file away")
	}
	folder, file := trusted(t)
	if err := os.Chown(file, 4711, -1); err != nil {
		t.Fatal(err)
	}
	if _, err := readOwn(file, othersMayWrite, 100); err == nil || !strings.Contains(err.Error(), "another user (4711)") {
		t.Errorf("file: %v", err)
	}
	if err := os.Chown(folder, 4711, -1); err != nil {
		t.Fatal(err)
	}
	if err := checkFolder(folder); err == nil || !strings.Contains(err.Error(), "another user (4711)") {
		t.Errorf("folder: %v", err)
	}
}

func TestLinksAreNotFollowed(t *testing.T) {
	folder, file := trusted(t)
	link := filepath.Join(folder, "link")
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	if _, err := readOwn(link, othersMayWrite, 100); err == nil || !strings.Contains(err.Error(), "is a link") {
		t.Errorf("read: %v", err)
	}
	dangling := filepath.Join(folder, "dangling")
	target := filepath.Join(folder, "target")
	if err := os.Symlink(target, dangling); err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func(string) (*os.File, error){"append": appendOwn, "create": createOwn} {
		if _, err := open(dangling); err == nil || !strings.Contains(err.Error(), "is a link") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Lstat(target); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a file was made through the link")
	}
	linkedFolder := filepath.Join(folder, "linked")
	if err := os.Symlink(folder, linkedFolder); err != nil {
		t.Fatal(err)
	}
	if err := checkFolder(linkedFolder); err == nil || !strings.Contains(err.Error(), "is a link") {
		t.Errorf("folder: %v", err)
	}
}

func TestAPipeInAFilesPlaceIsRefusedAndNotWaitedFor(t *testing.T) {
	folder, _ := trusted(t)
	pipe := filepath.Join(folder, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readOwn(pipe, othersMayWrite, 100); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("%v", err)
	}
	if _, err := appendOwn(pipe); err == nil {
		t.Error("a pipe was opened to write")
	}
	if _, err := readOwn(folder, othersMayWrite, 100); err == nil {
		t.Error("a folder was read")
	}
}

func TestFilesAreMadeForTheUserAlone(t *testing.T) {
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	path := filepath.Join(t.TempDir(), "state", "nango-tui", "new")
	file, err := createOwn(path)
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	for path, want := range map[string]fs.FileMode{path: privateFile, filepath.Dir(path): privateFolder} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	if _, err := createOwn(path); err == nil {
		t.Error("a file that was there was opened as a new one")
	}
	chmod(t, filepath.Dir(path), 0o777)
	if _, err := createOwn(path + "2"); err == nil || !strings.Contains(err.Error(), "may be written by others") {
		t.Errorf("in a folder of everybody: %v", err)
	}
}

func TestTheConfigFolderMustBeTheUsers(t *testing.T) {
	folder, _ := trusted(t)
	path := filepath.Join(folder, configFolder, configName)
	if err := os.MkdirAll(filepath.Dir(path), privateFolder); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(wholeConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	chmod(t, filepath.Dir(path), 0o777)
	if _, err := loadSettings(folder); err == nil || !strings.Contains(err.Error(), "may be written by others") {
		t.Errorf("%v", err)
	}
}
