package ui

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
)

func TestSpreadGivesWayThenShares(t *testing.T) {
	tracks := []track{{min: 10, weight: 3}, {min: 6, giveWay: 2}, {min: 5, max: 8, weight: 1, giveWay: 1}}
	for _, c := range []struct {
		total int
		want  []int
	}{
		{25, []int{10, 6, 5}},
		{29, []int{13, 6, 6}},
		{100, []int{82, 6, 8}},
		{24, []int{16, 6, 0}},
		{18, []int{10, 6, 0}},
		{17, []int{17, 0, 0}},
		{4, []int{4, 0, 0}},
		{0, []int{0, 0, 0}},
		{-5, []int{0, 0, 0}},
	} {
		if got := spread(tracks, c.total, 2); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%d cells: %v, want %v", c.total, got, c.want)
		}
	}
	if got := spread(nil, 10, 2); len(got) != 0 {
		t.Errorf("no columns: %v", got)
	}
}

func TestWhatIsCutOffALineIsSeenWhereverTheCutFalls(t *testing.T) {
	line := Line{Say(RoleText, "value: "), Say(RoleStrong, "12"), Say(RoleText, "  "), Say(RoleMuted, "34")}
	for cells, want := range map[int]string{14: "value: 12  34", 13: "value: 12  34", 12: "value: 12  …", 11: "value: 12 …", 9: "value: 1…", 8: "value: …", 7: "value:…", 1: "…"} {
		if got := ansi.Strip(line.View(testFrame(80, 24), cells)); got != want {
			t.Errorf("in %d cells: %q, want %q", cells, got, want)
		}
	}
	if got := ansi.Strip(line[:3].View(testFrame(80, 24), 9)); got != "value: 12" {
		t.Errorf("without more to say: %q", got)
	}
}

// sizes are the screens that everything is drawn at.
var sizes = []struct {
	name          string
	width, height int
}{{"120x40", 120, 40}, {"80x24", 80, 24}, {"60x15", 60, 15}}

// customers are rows as strangers write them.
func customers() []fruit {
	names := []string{
		"Globex · ops@globex.io", "Initech", "株式会社サンプル", "شركة المثال", "Ünïcødé e\u0301tudes", "한국 전자", "Évil\x1b[31m\nCorp\u202e",
		"A very long name of a customer that does not fit into its column whatever the width of the terminal may be", "👨‍👩‍👧 Family & Co", "",
	}
	rows := fruits(30)
	for i := range rows {
		rows[i].name = names[i%len(names)]
		rows[i].size *= 411
	}
	return rows
}

func TestScreenOfAList(t *testing.T) {
	for _, s := range sizes {
		table := fruitTable(customers()...)
		table.Sort("size", true)
		table.MoveTo(1)
		table.ToggleMark()
		table.MoveTo(3)
		f := testFrame(s.width, s.height)
		status := Status{Profile: "acme-prod", Production: true, Host: "api.nango.dev", ArmedUntil: f.Now.Add(14 * time.Minute),
			Left: 187, Limit: 200, Read: f.Now.Add(-2 * time.Minute), Loading: 3}
		filter := NewFilter()
		filter.SetValue("globex state:broken")
		filter.Focus()
		lines := strings.Join([]string{
			status.View(f), Crumbs(f, []Text{Clean("Connections"), Clean("Globex · salesforce")}, Line{Say(RoleBad, "✗ auth"), Say(RoleMuted, ", 41 d old")}),
			strings.NewReplacer("\x1b[7m", "", "\x1b[m", "").Replace(filter.View(f)), table.View(f.Sized(s.width, s.height-4)), Footer(f, hints()),
		}, "\n")
		plainView(t, lines, s.width, s.height)
		drawnAs(t, "list/"+s.name, lines+"\n")
	}
}

func hints() []Hint {
	return []Hint{{Key: "enter", Title: "open"}, {Key: "R", Title: "reconnect link"}, {Key: "y", Title: "copy"}, {Key: "D", Title: "delete", Disabled: true},
		{Key: "/", Title: "filter"}, {Key: ":", Title: "go to"}, {Key: "?", Title: "all"}}
}

// A terminal that counts clusters, and one that counts code points, both get columns that stand one below the other.
func TestColumnsStandInLineHoweverTheTerminalCounts(t *testing.T) {
	names := []string{"plain", "हिन्दी भाषा", "株式会社", "ශ්\u200dරී ලංකා", "กำแพง", "👨\u200d👩\u200d👧 👍🏽", "مرحبا"}
	rows := fruits(len(names))
	for i := range rows {
		rows[i].name = names[i]
	}
	for clusters, m := range map[bool]ansi.Method{true: ansi.GraphemeWidth, false: ansi.WcWidth} {
		f := testFrame(60, 10)
		f.Clusters = clusters
		table := fruitTable(rows...)
		for _, line := range strings.Split(table.View(f), "\n")[1 : len(names)+1] {
			before, _, _ := strings.Cut(line, "id-")
			if w := m.StringWidth(before); w != 47 {
				t.Errorf("clusters %v: the last column begins at %d: %s", clusters, w, line)
			}
		}
	}
}
