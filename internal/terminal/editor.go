package terminal

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/securefile"
)

// maxEdited is the largest text that is read back from the editor, in bytes.
const maxEdited = 16 << 20

// defaultEditor exists on every POSIX system.
const defaultEditor = "vi"

// Editor runs the user's editor on a private file, which is removed on every exit.
type Editor struct {
	command     []string
	out         *os.File
	temporaries *securefile.Temporaries

	running atomic.Pointer[exec.Cmd]

	mu     sync.Mutex
	folder string
}

// NewEditor returns the editor in VISUAL or EDITOR: a program and its arguments, not a shell line. Its files are
// listed in temporaries, unless that is nil.
func NewEditor(env Getenv, out *os.File, temporaries *securefile.Temporaries) *Editor {
	command := []string{defaultEditor}
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if words := strings.Fields(env(name)); len(words) > 0 {
			command = words
			break
		}
	}
	return &Editor{command: command, out: out, temporaries: temporaries}
}

// Edit lets the user edit a text in a file of that name. The editor has the terminal until it ends.
func (e *Editor) Edit(name, text string, then func(text string, err error) tea.Msg) tea.Cmd {
	return func() tea.Msg {
		path, err := e.writeFile(filepath.Base(name), text)
		if err != nil {
			return then("", errors.Join(err, e.removeFile()))
		}
		cmd := exec.Command(e.command[0], append(e.command[1:len(e.command):len(e.command)], path)...)
		// Bubble Tea would pass its own output, which isn't a file, so the editor would see a pipe.
		cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, e.out, e.out
		e.running.Store(cmd)
		return tea.ExecProcess(cmd, func(err error) tea.Msg {
			e.running.Store(nil)
			text, err := e.readFile(path, err)
			return then(text, errors.Join(err, e.removeFile()))
		})()
	}
}

func (e *Editor) writeFile(name, text string) (path string, err error) {
	folder := e.temporaries.Path(os.TempDir(), "nango-tui-")
	if err := os.Mkdir(folder, securefile.FolderMode); err != nil {
		return "", fmt.Errorf("cannot create a file for the editor: %w", err)
	}
	e.mu.Lock()
	e.folder = folder
	e.mu.Unlock()
	path = filepath.Join(folder, name)
	if err := os.WriteFile(path, []byte(text), securefile.FileMode); err != nil {
		return "", fmt.Errorf("cannot create a file for the editor: %w", err)
	}
	return path, nil
}

func (e *Editor) readFile(path string, editorErr error) (string, error) {
	if editorErr != nil {
		return "", fmt.Errorf("the editor %s failed: %w (set VISUAL or EDITOR to use another)", e.command[0], editorErr)
	}
	data, err := securefile.ReadAny(path, filepath.Base(path), maxEdited)
	return string(data), err
}

func (e *Editor) removeFile() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	folder := e.folder
	e.folder = ""
	if folder == "" {
		return nil
	}
	if err := os.RemoveAll(folder); err != nil {
		return fmt.Errorf("cannot remove the editor's file in %s: %w", folder, err)
	}
	return nil
}

// Close ends an editor that is still running, and removes its file. It is for the exit of the program.
func (e *Editor) Close() {
	if cmd := e.running.Load(); cmd != nil && cmd.Process != nil {
		_ = cmd.Process.Kill() // it may have ended by itself
	}
	_ = e.removeFile() // the program is exiting
}
