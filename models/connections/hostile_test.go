package connections

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// plain fails if a drawn text holds anything that a terminal acts upon. The frames of these tests have no looks, so that
// every escape is a stranger's.
func plain(t *testing.T, drawn string) {
	t.Helper()
	for _, r := range drawn {
		if r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			t.Fatalf("%U is drawn: %q", r, drawn)
		}
	}
}

// FuzzNothingActsOnTheTerminal puts a stranger's text into every place that a connection has, and draws both screens.
func FuzzNothingActsOnTheTerminal(f *testing.F) {
	for _, text := range []string{"\x1b[31mred", "\x1b]0;owned\x07", "two\nlines", "\u202eback", "\x00\x7f\u009b31m",
		"a\u0301\u0301", "\ufeff\u200d", `{"org":1}`, "100%"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		metadata, err := json.Marshal(map[string]string{text: text, "api_key": text})
		if err != nil {
			t.Skip("no JSON can hold it")
		}
		c := nango.Connection{
			ID: text, Integration: text, Provider: text, Created: noon, Metadata: metadata,
			Tags:    map[string]string{text: text, nango.TagUserName: text, nango.TagUserEmail: text + "@", "plan": text},
			Errors:  []nango.ConnectionError{{Type: text, LogID: text}, {Type: "auth", LogID: "1772366400000_" + text}},
			EndUser: &nango.EndUser{ID: text, DisplayName: text, Email: text, Organization: &nango.Organization{ID: text, DisplayName: text}},
		}
		drawList(t, c, text)
		drawDetail(t, c, text)
	})
}

func drawList(t *testing.T, c nango.Connection, text string) {
	l := list(t, "connections")
	l.pages, l.at = nango.NewConnectionPages(nango.ConnectionQuery{}), noon
	l.add([]row{newRow(&c)})
	plain(t, l.View(frame(300, 40)))
	l.Filter.SetValue(text)
	l.applyFilter()
	plain(t, l.View(frame(300, 40)))
	l.lookup.words = l.wordsTyped()
	l.Filter.SetValue("!" + text)
	l.applyFilter()
	plain(t, l.View(frame(300, 40)))
}

func drawDetail(t *testing.T, c nango.Connection, text string) {
	d := &Detail{ref: c.Ref()}
	d.now, d.load.At = &c, noon
	plain(t, d.View(frame(120, 200)))
	d.take(&screen.Turn{Now: noon}, nango.ConnectionDetail{Connection: c, ConnectionConfig: c.Metadata, Credentials: c.Metadata,
		WebhookOverride: &text, Raw: c.Metadata})
	d.Rebuild(nil)
	plain(t, d.View(frame(120, 200)))
	for _, leaf := range d.whole.credentials {
		d.Rows.Reveal(rowCredential+leaf.name, noon.Add(screen.RevealTime))
		plain(t, d.View(frame(120, 200)))
	}
	d.gone = true
	plain(t, d.View(frame(120, 200)))
}

// FuzzHiding holds that what is hidden comes back as it was written, and that what is drawn of it does not hold it.
func FuzzHiding(f *testing.F) {
	f.Add(`{"a": 1.50, "api_key": "hunter2hunter2", "n": [true, {"token": "x\u0041yyyyyyy"}], "e": {}}`)
	f.Add(`{"secret":123456789,"secret":{"a":""}}`)
	f.Add(`"Bearer abcdefghijkl"`)
	f.Add(strings.Repeat(`[`, 9_000) + `{"token":"hunter2hunter2"}` + strings.Repeat(`]`, 9_000))
	f.Add(`{"a.b":{"token":"aaaaaaaaaa"},"a":{"b":{"token":"bbbbbbbbbb"}}}`)
	f.Fuzz(func(t *testing.T, text string) {
		if !json.Valid([]byte(text)) || strings.Contains(text, nango.Masked) || strings.Contains(text, `\u0000`) || doubles([]byte(text)) {
			t.Skip("no metadata that can be edited")
		}
		mask := func(s string) string { return strings.ReplaceAll(s, "hunter2", nango.Masked) }
		masked, hidden := hide([]byte(text), mask)
		if !json.Valid(masked) {
			t.Fatalf("masked, it is no JSON: %s", masked)
		}
		back, err := unhide(masked, hidden)
		if err != nil || string(back) != text {
			t.Errorf("%q came back as %q, %v", text, back, err)
		}
		doc, _ := ui.ParseJSON([]byte(text), nango.Policy(mask))
		if view := screen.NewJSON(doc).View(frame(200, 60)); strings.Contains(view, "hunter2") {
			t.Errorf("a secret is drawn:\n%s", view)
		}
	})
}

// doubles says whether two values are at the same place, as when a key is doubled.
func doubles(raw []byte) bool {
	leaves, err := leavesOf(raw, 0, nil)
	seen := map[string]bool{}
	for _, v := range leaves {
		if seen[v.key] {
			return true
		}
		seen[v.key] = true
	}
	return err != nil
}

func TestHostileConnectionsCanBeWorkedWith(t *testing.T) {
	w := bigWorld(t, 300).open(list(t, "connections"))
	w.Theme = &ui.Theme{}
	for range 300 {
		plain(t, w.Raw())
		w.Do(OpenConnection)
		w.Do(screen.Down)
	}
	for _, route := range w.Opened {
		again, err := screen.ParseRoute(route.String())
		if err != nil || again.Arg(0) != route.Arg(0) || again.Arg(1) != route.Arg(1) {
			t.Errorf("%q is read back as %q, %v", route.Args, again.Args, err)
		}
	}
}
