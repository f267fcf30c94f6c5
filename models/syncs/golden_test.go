package syncs

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
	"nango-tui/ui"
)

// requireGolden compares the screen with its goldens at 80×24, 120×40 and 60×15.
func (w *world) requireGolden(t *testing.T, name string) {
	t.Helper()
	for size, lines := range map[int]int{80: 19, 120: 35, 60: 10} {
		t.Run(fmt.Sprintf("%s%d", name, size), func(t *testing.T) {
			w.Width, w.Height = size, lines
			w.Fits()
			golden.RequireEqual(t, w.View())
		})
	}
	w.Width, w.Height = 80, 19
}

func TestListGoldens(t *testing.T) {
	w := acme(t).at(ofGlobex())
	w.moveTo("deals").Do(NewVariant)
	w.Type("eu")
	w.requireGolden(t, "variant")
	w.Do(screen.Submit)
	w.confirm()
	w.moveTo("tickets").Do(Pause)
	w.confirm()
	w.wait(time.Hour)
	w.Do(screen.Refresh)
	w.requireGolden(t, "list")
	w.moveTo("contacts").Do(Open)
	w.requireGolden(t, "one")
	w.Do(Frequency)
	w.requireGolden(t, "frequency")
}

func TestFleetGoldens(t *testing.T) {
	w := acme(t).at(ofHubspot())
	w.requireGolden(t, "unread")
	w.Do(screen.Refresh)
	w.requireGolden(t, "list")
	w.server.OrchestratorDown(true)
	w.Do(screen.Refresh)
	w.requireGolden(t, "failed")
}

func TestEveryScreenFitsEveryTerminal(t *testing.T) {
	sizes := [][2]int{{20, 5}, {41, 7}, {60, 10}, {80, 19}, {120, 35}}
	fits := func(w *world) {
		for _, size := range sizes {
			w.Width, w.Height = size[0], size[1]
			w.Fits()
		}
		w.Width, w.Height = 80, 19
	}
	w := acme(t).at(ofGlobex())
	fits(w)
	w.Do(Open)
	fits(w)
	w.Do(Checkpoint)
	fits(w)
	w = acme(t).at(ofGlobex())
	w.Do(Frequency)
	fits(w)
	w = acme(t).at(ofHubspot())
	fits(w)
	w.Do(screen.Refresh)
	fits(w)
	down := acme(t)
	down.server.OrchestratorDown(true)
	fits(down.at(ofGlobex()))
	fits(down.at(ofHubspot()))
}

func TestHostileNamesStayOnTheirLine(t *testing.T) {
	w := acme(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/sync/status", Status: 200, Body: `{"syncs":[{"connection_id":"globex-1",` +
		`"name":"a\u001b[31m\nb","variant":"v\u202e","status":"WE\u001bIRD",
		"frequency":"some\ntimes","recordCount":{"M\u001b":1},"checkpoint":{"token":"checkpoint-secret-1","at\u001b":"x\ny"}}]}`})
	w.at(ofGlobex())
	w.Fits()
	w.See("? unknown")
	w.Do(Open)
	w.Fits()
	w.NotSee("checkpoint-secret-1")
	w.Do(Checkpoint)
	w.Fits()
	w.NotSee("checkpoint-secret-1")
	w.See("token")
}

// A known secret is masked in a checkpoint, whichever way its characters are escaped there.
func TestEscapedSecretsInACheckpointAreMasked(t *testing.T) {
	seen := nango.NewSecrets()
	seen.Add("https://host.example/hook/4711")
	view := screen.SyncView{SyncStatus: nango.SyncStatus{Name: nango.SyncName{Name: "contacts"},
		Checkpoint: []byte(`{"next":"https:\/\/host.example\/h\u006fok\/4711"}`)}}
	d := &Detail{ref: nango.ConnectionRef{Integration: "crm", ID: "globex"}, sync: view}
	shown := d.View(ui.Frame{Width: 80, Height: 35, Now: noon, Mask: seen.Mask})
	if strings.Contains(shown, "4711") || !strings.Contains(shown, `"next": "`+nango.Masked) {
		t.Errorf("the checkpoint is shown as\n%s", shown)
	}
}

// manySyncs returns n syncs of n connections.
func manySyncs(n int) []nango.SyncStatus {
	all := make([]nango.SyncStatus, n)
	for i := range all {
		at := noon.Add(-time.Duration(i%90) * time.Minute)
		next := at.Add(time.Hour)
		all[i] = nango.SyncStatus{
			ID: fmt.Sprint(i), Connection: fmt.Sprintf("connection-%05d", i/4), Name: nango.SyncName{Name: fmt.Sprintf("sync-%05d", i)},
			State:       nango.SyncStateSuccess,
			LatestState: nango.SyncStateSuccess, Frequency: "every hour", FinishedAt: &at, NextAt: &next,
			Records: map[string]int64{"Contact": int64(i)},
			Latest:  map[string]nango.SyncResult{"Contact": {Added: int64(i)}},
		}
		if i%9 == 0 {
			all[i].State = nango.SyncStateError
		}
	}
	return all
}

// cursorKey does what a cursor key does: it finds and runs the action, and draws the screen.
func cursorKey(s screen.Screen) func() {
	f := ui.Frame{Width: 120, Height: 35, Theme: &ui.Theme{}, Now: noon}
	down := true
	return func() {
		id := screen.Down
		if down = !down; down {
			id = screen.Up
		}
		for _, action := range s.Actions() {
			if action.ID == id {
				action.Do(&screen.Turn{Now: noon})
			}
		}
		s.View(f)
	}
}

func bigList(n int) *List {
	l := newList(globex, "")
	l.replace(manySyncs(n), noon)
	return l
}

func bigFleet(n int) *Fleet {
	s := newFleet("hubspot")
	s.at = noon
	s.merge(manySyncs(n), noon)
	return s
}

func TestAKeyCostsTheSameInALongList(t *testing.T) {
	for name, of := range map[string]func(int) screen.Screen{
		"list":  func(n int) screen.Screen { return bigList(n) },
		"fleet": func(n int) screen.Screen { return bigFleet(n) },
	} {
		few, all := testing.AllocsPerRun(20, cursorKey(of(160))), testing.AllocsPerRun(20, cursorKey(of(2000)))
		if all > few*1.5 {
			t.Errorf("a key allocates %.0f times in a %s of 160, %.0f in one of 2,000", few, name, all)
		}
		t.Logf("%s: %.0f allocations a key", name, all)
	}
}

func BenchmarkAKeyInAListOf2000(b *testing.B) {
	key := cursorKey(bigList(2000))
	b.ReportAllocs()
	for b.Loop() {
		key()
	}
}

func BenchmarkAKeyInAFleetOf2000(b *testing.B) {
	key := cursorKey(bigFleet(2000))
	b.ReportAllocs()
	for b.Loop() {
		key()
	}
}

func BenchmarkMerge2000Syncs(b *testing.B) {
	all := manySyncs(2000)
	s := newFleet("hubspot")
	b.ReportAllocs()
	for b.Loop() {
		s.merge(all, noon)
	}
}
