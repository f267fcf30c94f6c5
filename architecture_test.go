package main

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "nango-tui"

// listed is what go list says of a package.
type listed struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Imports    []string
}

// packages are all packages of the module, for the system that the test runs on.
func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports", "./...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []listed
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// floor is what the package may import of the module. An area may not import another one.
func floor(p string) (allowed []string, known bool) {
	const models, screen, ui, nango = module + "/models", module + "/models/screen", module + "/ui", module + "/nango"
	const schemaform = ui + "/schemaform"
	switch {
	case p == nango, p == ui, p == nango+"/sandbox":
		return nil, true
	case p == schemaform:
		return []string{ui}, true
	case p == screen:
		return []string{nango, ui}, true
	case path.Dir(p) == screen: // what tests of areas share
		return []string{screen, nango, ui, nango + "/sandbox"}, true
	case p == models+"/proxy":
		return []string{screen, nango, ui, models + "/proxy/curlline"}, true
	case p == models+"/proxy/curlline": // reads a text, and knows nothing of Nango
		return nil, true
	case path.Dir(p) == models:
		return []string{screen, nango, ui, schemaform}, true
	case p == models:
		return []string{models + "/*", nango, ui}, true
	case p == module:
		return []string{models, models + "/*", nango, nango + "/sandbox", ui}, true
	}
	return nil, false
}

func TestTheFloorsAreKept(t *testing.T) {
	for _, p := range packages(t) {
		allowed, known := floor(p.ImportPath)
		if !known {
			t.Errorf("%s stands on no floor", p.ImportPath)
			continue
		}
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, module) && !slices.ContainsFunc(allowed, func(pattern string) bool {
				match, _ := path.Match(pattern, imported)
				return match
			}) {
				t.Errorf("%s imports %s, which is above it or beside it", p.ImportPath, imported)
			}
		}
	}
}

// outside are the packages by which one reaches the world: it is nango that sends, and main that knows files, variables and
// programs.
func outside() []string { return []string{"net", "os", "os/exec", "os/signal", "syscall"} }

func TestScreensAndWidgetsReachNothing(t *testing.T) {
	for _, p := range packages(t) {
		if !strings.HasPrefix(p.ImportPath, module+"/models") && !strings.HasPrefix(p.ImportPath, module+"/ui") {
			continue
		}
		if path.Dir(p.ImportPath) == module+"/models/screen" {
			continue // a stage for tests has a server
		}
		for _, imported := range p.Imports {
			if slices.Contains(outside(), imported) {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
			if imported == "net/http" {
				onlyNamesOfHTTP(t, p)
			}
		}
	}
}

// onlyNamesOfHTTP checks that a package takes the names of methods and statuses from net/http, and nothing that sends.
func onlyNamesOfHTTP(t *testing.T, p listed) {
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
			if ok && of.Name == "http" && !strings.HasPrefix(selector.Sel.Name, "Status") && !strings.HasPrefix(selector.Sel.Name, "Method") {
				t.Errorf("%s uses http.%s in %s", p.ImportPath, selector.Sel.Name, name)
			}
			return true
		})
	}
}

// A test of an area may stand on a stage; the program may not be shipped with one.
func TestNothingThatIsShippedImportsAStage(t *testing.T) {
	for _, p := range packages(t) {
		for _, imported := range p.Imports {
			if path.Dir(imported) == module+"/models/screen" && path.Dir(p.ImportPath) != module+"/models/screen" {
				t.Errorf("%s imports %s outside of its tests", p.ImportPath, imported)
			}
		}
	}
}

func TestTheTopIsWhatAReaderExpects(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	folders := []string{"docs", "models", "nango", "testdata", "ui"}
	files := []string{"README.md", "LICENSE", "go.mod", "go.sum"}
	for _, entry := range entries {
		name := entry.Name()
		switch {
		case strings.HasPrefix(name, "."), name == "nango-tui", name == "dist": // the last two are built, and ignored by git
		case entry.IsDir() && slices.Contains(folders, name):
		case !entry.IsDir() && (slices.Contains(files, name) || strings.HasSuffix(name, ".go")):
		default:
			t.Errorf("%s does not belong at the top", name)
		}
	}
	for _, name := range []string{"main.go", "keymap.go", "theme.go", "README.md", "go.mod"} {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}}\t{{.Doc}}", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		if name, doc, _ := strings.Cut(strings.TrimSpace(line), "\t"); doc == "" {
			t.Errorf("%s has no package comment", name)
		}
	}
}
