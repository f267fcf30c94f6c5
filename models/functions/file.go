package functions

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// MaxFile is how long a file with code may be, in bytes: a function has some kilobytes.
const MaxFile = 1 << 20

// file is source code of the user's, as it was read.
type file struct {
	path, text string
}

// name is what the file is called, without its folders.
func (f *file) name() string { return filepath.Base(f.path) }

// line is the text of a line, by its number from 1; empty where there is none.
func (f *file) line(number int) string {
	rest := f.text
	for n := 1; n < number && rest != ""; n++ {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSuffix(line, "\r")
}

// makes is how code says what it makes.
var makes = regexp.MustCompile(`export\s+default\s+create(Sync|Action|OnEvent)\b`)

// checkKind says that the code makes something else than what it is to be, as far as the code says.
func (f *file) checkKind(kind nango.FunctionType) error {
	found := makes.FindStringSubmatch(f.text)
	if found == nil || strings.EqualFold(found[1], string(kind)) {
		return nil
	}
	return fmt.Errorf("the code of %s is that of %s: its default export is create%s()", f.name(), kinds[found[1]], found[1])
}

// kinds are what code can make, by the names of what makes it.
var kinds = map[string]string{"Sync": "a sync", "Action": "an action",
	"OnEvent": "a function that runs on events, which can only be compiled here"}

// readFile reads code, off App's goroutine.
func readFile(path string) func(context.Context, screen.Tools) (*file, error) {
	return func(_ context.Context, tools screen.Tools) (*file, error) {
		raw, err := tools.Files.Read(path, MaxFile)
		if err != nil {
			return nil, fmt.Errorf("the file cannot be read: %w", err)
		}
		text := strings.TrimPrefix(string(raw), "\ufeff")
		switch {
		case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
			return nil, errors.New(path + " is no text")
		case strings.TrimSpace(text) == "":
			return nil, errors.New(path + " is empty")
		}
		return &file{path, text}, nil
	}
}

// checkPath judges a path as one types it.
func checkPath(path string) error {
	path = strings.TrimSpace(path)
	switch {
	case path == "":
		return errors.New("which file? Such as ~/functions/contacts.ts")
	case !isTypeScript(path):
		return errors.New("it has to be TypeScript, which Nango takes: a file whose name ends in .ts")
	}
	return nil
}

func isTypeScript(path string) bool {
	for _, end := range []string{".ts", ".mts", ".cts", ".tsx"} {
		if strings.HasSuffix(strings.ToLower(path), end) {
			return true
		}
	}
	return false
}
