//go:build unix

package securefile

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"nango-tui/internal/longtest"
)

// The variables that make the test binary one of the programs of a test.
const updaterVariable, holderVariable, leaverVariable = "TEST_UPDATE", "TEST_HOLD", "TEST_LEAVE"

func TestMain(m *testing.M) {
	if path := os.Getenv(updaterVariable); path != "" {
		if err := addLines(path, 10); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if path := os.Getenv(holderVariable); path != "" {
		lock, err := TryLock(path)
		if err != nil {
			os.Exit(1)
		}
		fmt.Println("held")
		waitForKill()
		lock.Release()
	}
	if home := os.Getenv(leaverVariable); home != "" {
		if err := leaveFiles(home); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println("left")
		waitForKill()
	}
	os.Exit(m.Run())
}

// waitForKill waits while the test lives. A program in which every goroutine waits would be ended by Go.
func waitForKill() { _, _ = io.Copy(io.Discard, os.Stdin) }

// addLines adds lines to a file, one at a time. On a busy machine an update may find no moment without a lock, which is an error
// and loses nothing: it is tried again.
func addLines(path string, lines int) error {
	for range lines {
		err := ErrLocked
		for errors.Is(err, ErrLocked) {
			err = NewDrafts().Update(path, 1<<20, func(old []byte) ([]byte, error) { return append(old, "line\n"...), nil })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func helper(t *testing.T, variable, value string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), variable+"="+value)
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

func TestNoUpdateIsLostAmongEightPrograms(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config", "requests.yaml")
	var programs sync.WaitGroup
	for range 8 {
		programs.Go(func() {
			if out, err := helper(t, updaterVariable, path).CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	programs.Wait()
	if lines := strings.Count(fileText(t, path), "\n"); lines != 80 {
		t.Errorf("%d of 80 lines were kept", lines)
	}
}

func TestNoUpdateIsLostAmongGoroutines(t *testing.T) {
	path := filepath.Join(t.TempDir(), "requests.yaml")
	var routines sync.WaitGroup
	for range 8 {
		routines.Go(func() {
			if err := addLines(path, 5); err != nil {
				t.Error(err)
			}
		})
	}
	routines.Wait()
	if lines := strings.Count(fileText(t, path), "\n"); lines != 40 {
		t.Errorf("%d of 40 lines were kept", lines)
	}
}

func TestLockEndsWithItsProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.lock")
	holder := helper(t, holderVariable, path)
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 4)); err != nil {
		t.Fatal(err)
	}
	if _, err := TryLock(path); !errors.Is(err, ErrLocked) {
		t.Errorf("while its process lives: %v", err)
	}
	_ = holder.Process.Kill()
	_ = holder.Wait() // it was killed
	lock, err := TryLock(path)
	if err != nil {
		t.Fatalf("after SIGKILL: %v", err)
	}
	lock.Remove()
	checkFiles(t, filepath.Dir(path), 0)
}

func TestRemovedLockIsNotTakenTwice(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.lock")
	first, err := TryLock(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	second, err := TryLock(path) // of another file with the same name
	if err != nil {
		t.Fatal(err)
	}
	first.Release()
	if _, err := TryLock(path); !errors.Is(err, ErrLocked) {
		t.Errorf("%v", err)
	}
	second.Release()
}

func TestOnlyOneHoldsALockThatIsRemovedEachTime(t *testing.T) {
	longtest.SkipInShort(t)
	path := filepath.Join(t.TempDir(), "run.lock")
	var holders atomic.Int32
	var routines sync.WaitGroup
	for range 8 {
		routines.Go(func() {
			for range 2000 {
				lock, err := TryLock(path)
				if err != nil {
					continue
				}
				if holders.Add(1) > 1 {
					t.Error("two hold the lock")
				}
				runtime.Gosched()
				holders.Add(-1)
				lock.Remove()
			}
		})
	}
	routines.Wait()
}

func TestLockOfOthersIsRefused(t *testing.T) {
	folder, file := newFolder(t)
	chmod(t, file, 0o666)
	if _, err := WaitForLock(file); err == nil || !strings.Contains(err.Error(), "writable by other users") {
		t.Errorf("%v", err)
	}
	link := filepath.Join(folder, "link")
	if err := os.Symlink(filepath.Join(folder, "target"), link); err != nil {
		t.Fatal(err)
	}
	if _, err := TryLock(link); err == nil || !strings.Contains(err.Error(), "is a symbolic link") {
		t.Errorf("%v", err)
	}
	chmod(t, folder, 0o777)
	err := NewDrafts().Update(filepath.Join(folder, "new"), 10, nil)
	if err == nil || !strings.Contains(err.Error(), "writable by other users") {
		t.Errorf("%v", err)
	}
}

func TestUpdateKeepsTheFileAfterAnError(t *testing.T) {
	_, file := newFolder(t)
	wrong := errors.New("wrong")
	if err := NewDrafts().Update(file, 10, func([]byte) ([]byte, error) { return nil, wrong }); !errors.Is(err, wrong) {
		t.Errorf("%v", err)
	}
	if got := fileText(t, file); got != "text" {
		t.Errorf("%q", got)
	}
}
