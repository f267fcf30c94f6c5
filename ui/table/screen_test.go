package table

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/uitest"
	"nango-tui/ui/uitest/frames"
)

// customers are rows with difficult names.
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

func TestListScreen(t *testing.T) {
	for _, s := range uitest.Sizes() {
		table := fruitTable(customers()...)
		table.Sort("size", true)
		table.MoveTo(1)
		table.ToggleMark()
		table.MoveTo(3)
		f := frames.Plain(s.Width, s.Height)
		status := ui.Status{Profile: "acme-prod", Production: true, Host: "api.nango.dev", ArmedUntil: f.Now.Add(14 * time.Minute),
			Left: 187, Limit: 200, LoadedAt: f.Now.Add(-2 * time.Minute), Loading: 3}
		hints := []ui.Hint{{Key: "enter", Title: "open"}, {Key: "R", Title: "reconnect link"}, {Key: "y", Title: "copy"},
			{Key: "D", Title: "delete", Disabled: true}, {Key: "/", Title: "filter"}, {Key: ":", Title: "go to"}, {Key: "?", Title: "all"}}
		filter := filter.NewInput()
		filter.Focus()
		filter.SetValue("globex state:broken")
		lines := strings.Join([]string{
			status.View(f), ui.Breadcrumbs(f, []ui.Text{ui.Clean("Connections"), ui.Clean("Globex · salesforce")},
				ui.Line{ui.Styled(ui.RoleBad, "✗ auth"), ui.Styled(ui.RoleMuted, ", 41 d old")}),
			strings.NewReplacer("\x1b[7m", "", "\x1b[m", "").Replace(filter.View(f)), table.View(f.Sized(s.Width, s.Height-4)), ui.Footer(f, hints),
		}, "\n")
		uitest.CheckView(t, lines, s.Width, s.Height)
		uitest.Golden(t, "list/"+s.Name, lines+"\n")
	}
}

// Columns are aligned both on terminals that count grapheme clusters and on those that count code points.
func TestColumnsAreAlignedForBothWidthMethods(t *testing.T) {
	names := []string{"plain", "हिन्दी भाषा", "株式会社", "ශ්\u200dරී ලංකා", "กำแพง", "👨\u200d👩\u200d👧 👍🏽", "مرحبا"}
	rows := fruits(len(names))
	for i := range rows {
		rows[i].name = names[i]
	}
	for clusters, m := range map[bool]ansi.Method{true: ansi.GraphemeWidth, false: ansi.WcWidth} {
		f := frames.Plain(60, 10)
		f.Clusters = clusters
		table := fruitTable(rows...)
		for _, line := range strings.Split(table.View(f), "\n")[1 : len(names)+1] {
			before, _, _ := strings.Cut(line, "id-")
			if w := m.StringWidth(before); w != 46 {
				t.Errorf("clusters %v: the last column begins at %d: %s", clusters, w, line)
			}
		}
	}
}
