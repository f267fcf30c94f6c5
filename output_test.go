package main

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"nango-tui/internal/clean"
	"nango-tui/internal/journal"
	"nango-tui/nango"
)

// hostile has a control character of each kind: escape sequences in both forms, DEL, an override, and an invalid byte.
const hostile = "a\x1b[2J\x1b]52;c;aGk=\x07\x7f\u009b2J\u202eb\u2066\u2028c\x9b2J"

// checkPlain fails if text has a character that a terminal acts on, except line feeds. It looks at the bytes itself.
func checkPlain(t *testing.T, what, text string) {
	t.Helper()
	for i, r := range text {
		_, size := utf8.DecodeRuneInString(text[i:])
		invalid := r == utf8.RuneError && size == 1
		if invalid || r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			t.Errorf("%s has %U in %q", what, r, text)
			return
		}
	}
}

func TestHostileTextOnStandardErrorIsClean(t *testing.T) {
	c, _ := journaling(t)
	i := pauseIntent()
	i.Path = "/" + hostile
	record(t, c, "acme-prod", i)
	_, unknownFlag := parseOptions([]string{"--" + hostile}, clean.NewWriter(&strings.Builder{}))
	_, unknownArgument := parseOptions([]string{hostile}, clean.NewWriter(&strings.Builder{}))
	for what, write := range map[string]func(*clean.Writer){
		"an error":     func(errs *clean.Writer) { reportError(errors.New("one\n"+hostile), errs) },
		"a flag":       func(errs *clean.Writer) { reportUsage(unknownFlag, errs) },
		"an argument":  func(errs *clean.Writer) { reportUsage(unknownArgument, errs) },
		"last words":   c.sayUnanswered,
		"the sandbox":  func(errs *clean.Writer) { serveSandbox([]string{"--listen", hostile}, errs, errs) },
		"a bad config": func(errs *clean.Writer) { reportError(configError(t), errs) },
	} {
		var out strings.Builder
		write(clean.NewWriter(&out))
		checkPlain(t, what, out.String())
		if !strings.Contains(out.String(), "nango-tui: ") || !strings.Contains(out.String(), "a") {
			t.Errorf("%s is %q", what, out.String())
		}
	}
}

func configError(t *testing.T) error {
	c := testConnector(t, options{}, "profiles:\n  a: {key: {command: [sh, -c, 'printf \"a\\033[2J\\302\\233\\177\" >&2; exit 1']}}\n", nil)
	_, err := c.connect(t.Context(), "a")
	if err == nil {
		t.Fatal("the key command did not fail")
	}
	return errors.Join(err, errors.New(hostile))
}

func TestHostileTextInOwnFilesIsClean(t *testing.T) {
	c, folder := journaling(t)
	i := pauseIntent()
	i.Path, i.About.ID, i.Syncs = "/"+hostile, hostile, []nango.SyncName{{Name: hostile}}
	record(t, c, hostile, i)(nango.IntentEnd{Status: 400, Code: hostile})
	checkPlain(t, "the journal", readText(t, filepath.Join(folder, journal.FileName)))
	var report strings.Builder
	_ = clean.NewWriter(&report).Print(c.sanitize("panic: " + hostile + "\n\tmain.go:1 " + hostile)...)
	checkPlain(t, "a crash report", report.String())
}

// toolFolders hold commands for contributors, tests, and the in-memory Nango, whose output is a server's.
func toolFolders() []string {
	return []string{"internal/contract/", "internal/notices/", "internal/clean/", "nango/sandbox/", "test/"}
}

// streamUsers are the functions that may get the standard output or the standard error itself: the cleaner, and what needs the
// file of the terminal.
func streamUsers() []string {
	return []string{"clean.NewWriter", "terminal.Check", "terminal.NewEditor", "terminal.Options"}
}

// What is written for people takes the types of the cleaner. This looks for ways around it.
func TestOnlyCleanTextIsWrittenForPeople(t *testing.T) {
	eachGoFile(t, func(path string, source []byte) {
		path = filepath.ToSlash(path)
		isTool := slices.ContainsFunc(toolFolders(), func(folder string) bool { return strings.HasPrefix(path, folder) })
		if isTool || strings.HasSuffix(path, "_test.go") {
			return
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, way := range waysAround(file) {
			t.Errorf("%s uses %s: write with a clean.Writer", path, way)
		}
	})
}

// waysAround returns the calls of a file that write plain strings, and the other uses of the standard streams.
func waysAround(file *ast.File) (found []string) {
	var calls []string // around the current node, the innermost last
	ast.PreorderStack(file, nil, func(node ast.Node, around []ast.Node) bool {
		calls = calls[:0]
		for _, outer := range around {
			calls = append(calls, calledName(outer))
		}
		switch name := nameOf(node); {
		case name == "os.Stdout" || name == "os.Stderr":
			if !slices.ContainsFunc(calls, func(c string) bool { return slices.Contains(streamUsers(), c) }) {
				found = append(found, name)
			}
		case strings.HasPrefix(name, "fmt.Print"), strings.HasPrefix(name, "log.") && name != "log.SetOutput", name == "io.WriteString":
			found = append(found, name)
		}
		if call, ok := node.(*ast.CallExpr); ok && strings.HasPrefix(calledName(node), "fmt.Fprint") && !isBuffer(call.Args[0]) {
			found = append(found, calledName(node))
		}
		if name := calledName(node); name == "print" || name == "println" {
			found = append(found, name)
		}
		return true
	})
	return found
}

// isBuffer reports whether a value is a buffer in memory, "&out", or the state of a Format method.
func isBuffer(e ast.Expr) bool {
	if address, ok := e.(*ast.UnaryExpr); ok {
		return address.Op == token.AND
	}
	name, ok := e.(*ast.Ident)
	return ok && name.Name == "state"
}

// calledName returns the name of the function or of the type that a call or a literal is of.
func calledName(node ast.Node) string {
	switch n := node.(type) {
	case *ast.CallExpr:
		return nameOf(n.Fun)
	case *ast.CompositeLit:
		return nameOf(n.Type)
	}
	return ""
}

func nameOf(node ast.Node) string {
	switch n := node.(type) {
	case *ast.Ident:
		return n.Name
	case *ast.SelectorExpr:
		if of, ok := n.X.(*ast.Ident); ok {
			return of.Name + "." + n.Sel.Name
		}
	}
	return ""
}

func TestWaysAroundTheCleanerAreFound(t *testing.T) {
	const source = `package p
func f(w io.Writer, o terminal.Options) {
	fmt.Fprintf(w, "x"); fmt.Println("x"); log.Print("x"); println("x"); io.WriteString(w, "x"); os.Stderr.WriteString("x")
	clean.NewWriter(os.Stderr); terminal.Run(terminal.Options{Output: os.Stdout}); fmt.Fprintf(&text, "x")
}`
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"fmt.Fprintf", "fmt.Println", "log.Print", "println", "io.WriteString", "os.Stderr"}
	if got := waysAround(file); !slices.Equal(got, want) {
		t.Errorf("found %q", got)
	}
}
