package records

import (
	"fmt"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
)

// drawn compares the screen with golden files for terminals of 80×24, 120×40 and 60×15.
func (w *world) drawn(t *testing.T, name string) {
	t.Helper()
	for _, size := range [][2]int{{80, 19}, {120, 35}, {60, 10}} { // in this order, because the scroll position depends on the last frame
		t.Run(fmt.Sprintf("%s%d", name, size[0]), func(t *testing.T) {
			w.Width, w.Height = size[0], size[1]
			w.Fits()
			golden.RequireEqual(t, w.View())
		})
	}
	w.Width, w.Height = 80, 19
}

// customer is a CRM record: some are changed, some deleted, one is pruned.
func customer(i int) made {
	r := made{
		id: fmt.Sprintf("9007199254%06d", 740993+i*7919%99991), at: noon.Add(-time.Duration(300-i) * 37 * time.Minute),
		payload: fmt.Sprintf(`"email":"ada.abbott%d@northwind.example","name":"%s","stage":"%s","score":%d,"marketing":%v,`+
			`"created_at":"2025-11-0%dT10:00:00Z","address":{"city":"大阪市"},"api_key":"sk-hidden-%d","notes":"%s"`,
			i, []string{"Ada Abbott", "Émile Zölle", "株式会社サンプル", "Grace"}[i%4], []string{"lead", "customer", "evangelist"}[i%3],
			i*37%5000, i%2 == 0, 1+i%9, i, padding[:200]),
	}
	switch {
	case i%11 == 4:
		r.action = "DELETED"
	case i%3 == 1:
		r.action = "UPDATED"
	}
	r.pruned = i == 2
	return r
}

func TestGoldenRecords(t *testing.T) {
	w := open(t, contacts, 300, customer)
	w.drawn(t, "list")
	w.jq(`.score > 2000 and (.name | test("a"; "i"))`)
	w.drawn(t, "selected")
	w.Do(Expression)
	w.Type(" | (")
	w.drawn(t, "typing")
	w.Do(screen.FilterDrop)
	w.jq(`{name, n: (.score / (.score - 37))}`)
	w.drawn(t, "values")
	w.Do(OpenRecord)
	w.drawn(t, "value")
	w.Leave()
	w.Do(screen.ClearFilter)
	w.Do(OpenRecord)
	w.drawn(t, "record")
	w.Leave()
	w.Do(QueryServer)
	w.list().queryForm.Fields.Set(fieldModified, "400 d")
	w.list().queryForm.Fields.Focus(fieldModified)
	w.drawn(t, "query_form")
	w.Do(screen.FilterDrop)
	w.Do(Export)
	w.drawn(t, "export")
	w.HoldReads = true
	w.Do(screen.Submit)
	w.drawn(t, "exporting")
	w.Do(screen.LeaveForm)
	w.HoldReads = false
	w.Leave()
	w.Do(Prune)
	w.drawn(t, "prune")
}

func TestGoldenLimit(t *testing.T) {
	w := open(t, contacts, 12_000, customer)
	w.drawn(t, "limit")
	w.Do(QueryServer)
	w.list().queryForm.Fields.Set(fieldActions, "both")
	w.list().queryForm.Fields.Set(fieldModified, "3 d")
	w.Do(screen.Submit)
	w.drawn(t, "query")
}
