package terminal

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/clean"
	"nango-tui/internal/securefile"
)

// Crash handles the first panic: it quits the program in order, so that the terminal is restored, and writes a file.
type Crash struct {
	// Folder is where the file goes.
	Folder string
	// Version is written into the file.
	Version string
	// Sanitize masks the secrets of a text.
	Sanitize func(text string) []clean.Text
	Now      func() time.Time
	// quit ends the program. It is called on its own goroutine.
	quit func()

	mu     sync.Mutex
	reason string
	stack  string
}

// recover must be deferred directly.
func (c *Crash) recover() {
	if reason := recover(); reason != nil {
		c.record(fmt.Sprint(reason), string(debug.Stack()))
	}
}

func (c *Crash) record(reason, stack string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stack != "" {
		return
	}
	c.reason, c.stack = reason, stack
	go c.quit()
}

func (c *Crash) happened() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stack != ""
}

// wrap recovers the panics of a command and of those it returns. Bubble Tea would print them with secrets and escapes.
func (c *Crash) wrap(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		defer c.recover()
		return c.wrapAll(cmd())
	}
}

// wrapAll wraps the commands of a batch or a sequence. The type of a sequence is private to Bubble Tea, so it is
// recognized by its shape: a slice of commands.
func (c *Crash) wrapAll(msg tea.Msg) tea.Msg {
	if msg == nil {
		return nil
	}
	list := reflect.ValueOf(msg)
	if list.Kind() != reflect.Slice || list.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return msg
	}
	wrapped := reflect.MakeSlice(list.Type(), list.Len(), list.Len())
	for i := range list.Len() {
		wrapped.Index(i).Set(reflect.ValueOf(c.wrap(list.Index(i).Interface().(tea.Cmd))))
	}
	return wrapped.Interface()
}

// report writes the file and returns a message for the user. It returns nil if there was no panic.
func (c *Crash) report() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stack == "" {
		return nil
	}
	var words []string
	for _, line := range c.Sanitize(c.reason) {
		words = append(words, line.String())
	}
	reason := strings.Join(words, " ")
	path, err := c.writeFile()
	if err != nil {
		return fmt.Errorf("nango-tui crashed: %s\nCould not write a crash report: %w", reason, err)
	}
	return errors.New("nango-tui crashed: " + reason + "\nThe crash report is " + path + ". It contains no API key.")
}

func (c *Crash) writeFile() (path string, err error) {
	now := c.Now().UTC()
	path = filepath.Join(c.Folder, now.Format("crash-20060102T150405.000000Z.txt"))
	file, err := securefile.Create(path)
	if err != nil {
		return "", err
	}
	head := clean.Lines("nango-tui " + c.Version + "\n" + runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH + "\n" +
		now.Format(time.RFC3339) + "\n")
	err = clean.NewWriter(file).Print(slices.Concat(head, c.Sanitize(c.reason+"\n\n"+c.stack))...)
	return path, errors.Join(err, file.Close())
}
