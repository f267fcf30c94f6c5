package main

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

const module = "nango-tui"

// goPackage is what "go list" reports about a package. Imports doesn't include those of its tests.
type goPackage struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Imports    []string
	Doc        string
}

// listPackages returns all packages of the module, for the system that the test runs on.
func listPackages(t *testing.T) []goPackage {
	t.Helper()
	all, err := listOnce()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var listOnce = sync.OnceValues(func() (all []goPackage, err error) {
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports,Doc", "./...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
})

const anyArea = "models/AREA"

// importRules lists, for each unit, the other units of this module that it may import outside tests. A unit is a package
// with its subpackages, see [unitOf]. Units that are not listed may import none.
func importRules() map[string][]string {
	const json, clean, guard, securefile = "internal/jsontext", "internal/clean", "internal/guard", "internal/securefile"
	return map[string][]string{
		"nango":                    {json, clean},
		"ui":                       {json, clean},
		"ui/uitest":                {"ui"},
		guard:                      {"nango"},
		"internal/config":          {securefile, guard},
		"internal/terminal":        {securefile, clean},
		"internal/journal":         {securefile, clean},
		"internal/runfile":         {securefile, clean},
		"models/screen":            {"nango", "ui", guard, json, clean},
		"models/screen/screentest": {"models/screen", "nango", "nango/sandbox", "ui", guard, json, "internal/longtest"},
		anyArea:                    {"models/screen", "nango", "ui", json, clean},
		"models/proxy":             {"models/screen", "nango", "ui", json, clean, "models/proxy/curlline"},
		"models":                   {anyArea, "models/screen", "nango", "ui", guard, json, clean},
		"main": {
			"models", anyArea, "models/screen", "nango", "nango/sandbox", "ui",
			guard, json, clean, "internal/config", securefile, "internal/terminal", "internal/receiver", "internal/journal", "internal/runfile",
		},
	}
}

// ownUnits are subpackages that don't have the imports of their parent, but their own.
func ownUnits() []string {
	return []string{"nango/sandbox", "ui/uitest", "models/screen/screentest", "models/proxy/curlline"}
}

// unitOf returns the unit that a package belongs to: "ui" for ui/schemaform, "models/syncs" for models/syncs.
// It returns "" for a package in a place that the layout doesn't have.
func unitOf(importPath string) string {
	if importPath == module {
		return "main"
	}
	name, _ := strings.CutPrefix(importPath, module+"/")
	for _, unit := range ownUnits() {
		if name == unit || strings.HasPrefix(name, unit+"/") {
			return unit
		}
	}
	parts := strings.Split(name, "/")
	switch parts[0] {
	case "nango", "ui":
		return parts[0]
	case "models", "internal", "test":
		return strings.Join(parts[:min(2, len(parts))], "/")
	}
	return ""
}

// isArea reports whether a unit is a folder of screens, such as models/syncs.
func isArea(unit string) bool {
	return strings.HasPrefix(unit, "models/") && unit != "models/screen" && !slices.Contains(ownUnits(), unit)
}

func mayImport(unit, imported string) bool {
	allowed, ok := importRules()[unit]
	if !ok && isArea(unit) {
		allowed = importRules()[anyArea]
	}
	return unit == imported || slices.Contains(allowed, imported) || slices.Contains(allowed, anyArea) && isArea(imported)
}

func TestPackagesImportOnlyWhatTheirFloorAllows(t *testing.T) {
	for _, p := range listPackages(t) {
		unit := unitOf(p.ImportPath)
		if unit == "" {
			t.Errorf("%s: the layout has no such place", p.ImportPath)
			continue
		}
		for _, imported := range p.Imports {
			inModule := imported == module || strings.HasPrefix(imported, module+"/")
			if inModule && !mayImport(unit, unitOf(imported)) {
				t.Errorf("%s may not import %s", p.ImportPath, imported)
			}
		}
	}
}

// isForTests reports whether a unit is never part of the program.
func isForTests(unit string) bool {
	return unit == "models/screen/screentest" || unit == "ui/uitest" || unit == "internal/longtest" || strings.HasPrefix(unit, "test/")
}

func TestOnlyTestsImportTestPackages(t *testing.T) {
	for _, p := range listPackages(t) {
		for _, imported := range p.Imports {
			if isForTests(unitOf(imported)) && !isForTests(unitOf(p.ImportPath)) {
				t.Errorf("%s imports %s outside its tests", p.ImportPath, imported)
			}
		}
	}
}

// systemPackages give access to the network, files, environment variables and processes.
func systemPackages() []string { return []string{"net", "os", "os/exec", "os/signal", "syscall"} }

// hasNoIO reports whether a unit must not reach the system: only nango sends, and only main and its helpers read files.
func hasNoIO(unit string) bool {
	return unit == "ui" || unit == "models" || unit == "models/screen" || isArea(unit) ||
		unit == "models/proxy/curlline" || unit == "internal/guard" || unit == "internal/jsontext" || unit == "internal/clean"
}

func TestScreensWidgetsAndGuardDoNoIO(t *testing.T) {
	for _, p := range listPackages(t) {
		if !hasNoIO(unitOf(p.ImportPath)) {
			continue
		}
		for _, imported := range p.Imports {
			if slices.Contains(systemPackages(), imported) {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
			if imported == "net/http" {
				checkHTTPNames(t, p)
			}
		}
	}
}

// checkHTTPNames checks that a package uses only the names of methods and statuses of net/http.
func checkHTTPNames(t *testing.T, p goPackage) {
	t.Helper()
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			selector, ok := node.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			of, ok := selector.X.(*ast.Ident)
			isName := strings.HasPrefix(selector.Sel.Name, "Status") || strings.HasPrefix(selector.Sel.Name, "Method")
			if ok && of.Name == "http" && !isName {
				t.Errorf("%s uses http.%s in %s", p.ImportPath, selector.Sel.Name, name)
			}
			return true
		})
	}
}

func TestTopLevelHasOnlyExpectedFiles(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	folders := []string{"docs", "internal", "models", "nango", "test", "testdata", "ui"}
	files := []string{"README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "go.mod", "go.sum"}
	sources := []string{ // package main is wiring, and stays this small
		"main.go", "keymap.go", "theme.go", "flags.go", "connect.go", "demo.go", "serve.go", "files.go", "journal.go", "elsewhere.go",
	}
	builds := []string{"nango-tui", "dist"} // ignored by git
	for _, entry := range entries {
		name := entry.Name()
		switch {
		case strings.HasPrefix(name, "."), slices.Contains(builds, name):
		case entry.IsDir() && slices.Contains(folders, name):
		case !entry.IsDir() && (slices.Contains(files, name) || slices.Contains(sources, name)):
		case !entry.IsDir() && strings.HasSuffix(name, "_test.go"):
		default:
			t.Errorf("%s doesn't belong at the top level", name)
		}
	}
	for _, name := range []string{"main.go", "keymap.go", "theme.go", "README.md", "go.mod"} {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
}

func TestEveryPackageHasAPackageComment(t *testing.T) {
	for _, p := range listPackages(t) {
		if p.Doc == "" {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}

const (
	// maxColumns is the longest line of Go. A character counts as one column, and so does a tab.
	maxColumns = 140
	// maxFunctionLines is the longest function outside tests.
	maxFunctionLines = 60
)

// longFunctions may be longer than maxFunctionLines: the key table is one literal.
func longFunctions() []string { return []string{"keymap.go: keymap"} }

// eachGoFile calls do with every Go file of the module, of all systems.
func eachGoFile(t *testing.T, do func(path string, source []byte)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		hidden := strings.HasPrefix(entry.Name(), ".") && path != "."
		if entry.IsDir() && (hidden || entry.Name() == "testdata") {
			return filepath.SkipDir
		}
		if entry.IsDir() || filepath.Ext(path) != ".go" {
			return nil
		}
		source, err := os.ReadFile(path)
		if err == nil {
			do(path, source)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestLinesAreNotTooLong(t *testing.T) {
	eachGoFile(t, func(path string, source []byte) {
		number := 0
		for line := range strings.Lines(string(source)) {
			number++
			if columns := utf8.RuneCountInString(strings.TrimRight(line, "\r\n")); columns > maxColumns {
				t.Errorf("%s:%d has %d columns, more than %d", path, number, columns, maxColumns)
			}
		}
	})
}

func TestFunctionsAreNotTooLong(t *testing.T) {
	eachGoFile(t, func(path string, source []byte) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		positions := token.NewFileSet()
		file, err := parser.ParseFile(positions, path, source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range file.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if !ok || slices.Contains(longFunctions(), path+": "+function.Name.Name) {
				continue
			}
			lines := positions.Position(function.End()).Line - positions.Position(function.Pos()).Line + 1
			if lines > maxFunctionLines {
				t.Errorf("%s: %s has %d lines, more than %d", path, function.Name.Name, lines, maxFunctionLines)
			}
		}
	})
}
