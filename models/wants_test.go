package models

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/guard"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// wantTypes are the names of all types in models/screen that end in Want.
func wantTypes(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("screen/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no source of models/screen: %v", err)
	}
	var names []string
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok && strings.HasSuffix(spec.Name.Name, "Want") && spec.Name.Name != "Want" {
				names = append(names, spec.Name.Name)
			}
			return true
		})
	}
	slices.Sort(names)
	return names
}

func TestEveryWantHasATreatment(t *testing.T) {
	if got, want := slices.Sorted(maps.Keys(treatments)), wantTypes(t); !slices.Equal(got, want) {
		t.Errorf("treatments are defined for %v, and the wants are %v", got, want)
	}
}

// sampleWants puts one want of each type into turns of their own.
func sampleWants(p *page) []func(*screen.Turn) {
	var load screen.Load[[]nango.Connection]
	var task screen.Task[int]
	proposal := screen.Proposal[nango.Success]{Request: nango.DeleteConnection(p.ref), Title: "Delete connection"}
	return []func(*screen.Turn){
		func(t *screen.Turn) { load.Fetch(t, nango.ListConnections(nango.ConnectionQuery{}), nil) },
		func(t *screen.Turn) { load.Cancel(t) },
		func(t *screen.Turn) { task.Start(t, nil, nil) },
		func(t *screen.Turn) { screen.Propose(t, proposal) },
		func(t *screen.Turn) { screen.SendApproved(t, nil, proposal) },
		func(t *screen.Turn) { t.Open(screen.To("integrations")) },
		func(t *screen.Turn) { t.Show(newPage(key, id)) },
		func(t *screen.Turn) { t.ShowOneTime(newPage(key, id)) },
		func(t *screen.Turn) { t.Back() },
		func(t *screen.Turn) { t.Watch(&countingWatch{}) },
		func(t *screen.Turn) { t.Changed(nango.Call{}) },
		func(t *screen.Turn) { t.Run(func() tea.Msg { return nil }) },
		func(t *screen.Turn) { t.Edit("x.json", "", func(*screen.Turn, string, error) {}) },
		func(t *screen.Turn) { t.Pick("which?") },
		func(t *screen.Turn) { t.AddSecrets("s3cret-of-a-test") },
		func(t *screen.Turn) { t.Copy("id", "x") },
		func(t *screen.Turn) { t.CopyCurl(nango.Call{}) },
		func(t *screen.Turn) { t.Toast("said") },
		func(t *screen.Turn) { t.Alert("said", false) },
		func(t *screen.Turn) { t.Listen(screen.ListenWant{Opened: func(*screen.Turn, string, error) {}}) },
		func(t *screen.Turn) { t.Settle("id", "ended") },
		func(t *screen.Turn) { t.Notice("title") },
		func(t *screen.Turn) { t.Browse("https://nango.dev") },
	}
}

// Each want is carried out or dropped for those who may have it, and reported for all others: none vanishes.
func TestEveryWantIsCarriedOutOrReported(t *testing.T) {
	var seen []string
	for i := range sampleWants(newPage(key, id)) {
		for by := range askers {
			s := newScene(t, guard.Profile{})
			var bugs []error
			s.app.config.OnBug = func(err error) { bugs = append(bugs, err) }
			turn := s.app.newTurn(s.app.active)
			sampleWants(s.page)[i](turn)
			if len(turn.Wants()) == 0 { // a load that is not in progress has nothing to cancel
				turn = cancelTurn()
			}
			name := wantName(turn.Wants()[0])
			if by == byScreen {
				seen = append(seen, name)
			}
			s.app.carryOut(s.originOf(by), turn)
			if reported, want := len(bugs) > 0, treatments[name][by] == mistake; reported != want {
				t.Errorf("a %s by a %s: %v", name, askerNames[by], bugs)
			}
		}
	}
	slices.Sort(seen)
	if want := wantTypes(t); !slices.Equal(seen, want) {
		t.Errorf("tried %v, and the wants are %v", seen, want)
	}
}

// cancelTurn is a turn that cancels a read.
func cancelTurn() *screen.Turn {
	started, canceled := &screen.Turn{}, &screen.Turn{}
	var load screen.Load[[]nango.Connection]
	load.Fetch(started, nango.ListConnections(nango.ConnectionQuery{}), nil)
	load.Cancel(canceled)
	return canceled
}

// originOf is an origin of that asker on the scene.
func (s *scene) originOf(by asker) origin {
	switch by {
	case byWatch:
		s.app.watch(s.app.active, nango.ConnectionRef{}, &countingWatch{})
		return watchOrigin(s.app.watches[0])
	case byLeaver:
		return origin{asker: by, profile: s.app.active}
	case byOutliving:
		e := s.app.top()
		s.app.close(e)
		return origin{asker: by, entry: e, profile: s.app.active}
	}
	return screenOrigin(s.app.top())
}

// oddWant is a want that nothing knows.
type oddWant struct{ screen.Want }

func TestAnUnknownWantIsReported(t *testing.T) {
	s := newScene(t, guard.Profile{})
	var bugs []error
	s.app.config.OnBug = func(err error) { bugs = append(bugs, err) }
	for by := range askers {
		s.app.carry(s.originOf(by), oddWant{})
	}
	if len(bugs) != int(askers) {
		t.Errorf("reported %v", bugs)
	}
	s.app.config.OnBug = nil
	s.app.carry(origin{}, oddWant{})
	s.see("This is a bug in nango-tui: a screen can't have a oddWant carried out")
}
