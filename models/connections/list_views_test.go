package connections

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

func (w *world) heads() string {
	w.t.Helper()
	for line := range strings.Lines(w.View()) {
		if strings.Contains(line, "STATE") {
			return strings.Join(strings.Fields(line), " ")
		}
	}
	return ""
}

func TestTheOrganizationHasAColumnIfAnyRowHasOne(t *testing.T) {
	w := bigWorld(t, 0)
	w.must(w.server.AddIntegration(sandbox.IntegrationSpec{Key: "slack", Provider: "slack"}))
	w.add(sandbox.ConnectionSpec{Integration: "slack", ID: "one", Tags: map[string]string{nango.TagUserName: "Mia",
		nango.TagUserEmail: "m@x.io"}})
	w.open(list(t, "connections"))
	w.SeeLine("Mia · m@x.io", "slack")
	w.NotSee("ORGANIZATION")
	w.add(sandbox.ConnectionSpec{Integration: "slack", ID: "two", Tags: map[string]string{
		nango.TagUserName: "Ann", nango.TagUserEmail: "a@x.io", nango.TagOrganizationName: "Globex"}})
	w.Do(screen.Refresh)
	w.See("ORGANIZATION")
	w.SeeLine("Ann  ", "Globex", "slack")
}

func TestColumnsAreChosenAndKept(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	w.Width = 100
	w.Do(screen.Columns)
	for range 4 {
		w.Turn(w.option("failed").Up)
	}
	w.Pick("integration")
	if got := w.heads(); got != "FAILED CUSTOMER ORGANIZATION STATE AGE TAGS" {
		t.Errorf("the columns are %s", got)
	}
	w.again(list(t, "connections"))
	w.Width = 100
	if got := w.heads(); got != "FAILED CUSTOMER ORGANIZATION STATE AGE TAGS" {
		t.Errorf("opened again, the columns are %s", got)
	}
	w.Do(screen.Columns)
	if w.option("failed").Up != nil || w.option("connection id").Down != nil || w.option("integration").Up != nil {
		t.Error("a column can be moved out of the list")
	}
	for _, shown := range []string{"failed", "customer", "organization", "state", "age", "connection id"} {
		w.Pick(shown)
	}
	w.Pick("tags")
	if got := w.heads(); got != "" || w.Toasts[len(w.Toasts)-1] != "A list has at least one column" {
		t.Errorf("the last column can be hidden: %s, %q", got, w.Toasts)
	}
	w.Do(screen.Columns)
	w.Pick("Reset")
	if got := w.heads(); !strings.HasPrefix(got, "CUSTOMER ORGANIZATION INTEGRATION STATE") {
		t.Errorf("reset, the columns are %s", got)
	}
}

// option is an option of the newest menu.
func (w *world) option(title string) screen.Option {
	w.t.Helper()
	found := screen.Find(w.Picks[len(w.Picks)-1].Options, func(o screen.Option) bool { return o.Title == title })
	if found == nil {
		w.t.Fatalf("no option %s", title)
	}
	return *found
}

// again opens another list over the same server and files.
func (w *world) again(l *List) {
	w.t.Helper()
	kept, err := w.Files.ReadOwn(screen.ListDocument)
	if !errors.Is(err, fs.ErrNotExist) {
		w.must(err)
	}
	w.hold(w.server.Keys().Environment, l)
	if err == nil {
		w.must(w.Files.WriteOwn(screen.ListDocument, kept))
	}
	w.start()
}

func TestViewsAreOpenedSavedAndDeleted(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	w.Do(screen.Views)
	w.Pick("broken since yesterday")
	w.See("1 of 3", "/ state:broken failed:<1d", "Globex")
	w.Do(screen.ClearFilter)
	w.Do(BrokenOnly)
	w.filter("globex")
	w.Do(screen.FilterDone)
	w.Sort("age")
	w.Sort("age")
	w.Do(screen.Views)
	w.Pick("Save this view")
	w.Type("mine")
	w.Do(screen.Submit)
	w.again(list(t, "connections?view=mine"))
	w.Width = 180
	w.See("1 of 3", "/ state:broken globex", "AGE ↓")
	w.Do(screen.Views)
	w.Pick("Delete mine")
	w.Do(screen.Views)
	for _, o := range w.Picks[len(w.Picks)-1].Options {
		if o.Title == "mine" {
			t.Error("the view is still there")
		}
	}
	w.again(list(t, "connections?view=nothing"))
	w.See("3 · 1 broken")
	if len(w.Toasts) == 0 || w.Toasts[0] != "There is no such view of this list" {
		t.Errorf("%q", w.Toasts)
	}
}

func TestTheBrokenCountIsThatOfTheShownRows(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	w.See("3 · 1 broken")
	w.filter("globex")
	w.See("2 of 3 · 1 broken")
	w.Do(screen.FilterDrop)
	w.filter("slack")
	w.See("of 3", "/ slack")
	w.NotSee("broken")
	w.Do(screen.FilterDrop)
	w.See("3 · 1 broken")
}

// A view brings its columns, and another one of the list's own takes them back.
func TestAViewHasItsColumns(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	for _, hidden := range []string{"organization", "state"} {
		w.Do(screen.Columns)
		w.Pick(hidden)
	}
	want := w.heads()
	w.Do(screen.Views)
	w.Pick("Save this view")
	w.Type("narrow")
	w.Do(screen.Submit)
	w.Do(screen.Columns)
	w.Pick("Reset")
	own := w.heads()
	w.again(list(t, "connections?view=narrow"))
	if got := w.heads(); got != want || got == own {
		t.Errorf("the columns of the view are %s, not %s", got, want)
	}
	w.Do(screen.Views)
	w.Pick("broken")
	if got := strings.TrimRight(w.heads(), " ↑"); got != own {
		t.Errorf("after a view without columns they are %s, not %s", got, own)
	}
}

func TestAViewHasAKey(t *testing.T) {
	w := acme(t).open(list(t, "connections"))
	save := func(name, key string) {
		w.again(list(t, "connections"))
		w.Do(screen.Views)
		w.Pick("Save this view")
		w.Type(name)
		w.Key(tea.KeyPressMsg{Code: tea.KeyTab})
		w.Type(key)
		w.Do(screen.Submit)
	}
	keys := func() string {
		w.again(list(t, "connections"))
		w.Do(screen.Views)
		var all []string
		for _, o := range w.Picks[len(w.Picks)-1].Options {
			if o.Key != "" {
				all = append(all, o.Key+" "+o.Title)
			}
		}
		return strings.Join(all, ", ")
	}
	save("big", "g")
	save("late", "")
	save("late", "") // keeps its key
	save("broken", "")
	if got, want := keys(), "1 broken, 2 broken since yesterday, G big, 3 late"; got != want {
		t.Errorf("the keys are %s, not %s", got, want)
	}
	save("mine", "2")
	w.See("the key 2 opens the view broken since yesterday")
	for _, wrong := range []string{"0", "é", "12", "-"} {
		if save("mine", wrong); strings.Contains(keys(), "mine") {
			t.Errorf("%q is a key", wrong)
		}
	}
	if got, want := keys(), "1 broken, 2 broken since yesterday, G big, 3 late"; got != want {
		t.Errorf("opened again, the keys are %s, not %s", got, want)
	}
	if data, err := w.Files.ReadOwn(screen.ListDocument); err != nil || !strings.Contains(string(data), "key: G") {
		t.Errorf("kept %s, %v", data, err)
	}
}

func TestAKeyOfASavedViewIsNoLongerThatOfOneThatComesAlong(t *testing.T) {
	w := acme(t)
	w.hold(w.server.Keys().Environment, list(t, "connections"))
	w.must(w.Files.WriteOwn(screen.ListDocument, []byte("views: [{name: mine, list: connections, key: \"1\"}]")))
	w.start()
	w.Do(screen.Views)
	for _, o := range w.Picks[0].Options {
		if o.Key == "1" && o.Title != "mine" {
			t.Errorf("1 opens %s", o.Title)
		}
	}
}

func TestAWrongFileOfListsIsNamedAndKept(t *testing.T) {
	for text, want := range map[string]string{
		"views: [{name: x, list: connections, color: red}]": "lists.yaml:1:",
		"columns: 3":                                    "lists.yaml:1:",
		"views: [{list: connections}]":                  "lists.yaml: view \"\": expected a name of 1 to 40",
		"views: [{name: x}]":                            "lists.yaml: view \"x\": expected list:",
		"views: [{name: x, list: connections, key: a}]": "lists.yaml: view \"x\": expected a digit",
		"views: [{name: x, list: connections, key: A}, {name: y, list: connections, key: A}]": "lists.yaml: view \"y\": the key A opens",
	} {
		w := acme(t)
		w.hold(w.server.Keys().Environment, list(t, "connections"))
		w.must(w.Files.WriteOwn(screen.ListDocument, []byte(text)))
		w.start()
		if len(w.Toasts) == 0 || !strings.HasPrefix(w.Toasts[0], want) {
			t.Errorf("%s: %q", text, w.Toasts)
		}
		w.Do(screen.Columns)
		w.Pick("Reset")
		if len(w.Notices) == 0 || !strings.Contains(strings.Join(w.Notices[0].Lines, " "), "lists.yaml") {
			t.Errorf("%s: not said when it can't be saved: %+v", text, w.Notices)
		}
	}
}

func (w *world) export(title, content string) {
	w.t.Helper()
	w.Do(Export)
	w.Pick(title)
	w.Pick(content)
	w.Do(screen.SubmitLast)
}

func TestMarkedOrShownRowsAreExported(t *testing.T) {
	w := acme(t)
	w.add(sandbox.ConnectionSpec{Integration: "slack", ID: "=cmd()", Tags: map[string]string{nango.TagUserName: "@SUM(A1)",
		nango.TagOrganizationName: "\u202e-2", "api_key": "hunter2"}})
	w.open(list(t, "connections?q=cmd"))
	w.export("Export as CSV", "Everything")
	text := w.Files.Text("connections.csv")
	if !strings.Contains(text, "'=cmd(),slack,slack,'@SUM(A1),") || strings.Contains(text, ",-2") || strings.Contains(text, "hunter2") {
		t.Errorf("the file is %q", text)
	}
	w.again(list(t, "connections"))
	w.Do(screen.MarkAll)
	w.filter("nobody")
	w.Do(screen.FilterDone)
	w.Screen.(*List).table.Filter(nil)
	w.export("Export as JSON Lines", "Everything")
	text = w.Files.Text("connections.jsonl")
	if n := strings.Count(text, "\n"); n != 4 || strings.Contains(text, "hunter2") || !strings.Contains(text, `"api_key":"`+nango.Masked) {
		t.Errorf("%d lines: %s", n, text)
	}
	w.again(list(t, "connections"))
	w.Do(Copy)
	w.Pick("Copy all as JSON")
	text = w.copied().Text
	if !strings.Contains(text, `"id": "Globex/1"`) || !strings.Contains(text, `"organization": "org_globex"`) ||
		strings.Contains(text, "hunter2") {
		t.Errorf("copied %s", text)
	}
	w.Do(Copy)
	w.Pick("IDs of the shown connections")
	if got := w.copied(); got.What != "4 connection ids" || strings.Count(got.Text, "\n") != 3 {
		t.Errorf("copied %+v", got)
	}
}

func TestWhatIsShownIsExported(t *testing.T) {
	w := acme(t)
	w.add(sandbox.ConnectionSpec{Integration: "slack", ID: "x", Tags: map[string]string{nango.TagUserName: "Mia", "api_key": "hunter2"}})
	w.open(list(t, "connections"))
	for _, hidden := range []string{"integration", "age", "connection id"} {
		w.Do(screen.Columns)
		w.Pick(hidden)
	}
	w.Do(screen.Sort + ".customer")
	w.filter("globex|mia")
	w.Do(screen.FilterDone)
	w.export("Export as CSV", "What is shown")
	lines := strings.Split(w.Files.Text("connections.csv"), "\n")
	if lines[0] != "customer,org,state,failed,tags" || lines[2] != "Globex Inc.,org_globex,✗ auth,2 m,plan=growth" ||
		lines[3] != "Mia,,✓ ok,,api_key="+nango.Masked || len(lines) != 5 {
		t.Errorf("the file is %q", lines)
	}
	if len(w.Toasts) == 0 || !strings.Contains(w.Toasts[0], "connections.csv") {
		t.Errorf("the path isn't shown: %q", w.Toasts)
	}
	w.again(list(t, "connections?q=mia"))
	w.export("Export as JSON", "What is shown")
	var rows []map[string]string
	if err := json.Unmarshal([]byte(w.Files.Text("connections.json")), &rows); err != nil || len(rows) != 1 || rows[0]["customer"] != "Mia" {
		t.Errorf("%v, %v", rows, err)
	}
}

// The menu of a long list opens at once: only counts are looked at before an option is chosen.
func TestTheCopyMenuOfALongListReadsNoRows(t *testing.T) {
	menu := func(n int) float64 {
		l := loaded(t, n)
		l.table.MarkAll()
		return testing.AllocsPerRun(5, func() { l.copyManyOptions() })
	}
	if few, all := menu(10), menu(5000); all > few+100 {
		t.Errorf("%.0f allocations for 10 rows, %.0f for 5,000", few, all)
	}
}

func TestAnExportHasABound(t *testing.T) {
	l := loaded(t, 100)
	rows := func(yield func(*row) bool) {
		for yield(l.first()) {
		}
	}
	for name, write := range map[string]format{"json": encodeJSON, "lines": encodeLines, "ids": encodeIDs} {
		mask := func(b []byte) []byte { return bytes.Repeat(b, 1<<20/max(len(b), 1)) }
		tools := screen.Tools{MaskJSON: mask, Mask: func(s string) string { return string(mask([]byte(s))) }}
		if _, err := write(rows, everything(), tools); err == nil || !strings.Contains(err.Error(), "longer than") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestALongSortedListIsReloadedInItsOrder(t *testing.T) {
	w := bigWorld(t, 5100).open(list(t, "connections"))
	w.Do(screen.Sort + ".customer")
	w.Do(screen.Reverse)
	w.add(sandbox.ConnectionSpec{Integration: "slack", ID: "newest", Tags: map[string]string{nango.TagUserName: "\U000e0100z"}})
	w.Now = w.Now.Add(time.Hour)
	w.Do(screen.Refresh)
	l := w.Screen.(*List)
	if l.first().id() != "newest" || l.table.Len() != 5101 || !l.at.Equal(w.Now) {
		t.Errorf("%s is first of %d, as of %s", l.first().id(), l.table.Len(), l.at)
	}
	var rows []row
	for r := range l.table.Each() {
		rows = append(rows, *r)
	}
	slices.Reverse(rows)
	w.Turn(func(t *screen.Turn) {
		l.replace(t, rows)
		l.table.Sort("id", false) // before the rows are in order
	})
	for r := range l.table.Each() {
		if r.text != rows[0].text {
			t.Error("reloaded rows are lost if the order is changed meanwhile")
		}
		break
	}
	w.Do(screen.Sort + ".customer")
	w.Do(screen.Refresh)
	if l.table.Len() != 5101 {
		t.Errorf("%d rows after another reload", l.table.Len())
	}
}
