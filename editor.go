package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
)

// maxEdited bounds what is read back from the editor, in bytes.
const maxEdited = 16 << 20

// fallbackEditor is what POSIX says is there where nobody has named one.
const fallbackEditor = "vi"

// editor runs the user's editor on a file of its own, which goes on every way out. The variables that are withheld are not
// in its environment.
type editor struct {
	words []string
	out   *os.File

	mu      sync.Mutex
	folder  string
	running *exec.Cmd
}

// newEditor is the editor that VISUAL or EDITOR names: a program and its arguments, no shell line.
func newEditor(env environment, out *os.File) *editor {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if words := strings.Fields(env.values[name]); len(words) > 0 {
			return &editor{words: words, out: out}
		}
	}
	return &editor{words: []string{fallbackEditor}, out: out}
}

// edit has a text edited. The terminal is the editor's until it ends.
func (e *editor) edit(name, text string, then func(text string, err error) tea.Msg) tea.Cmd {
	return func() tea.Msg {
		path, err := e.write(filepath.Base(name), text)
		if err != nil {
			return then("", errors.Join(err, e.clear()))
		}
		cmd := exec.Command(e.words[0], append(e.words[1:len(e.words):len(e.words)], path)...)
		// Bubble Tea would give it our output, which is not the file itself, and so a pipe to an editor.
		cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, e.out, e.out
		e.begin(cmd)
		return tea.ExecProcess(cmd, func(err error) tea.Msg {
			e.begin(nil)
			text, err := e.read(path, err)
			return then(text, errors.Join(err, e.clear()))
		})()
	}
}

// write puts the text into a file that nobody else may read.
func (e *editor) write(name, text string) (string, error) {
	folder, err := os.MkdirTemp("", configFolder+"-")
	if err != nil {
		return "", fmt.Errorf("no file for the editor can be made: %w", err)
	}
	e.mu.Lock()
	e.folder = folder
	e.mu.Unlock()
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, []byte(text), privateFile); err != nil {
		return "", fmt.Errorf("no file for the editor can be made: %w", err)
	}
	return path, nil
}

// read is what the text was saved as.
func (e *editor) read(path string, ran error) (string, error) {
	if ran != nil {
		return "", fmt.Errorf("the editor %s: %w (VISUAL or EDITOR names another)", e.words[0], ran)
	}
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("what the editor has saved cannot be read: %w", plainCause(err))
	}
	defer file.Close()
	data, err := readUpTo(file, filepath.Base(path), maxEdited)
	return string(data), err
}

func (e *editor) begin(cmd *exec.Cmd) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.running = cmd
}

// busy says that the terminal is the editor's: an interrupt typed there is meant for it.
func (e *editor) busy() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.running != nil
}

// clear removes the file.
func (e *editor) clear() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	folder := e.folder
	e.folder = ""
	if folder == "" {
		return nil
	}
	if err := os.RemoveAll(folder); err != nil {
		return fmt.Errorf("the editor's file in %s cannot be removed: %w", folder, err)
	}
	return nil
}

// end ends an editor that is still there when the program ends, and removes its file.
func (e *editor) end() {
	e.mu.Lock()
	cmd := e.running
	e.mu.Unlock()
	if cmd != nil && cmd.Process != nil {
		_ = cmd.Process.Kill() // it may have ended by itself
	}
	_ = e.clear() // there is nobody left to tell
}
