package connections

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

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
	w.Pick("failed")
	w.Pick("Move to the front")
	w.Pick("integration")
	w.Pick("Hide")
	if got := w.heads(); got != "FAILED CUSTOMER ORGANIZATION STATE AGE TAGS" {
		t.Errorf("the columns are %s", got)
	}
	w.again(list(t, "connections"))
	w.Width = 100
	if got := w.heads(); got != "FAILED CUSTOMER ORGANIZATION STATE AGE TAGS" {
		t.Errorf("opened again, the columns are %s", got)
	}
	w.Do(screen.Columns)
	w.Pick("Reset")
	if got := w.heads(); !strings.HasPrefix(got, "CUSTOMER ORGANIZATION INTEGRATION STATE") {
		t.Errorf("reset, the columns are %s", got)
	}
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
	w.Do(screen.Sort)
	w.Do(screen.Reverse)
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

func TestMarkedOrShownRowsAreExported(t *testing.T) {
	w := acme(t)
	w.add(sandbox.ConnectionSpec{Integration: "slack", ID: "=cmd()", Tags: map[string]string{nango.TagUserName: "@SUM(A1)"}})
	w.open(list(t, "connections?q=cmd"))
	w.Do(Copy)
	w.Pick("Export as CSV")
	w.Do(screen.SubmitLast)
	if text := w.Files.Text("connections.csv"); !strings.Contains(text, "'=cmd(),slack,slack,'@SUM(A1)") {
		t.Errorf("the file is %q", text)
	}
	w.Do(screen.ClearFilter)
	w.Do(screen.MarkAll)
	w.Do(Copy)
	w.Pick("Export as JSON Lines")
	w.Do(screen.SubmitLast)
	if n := strings.Count(w.Files.Text("connections.jsonl"), "\n"); n != 4 {
		t.Errorf("%d lines", n)
	}
	w.Do(Copy)
	w.Pick("Copy all as JSON")
	if text := w.copied().Text; !strings.Contains(text, `"id": "Globex/1"`) || !strings.Contains(text, `"organization": "org_globex"`) {
		t.Errorf("copied %s", text)
	}
}
