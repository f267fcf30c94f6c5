package functions

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// MaxFile is the maximum size of a code file, in bytes. A function has a few kilobytes.
const MaxFile = 1 << 20

type file struct {
	path, text string
}

func (f *file) name() string { return filepath.Base(f.path) }

// line returns a line by its number from 1, or empty.
func (f *file) line(number int) string {
	rest := f.text
	for n := 1; n < number && rest != ""; n++ {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSuffix(line, "\r")
}

// createPattern matches how code declares the function that it creates.
var createPattern = regexp.MustCompile(`export\s+default\s+create(Sync|Action|OnEvent)\b`)

// checkKind fails if the code declares another kind of function.
func (f *file) checkKind(kind nango.FunctionType) error {
	found := createPattern.FindStringSubmatch(f.text)
	if found == nil || strings.EqualFold(found[1], string(kind)) {
		return nil
	}
	return fmt.Errorf(textWrongKind, f.name(), createdKinds[found[1]], found[1])
}

var createdKinds = map[string]string{"Sync": "a sync", "Action": "an action",
	"OnEvent": textOnEventOnlyCompiles}

// readFile returns a task that reads code, off App's goroutine.
func readFile(path string) func(context.Context, screen.Tools) (*file, error) {
	return func(_ context.Context, tools screen.Tools) (*file, error) {
		raw, err := tools.Files.Read(path, MaxFile)
		if err != nil {
			return nil, fmt.Errorf(textCantReadFile, err)
		}
		text := strings.TrimPrefix(string(raw), "\ufeff")
		switch {
		case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
			return nil, errors.New(path + textNotTextFile)
		case strings.TrimSpace(text) == "":
			return nil, errors.New(path + " is empty")
		}
		return &file{path, text}, nil
	}
}

func checkPath(path string) error {
	path = strings.TrimSpace(path)
	switch {
	case path == "":
		return errors.New(textPathExample)
	case !slices.Contains([]string{".ts", ".mts", ".cts", ".tsx"}, strings.ToLower(filepath.Ext(path))):
		return errors.New(textMustBeTypeScript)
	}
	return nil
}
