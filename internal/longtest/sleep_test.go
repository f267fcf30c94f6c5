package longtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// maySleep lists the test files that may call time.Sleep, each with the reason. It stays short: a test waits for an event,
// and lets time pass with a clock of its own or in a synctest bubble.
var maySleep = map[string]string{
	"nango/limiter_test.go": "sleeps in a synctest bubble, which takes no time",
}

func TestNoTestSleeps(t *testing.T) {
	root := moduleRoot(t)
	unused := map[string]bool{}
	for name := range maySleep {
		unused[name] = true
	}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := entry.Name(); entry.IsDir() {
			if path != root && (strings.HasPrefix(name, ".") || name == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if !isTestSource(name) {
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		lines, err := sleeps(name, source)
		if err != nil {
			return err
		}
		delete(unused, name)
		if maySleep[name] != "" {
			if len(lines) == 0 {
				t.Errorf("%s is in the list of files that may sleep, and does not sleep", name)
			}
			return nil
		}
		for _, line := range lines {
			t.Errorf("%s:%d sleeps: wait for what the test needs instead", name, line)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range unused {
		t.Errorf("%s is in the list of files that may sleep, and does not exist", name)
	}
}

// isTestSource reports whether a file is a test or is shipped to tests only.
func isTestSource(name string) bool {
	inTestPackage := slices.ContainsFunc([]string{"test/", "models/screen/screentest/", "ui/uitest/"}, func(folder string) bool {
		return strings.HasPrefix(name, folder)
	})
	return strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".go") && inTestPackage
}

// sleeps returns the lines of a Go file that use time.Sleep, under whatever name time is imported.
func sleeps(name string, source []byte) ([]int, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, source, 0)
	if err != nil {
		return nil, err
	}
	imported := ""
	for _, spec := range file.Imports {
		if path, err := strconv.Unquote(spec.Path.Value); err != nil || path != "time" {
			continue
		}
		imported = "time"
		if spec.Name != nil {
			imported = spec.Name.Name
		}
	}
	var lines []int
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.SelectorExpr:
			if of, ok := node.X.(*ast.Ident); ok && imported != "" && of.Name == imported && node.Sel.Name == "Sleep" {
				lines = append(lines, files.Position(node.Pos()).Line)
			}
		case *ast.Ident:
			if imported == "." && node.Name == "Sleep" {
				lines = append(lines, files.Position(node.Pos()).Line)
			}
		}
		return true
	})
	return lines, nil
}

func TestSleepsAreFoundUnderEveryName(t *testing.T) {
	for source, want := range map[string]int{
		"package p\nimport \"time\"\nfunc f() { time.Sleep(1) }":           1,
		"package p\nimport \"time\"\nvar wait = time.Sleep":                1,
		"package p\nimport clock \"time\"\nfunc f() { clock.Sleep(1) }":    1,
		"package p\nimport . \"time\"\nfunc f() { Sleep(1) }":              1,
		"package p\nimport \"time\"\nvar t time.Time\n// time.Sleep":       0,
		"package p\nimport time \"example.com/t\"\nvar w = time.Sleep":     0,
		"package p\nimport \"time\"\nvar s = sleeper{}\nvar w = s.Sleep()": 0,
	} {
		if lines, err := sleeps("p_test.go", []byte(source)); err != nil || len(lines) != want {
			t.Errorf("%d sleeps, want %d, error %v, in\n%s", len(lines), want, err, source)
		}
	}
}

// moduleRoot returns the folder of go.mod.
func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod in this folder or above it")
		}
		dir = parent
	}
}
