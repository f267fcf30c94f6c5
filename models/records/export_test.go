package records

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// exports enters a path and exports to it.
func (w *world) exports(path string) {
	w.t.Helper()
	w.Do(Export)
	w.Screen.(*exportPage).Fields.Set(screen.FieldFile, path)
	w.Do(screen.Submit)
}

func decoded(t *testing.T, text string) []map[string]any {
	t.Helper()
	var all []map[string]any
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&all); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return all
}

func TestExportJSON(t *testing.T) {
	w := open(t, contacts, 300, contact)
	w.filter("name:17")
	w.Do(screen.FilterDone)
	w.exports("~/a.json")
	all := decoded(t, w.Files.Text("~/a.json"))
	if len(all) != 13 || all[0]["id"] != "17" || all[0]["big"] != json.Number("9007199254740996") || all[0]["_nango_metadata"] == nil {
		t.Errorf("%d records, the first %v", len(all), all[0])
	}
	if toast := w.Toasts[len(w.Toasts)-1]; !strings.HasPrefix(toast, "13 records written to ~/a.json, ") {
		t.Errorf("said %q", toast)
	}
	if _, back := w.Screen.(*List); !back {
		t.Error("the form stays")
	}
}

func TestExportKeepsOrder(t *testing.T) {
	w := open(t, contacts, 30, contact)
	w.list().table.Sort("id", true)
	w.exports("~/a.jsonl")
	lines := strings.Split(strings.TrimSpace(w.Files.Text("~/a.jsonl")), "\n")
	if len(lines) != 30 || !strings.HasPrefix(lines[0], `{"id":"29"`) {
		t.Errorf("%d lines, the first %s", len(lines), lines[0])
	}
}

func TestExportCSVColumns(t *testing.T) {
	payloads := []string{
		`"name":"=1+2","n":-5,"nested":{"a":[1]},"text":"a,\"b\"\nc"`,
		`"name":"@sum","extra":true,"n":9007199254740993,"gone":null`,
		`"name":"-x","n":1e3`,
	}
	w := open(t, contacts, 4, func(i int) made {
		if i == 3 {
			return made{pruned: true, action: "UPDATED"}
		}
		return made{payload: payloads[i]}
	})
	w.exports("~/a.csv")
	rows, err := csv.NewReader(strings.NewReader(w.Files.Text("~/a.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range rows {
		got = append(got, strings.Join(row, "|"))
	}
	want := []string{
		"id|name|n|nested|text|extra|gone|_nango_last_action|_nango_last_modified_at|_nango_deleted_at|_nango_pruned_at",
		"0|'=1+2|-5|{\"a\":[1]}|a,\"b\"\nc|||ADDED|2026-03-01T11:00:00.000000+00:00||",
		"1|'@sum|9007199254740993|||true||ADDED|2026-03-01T11:00:00.000000+00:00||",
		"2|'-x|1e3|||||ADDED|2026-03-01T11:00:00.000000+00:00||",
		"3|||||||UPDATED|2026-03-01T11:00:00.000000+00:00||2026-02-28T12:00:00.000000+00:00",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}

func TestExportValues(t *testing.T) {
	w := open(t, contacts, 3, contact)
	w.jq("{id, score}")
	w.exports("~/a.csv")
	if got, want := w.Files.Text("~/a.csv"), "id,score\n0,0\n1,1\n2,2\n"; got != want {
		t.Errorf("%q", got)
	}
	w.jq(".email")
	w.exports("~/b.csv")
	if got := w.Files.Text("~/b.csv"); !strings.HasPrefix(got, "value\nada0@northwind.example\n") {
		t.Errorf("%q", got)
	}
}

func TestExportMasksSecrets(t *testing.T) {
	for _, name := range []string{"a.json", "a.jsonl", "a.csv"} {
		w := open(t, contacts, 2, func(i int) made {
			return made{payload: fmt.Sprintf(`"api_key":"sk-secret-%d","deep":{"password":"pw-secret-%d"},"note":"Bearer `+
				`abcdefghijklmnopqrstuvwxyz%d","Bearer abcdefghijkl":"beside"`, i, i, i)}
		})
		w.exports(name)
		if text := w.Files.Text(name); strings.Contains(text, "-secret-") || strings.Contains(text, "Bearer abc") ||
			!strings.Contains(text, nango.Masked) || !strings.Contains(text, "beside") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

func TestExportAsksBeforeOverwriting(t *testing.T) {
	w := open(t, contacts, 3, contact)
	w.Files.Put("~/a.json", "precious")
	w.exports("~/a.json")
	if w.Files.Text("~/a.json") != "precious" {
		t.Fatal("it was replaced")
	}
	w.Pick("Choose another name")
	w.See("~/a.json")
	w.Do(screen.Submit)
	w.Pick("Overwrite")
	if len(decoded(t, w.Files.Text("~/a.json"))) != 3 || w.Files.Begun() != 0 {
		t.Error("it was not replaced")
	}
}

func TestExportToFullDisk(t *testing.T) {
	w := open(t, contacts, 3000, contact)
	w.Files.Full = true
	w.exports("~/a.json")
	w.See("No file was written", "no space left on device")
	if w.Files.Begun() != 0 || len(w.Files.Names()) != 0 {
		t.Error("something is left")
	}
}

func TestExportNeedsRows(t *testing.T) {
	w := open(t, contacts, 3, contact)
	w.filter("no such thing")
	w.Do(screen.FilterDone)
	if why := w.Action(Export).Disabled; why != textNothingToExport {
		t.Errorf("it says %q", why)
	}
	w.Do(screen.ClearFilter)
	w.jq(`.score == 0`)
	w.Do(Export)
	w.See("Exports the 1 record that is shown.")
}

func TestExportNeedsKnownExtension(t *testing.T) {
	w := open(t, contacts, 3, contact)
	for _, name := range []string{"", "~/", "a", "a.xlsx", "~/.csv", "a.csv/"} {
		w.exports(name)
		if len(w.Files.Names()) != 0 {
			t.Fatalf("%q was written", name)
		}
		w.Do(screen.LeaveForm)
	}
}

func TestLeavingStopsExport(t *testing.T) {
	w := open(t, contacts, 30, contact)
	w.HoldReads = true
	w.exports("~/a.json")
	w.See("Writing ~/a.json", "0 of 30", "‹form.leave› stops")
	w.Do(screen.LeaveForm)
	w.lands()
	if len(w.Files.Names()) != 0 {
		t.Error("it was written")
	}
	w.See("File")
	w.Do(screen.Submit)
	w.Leave()
	if len(w.Toasts) != 2 || !strings.Contains(w.Toasts[1], "The export was stopped") {
		t.Errorf("said %q", w.Toasts)
	}
}

func TestExportIncludesUnloadedRecords(t *testing.T) {
	w := open(t, contacts, 25_000, contact)
	w.filter("ada17")
	w.Do(screen.FilterDone)
	w.jq(".active")
	w.Do(Export)
	w.See("the matching rest on the", "The model has 25,000 records")
	before := len(w.server.asked)
	w.Screen.(*exportPage).Fields.Set(screen.FieldFile, "a.jsonl")
	w.Do(screen.Submit)
	if n := len(w.server.asked) - before; n != 8 { // after the 10,000 loaded ones
		t.Errorf("%d pages were read", n)
	}
	want := 0
	for i := range 25_000 {
		if strings.HasPrefix(fmt.Sprint(i), "17") && i%2 == 0 {
			want++
		}
	}
	if lines := strings.Count(w.Files.Text("a.jsonl"), "\n"); lines != want {
		t.Errorf("%d records, not %d", lines, want)
	}
}

func TestExportIncludesUnloadedValues(t *testing.T) {
	w := open(t, contacts, 12_000, contact)
	w.jq(".score, .active")
	w.exports("a.jsonl")
	if lines := strings.Count(w.Files.Text("a.jsonl"), "\n"); lines != 24_000 {
		t.Errorf("%d values", lines)
	}
}

func TestFailedPageEndsExport(t *testing.T) {
	server := &maker{t: t, n: 25_000, each: contact}
	w := hold(t, contacts, server).start()
	server.fault = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Query().Get("cursor") != "c14000" {
			return false
		}
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprint(w, `{"error":{"code":"server_error","message":"Failed to fetch records"}}`)
		return true
	}
	w.exports("a.json")
	w.See("No file was written: after 14,000 records", "500")
	if w.Files.Begun() != 0 || len(w.Files.Names()) != 0 {
		t.Error("something is left")
	}
}

func TestExportReportsFieldsWithoutColumn(t *testing.T) {
	w := open(t, contacts, 12_000, func(i int) made {
		if i == 11_000 {
			return made{payload: `"name":"x","surprise":1`}
		}
		return made{payload: `"name":"x"`}
	})
	w.exports("a.csv")
	if len(w.Notices) != 1 || !strings.Contains(strings.Join(w.Notices[0].Lines, " "), "1 of them have fields") {
		t.Errorf("said %v", w.Notices)
	}
}

func TestProgressWithTooLowTotal(t *testing.T) {
	p := &progress{total: 10}
	p.done.Store(5)
	if text := progressLine(p, 80).Text().String(); !strings.Contains(text, "5 of 10") {
		t.Error(text)
	}
	p.done.Store(11)
	if text := progressLine(p, 80).Text().String(); strings.Contains(text, "of 10") || !strings.Contains(text, "11 so far") {
		t.Error(text)
	}
}

// Data formats keep the data. What a person who prints the file reads has no control character in it.
func TestExportsHaveNoControlCharacters(t *testing.T) {
	w := open(t, contacts, 1, func(int) made {
		return made{payload: "\"no\u202ete\":\"a\u009b2J\u202eb\x7f\\u001b[2J\u2028c\",\"n\":{\"x\":\"\u009b\u2066\"}"}
	})
	for _, path := range []string{"~/a.json", "~/a.jsonl", "~/a.csv"} {
		w.exports(path)
		text := w.Files.Text(path)
		if i := strings.IndexFunc(text, func(r rune) bool {
			return r != '\n' && unicode.In(r, unicode.Cc, unicode.Bidi_Control, unicode.Zl)
		}); i >= 0 || text == "" {
			t.Errorf("%s has %q", path, text)
		}
		if path == "~/a.json" {
			if one := decoded(t, text)[0]; one["no\u202ete"] != "a\u009b2J\u202eb\x7f\x1b[2J\u2028c" {
				t.Errorf("%s says %q", path, one)
			}
		}
	}
}
