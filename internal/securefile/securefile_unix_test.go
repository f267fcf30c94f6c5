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

// newFolder makes a private folder with a private file in it.
func newFolder(t *testing.T) (folder, file string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "folder")
	file = filepath.Join(folder, "file")
	if err := os.Mkdir(folder, FolderMode); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("text"), FileMode); err != nil {
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

func TestFilesThatOthersCanWriteAreRefused(t *testing.T) {
	_, file := newFolder(t)
	for mode, want := range map[fs.FileMode]string{0o600: "", 0o644: "", 0o660: "writable by other users", 0o602: "writable by other users"} {
		chmod(t, file, mode)
		data, err := Read(file, OthersWrite, 100)
		if want == "" && (err != nil || string(data) != "text") {
			t.Errorf("%v: %q, %v", mode, data, err)
		}
		if want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%v: %v", mode, err)
		}
	}
	chmod(t, file, 0o644)
	if _, err := Read(file, OthersAccess, 100); err == nil || !strings.Contains(err.Error(), "readable by other users") {
		t.Errorf("a key that others can read: %v", err)
	}
}

func TestFilesOfOtherUsersAreRefused(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can change the owner of a file")
	}
	folder, file := newFolder(t)
	if err := os.Chown(file, 4711, -1); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(file, OthersWrite, 100); err == nil || !strings.Contains(err.Error(), "another user (uid 4711)") {
		t.Errorf("file: %v", err)
	}
	if err := os.Chown(folder, 4711, -1); err != nil {
		t.Fatal(err)
	}
	if err := CheckFolder(folder); err == nil || !strings.Contains(err.Error(), "another user (uid 4711)") {
		t.Errorf("folder: %v", err)
	}
}

func TestSymbolicLinksAreNotFollowed(t *testing.T) {
	folder, file := newFolder(t)
	link := filepath.Join(folder, "link")
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(link, OthersWrite, 100); err == nil || !strings.Contains(err.Error(), "is a symbolic link") {
		t.Errorf("read: %v", err)
	}
	dangling := filepath.Join(folder, "dangling")
	target := filepath.Join(folder, "target")
	if err := os.Symlink(target, dangling); err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func(string) (*os.File, error){"append": Append, "create": Create} {
		if _, err := open(dangling); err == nil || !strings.Contains(err.Error(), "is a symbolic link") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Lstat(target); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a file was created through the link")
	}
	linkedFolder := filepath.Join(folder, "linked")
	if err := os.Symlink(folder, linkedFolder); err != nil {
		t.Fatal(err)
	}
	if err := CheckFolder(linkedFolder); err == nil || !strings.Contains(err.Error(), "is a symbolic link") {
		t.Errorf("folder: %v", err)
	}
}

// A linked folder could lead to where others write. That holds for the program's folder and for the one that the user names,
// whether a file is read, created or replaced.
func TestLinkedFoldersAreRefused(t *testing.T) {
	place := t.TempDir()
	home := filepath.Join(place, "home")
	if err := os.MkdirAll(filepath.Join(home, "nango-tui"), FolderMode); err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{
		filepath.Join(place, "linked"): home, filepath.Join(place, "nango-tui"): filepath.Join(home, "nango-tui"),
		filepath.Join(place, "dangling"): filepath.Join(place, "made"),
	} {
		if err := os.Symlink(to, from); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(home, "nango-tui", "file")
	if err := os.WriteFile(file, []byte("text"), FileMode); err != nil {
		t.Fatal(err)
	}
	if data, err := ReadOwn(file, OthersWrite, 100); err != nil || string(data) != "text" {
		t.Errorf("a real folder: %q, %v", data, err)
	}
	for _, folder := range []string{"linked/nango-tui", "linked/new", "nango-tui", "dangling/nango-tui"} {
		path := filepath.Join(place, filepath.FromSlash(folder), "file")
		_, readErr := ReadOwn(path, OthersWrite, 100)
		_, createErr := Create(path + "2")
		replaceErr := NewDrafts().Replace(path, []byte("other"))
		for what, err := range map[string]error{"read": readErr, "create": createErr, "replace": replaceErr} {
			missing := what == "read" && errors.Is(err, fs.ErrNotExist)
			if !missing && (err == nil || !strings.Contains(err.Error(), "is a symbolic link")) {
				t.Errorf("%s in %s: %v", what, folder, err)
			}
		}
	}
	if entries, err := os.ReadDir(filepath.Join(home, "nango-tui")); err != nil || len(entries) != 1 {
		t.Errorf("behind the links: %v, %v", entries, err)
	}
	if _, err := os.Stat(filepath.Join(place, "made")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder was made behind a link: %v", err)
	}
}

func TestPipesAndFoldersAreRefused(t *testing.T) {
	folder, _ := newFolder(t)
	pipe := filepath.Join(folder, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(pipe, OthersWrite, 100); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("%v", err)
	}
	if _, err := Append(pipe); err == nil {
		t.Error("a pipe was opened for writing")
	}
	if _, err := Read(folder, OthersWrite, 100); err == nil {
		t.Error("a folder was read")
	}
}

func TestNewFilesArePrivate(t *testing.T) {
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	path := filepath.Join(t.TempDir(), "state", "nango-tui", "new")
	file, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	for path, want := range map[string]fs.FileMode{path: FileMode, filepath.Dir(path): FolderMode} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	if _, err := Create(path); err == nil {
		t.Error("an existing file was created")
	}
	chmod(t, filepath.Dir(path), 0o777)
	if _, err := Create(path + "2"); err == nil || !strings.Contains(err.Error(), "writable by other users") {
		t.Errorf("in a folder that everyone can write: %v", err)
	}
}
