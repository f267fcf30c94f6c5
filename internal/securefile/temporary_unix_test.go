//go:build unix

package securefile

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// leaveFiles writes half of two files and a folder with a file, as a program that is killed then.
func leaveFiles(home string) error {
	temporaries := NewTemporaries(filepath.Join(home, "state"))
	drafts := temporaries.NewDrafts()
	for _, path := range []string{filepath.Join(home, "export", "contacts.json"), filepath.Join(home, "export", strings.Repeat("é", 120))} {
		draft, err := drafts.Create(path, path, false)
		if err != nil {
			return err
		}
		if _, err := draft.Write([]byte("[1,")); err != nil {
			return err
		}
	}
	folder := temporaries.Path(filepath.Join(home, "tmp"), "nango-tui-")
	if err := os.Mkdir(folder, FolderMode); err != nil {
		return err
	}
	if err := os.Symlink(filepath.Join(home, "precious"), filepath.Join(folder, "link")); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "body.json"), []byte("{}"), FileMode)
}

// newLeaver starts a process that leaves files in a home, and returns what kills it.
func newLeaver(t *testing.T, home string) (kill func()) {
	t.Helper()
	for _, folder := range []string{"export", "tmp", "precious"} {
		if err := os.Mkdir(filepath.Join(home, folder), FolderMode); err != nil {
			t.Fatal(err)
		}
	}
	writeFile(t, filepath.Join(home, "precious", "file"), "mine")
	cmd := helper(t, leaverVariable, home)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	kill = func() { _, _ = cmd.Process.Kill(), cmd.Wait() }
	t.Cleanup(kill)
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "left\n" {
		t.Fatalf("%q, %v", line, err)
	}
	return kill
}

func TestFilesOfAnEndedProcessAreRemoved(t *testing.T) {
	home := t.TempDir()
	kill := newLeaver(t, home)
	writeFile(t, filepath.Join(home, "export", ".mine.json.0123456789abcdef-1"), "mine")

	NewTemporaries(filepath.Join(home, "state")).Sweep()
	checkFiles(t, filepath.Join(home, "export"), 3)
	checkFiles(t, filepath.Join(home, "tmp"), 1)

	kill()
	NewTemporaries(filepath.Join(home, "state")).Sweep()
	checkFiles(t, filepath.Join(home, "export"), 1)
	for _, folder := range []string{"tmp", "state"} {
		checkFiles(t, filepath.Join(home, folder), 0)
	}
	checkFiles(t, filepath.Join(home, "precious"), 1)
}

// A list that somebody has changed removes nothing else, and no link is followed or removed. All paths are in the test's own folder,
// so that a mistake here removes nothing of the machine.
func TestOnlyTemporariesAreRemoved(t *testing.T) {
	home := t.TempDir()
	const run = "0123456789abcdef"
	precious := filepath.Join(home, "precious")
	writeFile(t, precious, "mine")
	link := filepath.Join(home, ".contacts.json."+run+"-1")
	if err := os.Symlink(precious, link); err != nil {
		t.Fatal(err)
	}
	inRun := filepath.Join(home, "state", run+"-2")
	if err := os.MkdirAll(inRun, FolderMode); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(inRun, "file"), "mine")
	list := strings.Join([]string{precious, link, home, "", "relative/" + run + "-1", filepath.Join(inRun, "file"), "\n"}, "\x00")
	state := filepath.Join(home, "state")
	path := filepath.Join(state, listPrefix+run+listSuffix)
	if err := os.WriteFile(path, []byte(list), FileMode); err != nil {
		t.Fatal(err)
	}
	NewTemporaries(state).Sweep()
	checkFiles(t, state, 1) // the list is gone
	checkFiles(t, inRun, 1)
	if _, err := os.Lstat(link); err != nil || fileText(t, precious) != "mine" {
		t.Errorf("%v", err)
	}
}

func TestListIsRemovedAtTheEnd(t *testing.T) {
	home := t.TempDir()
	temporaries := NewTemporaries(filepath.Join(home, "state"))
	temporaries.Sweep()
	temporaries.Close()
	checkFiles(t, home, 0) // nothing is touched before the first file
	drafts := temporaries.NewDrafts()
	for range 2 {
		d := create(t, drafts, filepath.Join(home, "a"), true)
		write(t, d, "text")
		if err := d.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	checkFiles(t, filepath.Join(home, "state"), 1)
	temporaries.Close()
	checkFiles(t, filepath.Join(home, "state"), 0)
}

func TestFilesAreWrittenWithoutAList(t *testing.T) {
	home := t.TempDir()
	writeFile(t, filepath.Join(home, "state"), "not a folder")
	d := create(t, NewTemporaries(filepath.Join(home, "state")).NewDrafts(), filepath.Join(home, "a"), false)
	write(t, d, "text")
	if err := d.Commit(); err != nil || fileText(t, filepath.Join(home, "a")) != "text" {
		t.Errorf("%v", err)
	}
}
