package dialog

import (
	"fmt"
	"strings"
	"testing"

	"nango-tui/ui"
	"nango-tui/ui/uitest"
	"nango-tui/ui/uitest/frames"
)

func verbs() []Item {
	return []Item{
		{ID: "connection.open", Title: ui.Clean("Open connection"), Keys: "enter"},
		{ID: "connection.delete", Title: ui.Clean("Delete connection"), Keys: "D", Disabled: ui.Clean("this profile is read-only")},
		{ID: "connection.reconnect", Title: ui.Clean("Reconnect link"), Keys: "R", Detail: ui.Clean("for a customer")},
		{ID: "profile.switch", Title: ui.Clean("Switch profile"), Keys: "P"},
		{ID: "list.reload", Title: ui.Clean("Read again"), Keys: "r", Detail: ui.Clean("from the server")},
	}
}

func TestPaletteSearch(t *testing.T) {
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
			got = append(got, hit.item.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q finds %v, want %s", query, got, want)
		}
	}
}

// Of items that have only the letters of the text, the one with the fewest others between comes first.
func TestLettersCloseTogetherComeFirst(t *testing.T) {
	items := []Item{{ID: "far", Title: ui.Clean("salmon and fish everywhere")}, {ID: "near", Title: ui.Clean("salesforce-eu")}}
	if best := Best(items, "sfe"); best[0].ID != "near" {
		t.Errorf("%s comes first", best[0].ID)
	}
}

func TestPaletteAccepts(t *testing.T) {
	p := NewPalette(verbs())
	for _, r := range "delete" {
		p.Key(uitest.Press(string(r)))
	}
	if p.Key(uitest.Press("enter")) != Open || !strings.Contains(p.View(frames.Plain(60, 10)), "read-only") {
		t.Errorf("what is disabled is done, or nothing is said:\n%s", p.View(frames.Plain(60, 10)))
	}
	p.Key(uitest.Press("ctrl+u"))
	p.Type("link")
	if p.Key(uitest.Press("enter")) != Accepted {
		t.Error("enter does not pick")
	}
	if item, _ := p.Current(); item.ID != "connection.reconnect" {
		t.Errorf("picked %s", item.ID)
	}
	p.Type(" of nowhere")
	if p.Key(uitest.Press("enter")) != Open || p.Key(uitest.Press("esc")) != Closed {
		t.Error("nothing found, and enter picks it")
	}
}

func TestPaletteView(t *testing.T) {
	p := NewPalette(verbs())
	uitest.Golden(t, "palette/all-58x8", p.View(frames.Plain(58, 8)))
	p.Type("conn")
	p.move(1)
	uitest.Golden(t, "palette/found-58x8", p.View(frames.Plain(58, 8)))
	uitest.Golden(t, "palette/colored-58x8", p.View(frames.Color(58, 8)))
}

func routes(typed string) Completion {
	var items []Item
	for _, r := range []string{"connections", "connection/hubspot/abc", "integrations"} {
		if strings.HasPrefix(r, typed) {
			items = append(items, Item{ID: r, Title: ui.Clean(r)})
		}
	}
	return Completion{Items: items}
}

func TestGoToCompletionAndHistory(t *testing.T) {
	g := NewGoTo(routes, []string{"logs", "integrations"})
	for _, step := range []struct{ key, want string }{
		{"c", "c"}, {"o", "co"}, {"tab", "connections"}, {"ctrl+u", ""},
		{"up", "integrations"}, {"up", "logs"}, {"up", "logs"}, {"down", "integrations"}, {"down", ""},
		{"down", ""}, {"down", ""}, {"tab", "connection/hubspot/abc"},
	} {
		g.Key(uitest.Press(step.key))
		if g.Value() != step.want {
			t.Fatalf("after %s the line is %q, want %q", step.key, g.Value(), step.want)
		}
	}
	g.Key(uitest.Press("ctrl+u"))
	g.Key(uitest.Press("down"))
	uitest.Golden(t, "palette/goto", g.View(frames.Plain(50, 6)))
	if g.Key(uitest.Press("enter")) != Accepted || g.Value() != "connections" {
		t.Errorf("enter on a completion gives %q", g.Value())
	}
	g.Key(uitest.Press("ctrl+u"))
	if g.Key(uitest.Press("enter")) != Open || g.Key(uitest.Press("backspace")) != Closed {
		t.Error("an empty line: enter stays, backspace leaves")
	}
}

// A completion that ends in a slash is the beginning of a route: enter waits for the rest.
func TestGoToWaitsForTheRestOfARoute(t *testing.T) {
	g := NewGoTo(func(typed string) Completion {
		return Completion{Complete: strings.Count(typed, "/") == 2, Items: []Item{
			{ID: "connection/", Title: ui.Clean("connection/KEY/ID"), Detail: ui.Clean("one connection")},
			{ID: "requests", Title: ui.Clean("requests"), Detail: ui.Clean("the calls")},
		}}
	}, nil)
	g.Key(uitest.Press("down"))
	if g.Key(uitest.Press("enter")) != Open || g.Value() != "connection/" {
		t.Errorf("enter on the beginning of a route gives %q", g.Value())
	}
	g.Type("hubspot/1")
	if g.Key(uitest.Press("enter")) != Accepted || g.Value() != "connection/hubspot/1" {
		t.Errorf("with the rest typed it gives %q", g.Value())
	}
	if view := g.View(frames.Plain(60, 6)); !strings.Contains(view, "  requests           the calls") {
		t.Errorf("the details do not stand below each other:\n%s", view)
	}
}

func TestGoToNote(t *testing.T) {
	const detail = "the records of a connection; ?model= and ?variant= choose"
	g := NewGoTo(func(typed string) Completion {
		c := routes(typed)
		c.Items = append([]Item{{ID: "records/", Title: ui.Clean("records/KEY/ID"), Detail: ui.Clean(detail)}}, c.Items...)
		return c
	}, nil)
	f := frames.Plain(60, 4)
	f.Position = &ui.Position{}
	if view := g.View(f); *f.Position != (ui.Position{At: 2, Of: 4}) || !strings.Contains(view, "▐") || strings.Contains(view, detail) {
		t.Errorf("nothing says that there are more:\n%s", view)
	}
	g.Key(uitest.Press("down"))
	if view := g.View(frames.Plain(60, 4)); !strings.Contains(view, detail) {
		t.Errorf("the place under the cursor is cut:\n%s", view)
	}
	g.Type("/")
	if view := g.View(frames.Plain(60, 4)); !strings.Contains(view, detail) {
		t.Errorf("the only place is cut:\n%s", view)
	}
}

func TestHelpFilter(t *testing.T) {
	groups := []HelpGroup{
		{ui.Clean("Connections"), []Item{
			{Keys: "enter", Title: ui.Clean("open")},
			{Keys: "D", Title: ui.Clean("delete"), Detail: ui.Clean("cannot be undone"), Disabled: ui.Clean("this profile is read-only")},
			{Keys: "R", Title: ui.Clean("reconnect link"), Detail: ui.Clean("writes")},
		}},
		{ui.Clean("Everywhere"), nil},
	}
	for i := range 20 {
		groups[1].Items = append(groups[1].Items, Item{Keys: fmt.Sprintf("ctrl+%c", 'a'+i), Title: ui.Clean(fmt.Sprintf("thing %d", i))})
	}
	h := NewHelp(groups)
	uitest.Golden(t, "help/60x15", h.View(frames.Plain(60, 15)))
	h.Key(uitest.Press("pgdown"))
	uitest.Golden(t, "help/60x15-scrolled", h.View(frames.Plain(60, 15)))
	for _, r := range "undone" {
		h.Key(uitest.Press(string(r)))
	}
	uitest.Golden(t, "help/60x15-found", h.View(frames.Plain(60, 15)))
	h.Type("zzz")
	if out := h.View(frames.Plain(60, 15)); !strings.Contains(out, "no matching keys") {
		t.Errorf("nothing found, and nothing said:\n%s", out)
	}
	if h.Key(uitest.Press("esc")) != Closed {
		t.Error("esc does not close the help")
	}
}
