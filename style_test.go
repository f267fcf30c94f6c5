package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// mayStyle are the files outside ui and theme.go that have escape sequences or signs of frames, and why.
var mayStyle = map[string]string{
	"internal/clean/frame.go":               "checks every frame",
	"nango/sandbox/seed.go":                 "has names of hostile customers",
	"models/proxy/curlline/shell_dollar.go": "reads escapes of a shell",
}

// Only ui and theme.go draw colors, borders, bars and scrollbars, so that all screens look the same.
func TestScreensDrawOnlyWithUI(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		path = filepath.ToSlash(path)
		isTerminal := strings.HasPrefix(path, "internal/terminal/") // which talks to the terminal itself
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
			strings.HasPrefix(path, "ui/") || path == "theme.go" || isTerminal || mayStyle[path] != "" {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		for _, reason := range drawing(file) {
			t.Errorf("%s: %s: draw it with ui", path, reason)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// drawing returns what a file draws by itself.
func drawing(file *ast.File) (found []string) {
	for _, i := range file.Imports {
		path, _ := strconv.Unquote(i.Path.Value)
		if strings.HasPrefix(path, "charm.land/lipgloss") || strings.HasPrefix(path, "charm.land/bubbles") {
			found = append(found, "imports "+path)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		literal, ok := n.(*ast.BasicLit)
		if !ok || literal.Kind == token.INT || literal.Kind == token.FLOAT {
			return true
		}
		text, _ := strconv.Unquote(literal.Value)
		if literal.Kind == token.STRING && strings.Contains(text, "\x1b") {
			found = append(found, "an escape sequence in "+literal.Value)
		}
		if literal.Kind == token.STRING && strings.ContainsAny(text, "│─┌┐└┘▐█") {
			found = append(found, "a border or a bar in "+literal.Value)
		}
		return true
	})
	return found
}

func TestDrawingIsFound(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "x.go", `package x; import "charm.land/lipgloss/v2"; var a, b = "\x1b[1m", " │ "`, 0)
	if err != nil {
		t.Fatal(err)
	}
	if found := drawing(file); len(found) != 3 {
		t.Errorf("found %q", found)
	}
}
