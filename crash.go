package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/nango"
	"nango-tui/ui"
)

// crash keeps the first panic of the program: it ends the program in order, so that the terminal comes back, and then
// writes down what is known, without the secrets that were seen.
type crash struct {
	folder  string
	secrets *nango.Secrets
	now     func() time.Time
	// quit ends the program. It is called on a goroutine of its own, and may wait.
	quit func()

	mu     sync.Mutex
	reason string
	stack  string
}

// caught is deferred where a panic may pass.
func (c *crash) caught() {
	if reason := recover(); reason != nil {
		c.keep(fmt.Sprint(reason), string(debug.Stack()))
	}
}

func (c *crash) keep(reason, stack string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stack != "" {
		return
	}
	c.reason, c.stack = reason, stack
	go c.quit()
}

func (c *crash) happened() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stack != ""
}

// guard is a command whose panic is caught, and that of the commands that it answers with. Bubble Tea would print it as
// it is, secrets and escape sequences included.
func (c *crash) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		defer c.caught()
		return c.guardAll(cmd())
	}
}

// guardAll guards the commands of a batch or a sequence. The type of a sequence is Bubble Tea's own, so it is known by
// its shape: a slice of commands.
func (c *crash) guardAll(msg tea.Msg) tea.Msg {
	if msg == nil {
		return nil
	}
	list := reflect.ValueOf(msg)
	if list.Kind() != reflect.Slice || list.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return msg
	}
	guarded := reflect.MakeSlice(list.Type(), list.Len(), list.Len())
	for i := range list.Len() {
		guarded.Index(i).Set(reflect.ValueOf(c.guard(list.Index(i).Interface().(tea.Cmd))))
	}
	return guarded.Interface()
}

// report writes the crash down and says where, in words for the terminal that is back. Nil where nothing happened.
func (c *crash) report() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stack == "" {
		return nil
	}
	reason := ui.Clean(c.secrets.Mask(c.reason)).String()
	path, err := c.write(reason)
	if err != nil {
		return fmt.Errorf("nango-tui has crashed: %s\nThis could not be written down: %w", reason, err)
	}
	return errors.New("nango-tui has crashed: " + reason + "\nWhat is known of it is in " + path + ". No key is in it.")
}

func (c *crash) write(reason string) (path string, err error) {
	now := c.now().UTC()
	path = filepath.Join(c.folder, now.Format("crash-20060102T150405.000000Z.txt"))
	file, err := createOwn(path)
	if err != nil {
		return "", err
	}
	lines := []string{
		"nango-tui " + version(), runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH,
		now.Format(time.RFC3339), "", reason, "",
	}
	for _, line := range ui.CleanLines(c.secrets.Mask(c.stack)) {
		lines = append(lines, line.String())
	}
	_, err = file.WriteString(strings.Join(lines, "\n") + "\n")
	return path, errors.Join(err, file.Close())
}
