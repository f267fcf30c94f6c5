package ui

import (
	"fmt"
	"strings"
	"testing"
)

func verbs() []PaletteItem {
	return []PaletteItem{
		{ID: "connection.open", Title: Clean("Open connection"), Keys: "enter"},
		{ID: "connection.delete", Title: Clean("Delete connection"), Keys: "D", Disabled: Clean("this profile is read-only")},
		{ID: "connection.reconnect", Title: Clean("Reconnect link"), Keys: "R", Detail: Clean("for a customer")},
		{ID: "profile.switch", Title: Clean("Switch profile"), Keys: "P"},
		{ID: "list.reload", Title: Clean("Read again"), Keys: "r", Detail: Clean("from the server")},
	}
}

func TestPaletteFindsByWordsAndLetters(t *testing.T) {
	for query, want := range map[string]string{
		"":          "connection.open connection.delete connection.reconnect profile.switch list.reload",
		"conn":      "connection.open connection.delete connection.reconnect",
		"re":        "connection.reconnect list.reload profile.switch",
		"link cust": "connection.reconnect",
		"swp":       "profile.switch",
		"DELETE":    "connection.delete",
		"server":    "list.reload",
		"zzz":       "",
	} {
		var got []string
		for _, hit := range rank(verbs(), query) {
			got = append(got, verbs()[hit.item].ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q finds %v, want %s", query, got, want)
		}
	}
}

func TestPalettePicks(t *testing.T) {
	p := NewPalette(verbs())
	for _, r := range "delete" {
		p.Key(press(string(r)))
	}
	if p.Key(press("enter")) != DialogOpen || !strings.Contains(p.View(testFrame(60, 10)), "read-only") {
		t.Errorf("what is disabled is done, or nothing is said:\n%s", p.View(testFrame(60, 10)))
	}
	p.Key(press("ctrl+u"))
	p.Type("link")
	if p.Key(press("enter")) != DialogAccepted {
		t.Error("enter does not pick")
	}
	if item, _ := p.Current(); item.ID != "connection.reconnect" {
		t.Errorf("picked %s", item.ID)
	}
	p.Type(" of nowhere")
	if p.Key(press("enter")) != DialogOpen || p.Key(press("esc")) != DialogClosed {
		t.Error("nothing found, and enter picks it")
	}
}

func TestPaletteOnTheScreen(t *testing.T) {
	p := NewPalette(verbs())
	drawnAs(t, "palette/all-58x8", p.View(testFrame(58, 8)))
	p.Type("conn")
	p.Move(1)
	drawnAs(t, "palette/found-58x8", p.View(testFrame(58, 8)))
	drawnAs(t, "palette/coloured-58x8", p.View(colourFrame(58, 8)))
}

func routes(typed string) []PaletteItem {
	var items []PaletteItem
	for _, r := range []string{"connections", "connection/hubspot/abc", "integrations"} {
		if strings.HasPrefix(r, typed) {
			items = append(items, PaletteItem{ID: r, Title: Clean(r)})
		}
	}
	return items
}

func TestGoToCompletesAndRemembers(t *testing.T) {
	g := NewGoTo(routes, []string{"logs", "integrations"})
	for _, step := range []struct{ key, want string }{
		{"c", "c"}, {"o", "co"}, {"tab", "connections"}, {"ctrl+u", ""},
		{"up", "integrations"}, {"up", "logs"}, {"up", "logs"}, {"down", "integrations"}, {"down", ""},
		{"down", ""}, {"down", ""}, {"tab", "connection/hubspot/abc"},
	} {
		g.Key(press(step.key))
		if g.Value() != step.want {
			t.Fatalf("after %s the line is %q, want %q", step.key, g.Value(), step.want)
		}
	}
	g.Key(press("ctrl+u"))
	g.Key(press("down"))
	drawnAs(t, "palette/goto", g.View(testFrame(50, 6)))
	if g.Key(press("enter")) != DialogAccepted || g.Value() != "connections" {
		t.Errorf("enter on a completion gives %q", g.Value())
	}
	g.Key(press("ctrl+u"))
	if g.Key(press("enter")) != DialogOpen || g.Key(press("backspace")) != DialogClosed {
		t.Error("an empty line: enter stays, backspace leaves")
	}
}

// A completion that ends in a slash is the beginning of a route: enter waits for the rest of it.
func TestGoToWaitsForTheRestOfARoute(t *testing.T) {
	g := NewGoTo(func(string) []PaletteItem {
		return []PaletteItem{
			{ID: "connection/", Title: Clean("connection/KEY/ID"), Detail: Clean("one connection")},
			{ID: "requests", Title: Clean("requests"), Detail: Clean("the calls")},
		}
	}, nil)
	g.Key(press("down"))
	if g.Key(press("enter")) != DialogOpen || g.Value() != "connection/" {
		t.Errorf("enter on the beginning of a route gives %q", g.Value())
	}
	g.Type("hubspot/1")
	if g.Key(press("enter")) != DialogAccepted || g.Value() != "connection/hubspot/1" {
		t.Errorf("with the rest typed it gives %q", g.Value())
	}
	if view := g.View(testFrame(60, 6)); !strings.Contains(view, "  requests           the calls") {
		t.Errorf("the details do not stand below each other:\n%s", view)
	}
}

func TestGoToTellsAllOfOnePlaceAndThatThereAreMore(t *testing.T) {
	const detail = "the records of a connection; ?model= and ?variant= choose"
	g := NewGoTo(func(typed string) []PaletteItem {
		return append([]PaletteItem{{ID: "records/", Title: Clean("records/KEY/ID"), Detail: Clean(detail)}}, routes(typed)...)
	}, nil)
	if view := g.View(testFrame(60, 4)); !strings.Contains(view, "↓ 2 more below") || strings.Contains(view, detail) {
		t.Errorf("nothing says that there are more:\n%s", view)
	}
	g.Key(press("down"))
	if view := g.View(testFrame(60, 4)); !strings.Contains(view, detail) {
		t.Errorf("the place under the cursor is cut:\n%s", view)
	}
	g.Type("/")
	if view := g.View(testFrame(60, 4)); !strings.Contains(view, detail) {
		t.Errorf("the only place is cut:\n%s", view)
	}
}

func TestHelpFindsAKey(t *testing.T) {
	groups := []HelpGroup{
		{Clean("Connections"), []HelpItem{
			{Keys: "enter", Title: Clean("open")},
			{Keys: "D", Title: Clean("delete"), Effect: Clean("cannot be undone"), Disabled: Clean("this profile is read-only")},
			{Keys: "R", Title: Clean("reconnect link"), Effect: Clean("writes")},
		}},
		{Clean("Everywhere"), nil},
	}
	for i := range 20 {
		groups[1].Items = append(groups[1].Items, HelpItem{Keys: fmt.Sprintf("ctrl+%c", 'a'+i), Title: Clean(fmt.Sprintf("thing %d", i))})
	}
	h := NewHelp(groups)
	drawnAs(t, "help/60x15", h.View(testFrame(60, 15)))
	h.Key(press("pgdown"))
	drawnAs(t, "help/60x15-scrolled", h.View(testFrame(60, 15)))
	for _, r := range "undone" {
		h.Key(press(string(r)))
	}
	drawnAs(t, "help/60x15-found", h.View(testFrame(60, 15)))
	h.Type("zzz")
	if out := h.View(testFrame(60, 15)); !strings.Contains(out, "no key does that here") {
		t.Errorf("nothing found, and nothing said:\n%s", out)
	}
	if h.Key(press("esc")) != DialogClosed {
		t.Error("esc does not close the help")
	}
}
