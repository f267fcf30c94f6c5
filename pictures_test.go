//go:build unix

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
)

const (
	// picturesFolder holds the README's pictures.
	picturesFolder = "docs"
	// pictureSeed makes a world whose names any browser draws the way a terminal does: none is written from right to left, and
	// none in a script whose width is the font's to choose.
	pictureSeed = "8"
	// pictureCustomer is a customer of that world.
	pictureCustomer = "f876dc3f-f9d5-4b82-b07c-72b1a5a56dce"
)

// pictures are the README's: the names of their files, what they show, and how the program gets there from its list.
var pictures = []struct {
	name, about string
	env         []string
	size        terminalSize
	take        func(x *terminal)
}{
	{"connections", "The list of connections, with a preview beside it", nil, wide(), func(x *terminal) {
		x.see("budget", "· now", "end_user_id=usr_10319")
	}},
	{"connection", "A broken connection: the cause, what can be done, and what is known of it", nil, usual(), func(x *terminal) {
		x.press("enter")
		x.see("CAUSE", "connection id", "· now")
	}},
	{"delete", "The dialog before a connection is deleted", nil, usual(), func(x *terminal) {
		x.press("D")
		x.see("Hugo Young", "to confirm")
	}},
	{"reconnect", "What a reconnect link keeps and what it loses", nil, usual(), func(x *terminal) {
		x.press("R")
		x.see("What becomes of its data", "Webhook override", "· now")
	}},
	{"link", "A connect link, waiting for the customer", overSSH(), usual(), func(x *terminal) {
		x.press("L")
		x.see("none marked: all of them", "airtable")
		x.press("tab")
		x.typeText("user-7")
		x.press("ctrl+s")
		x.see("expires in", "Lets", "sent to your terminal's clipboard")
	}},
	{"integrations", "The list of integrations", nil, wide(), func(x *terminal) {
		x.press("2")
		x.see("24 integrations", "17 with broken connections", "· now")
	}},
	{"syncs", "The syncs of a connection", nil, usual(), func(x *terminal) {
		x.goesTo("syncs/hubspot/" + pictureCustomer)
		x.see("4 syncs", "engagements", "· now")
	}},
	{"records", "The records of a sync that a jq expression chooses", nil, usual(), func(x *terminal) {
		x.goesTo("records/hubspot/" + pictureCustomer + "?model=Contact")
		x.see("305")
		x.press("|")
		x.see("jq expression")
		x.typeText(`select(.company | startswith("Willow"))`)
		x.press("enter")
		x.see("14 of 305 records")
	}},
	{"action", "The form of an action, made from its schema", nil, usual(), func(x *terminal) {
		x.goesTo("run/hubspot/create-contact?connection=" + pictureCustomer)
		x.see("last_name")
		x.typeText("ada@northwind.example")
		x.press("tab", "tab")
		x.typeText("Lovelace")
		x.see("Lovelace")
	}},
	{"answer", "What the provider itself answers to a proxied request", nil, usual(), func(x *terminal) {
		x.goesTo("proxy/hubspot/" + pictureCustomer)
		x.see("Base URL")
		x.typeText("/contacts?limit=3")
		x.press("ctrl+s")
		x.see("200 OK")
	}},
}

// passing is what is another one in each run of the demo though its world is the same, and what stands there in the pictures:
// the port, dates and times of day, the milliseconds in a log's id, the rest of the budget, how long an answer took, and what
// a link's time has left. What it is replaced by may reach over the spaces behind it.
var passing = []struct {
	found *regexp.Regexp
	put   string
}{
	{regexp.MustCompile(`127\.0\.0\.1:\d+`), "127.0.0.1:41234"},
	{regexp.MustCompile(`\b\d{4}-\d\d-\d\d \d\d:\d\d\b`), "2026-11-22 14:28"},
	{regexp.MustCompile(`\b\d{4}-\d\d-\d\d\b`), "2026-11-22"},
	{regexp.MustCompile(`\b\d{13}_`), "1795357740251_"},
	{regexp.MustCompile(`budget \d+/200`), "budget 196/200"},
	{regexp.MustCompile(`· [0-9.]+ m?s · JSON, 1\.6 KB *`), "· 3 ms · JSON, 1.6 KB"},
	{regexp.MustCompile(`expires in \d\d:\d\d, at \d\d:\d\d`), "expires in 29:59, at 14:30"},
	{regexp.MustCompile(`… (not asked yet|asked once|asked \d+ times), next (in \d+ s|now) *|… asking *`), "… asked once, next in 4 s"},
}

// settled is the screen with what passes replaced, cell by cell.
func settled(cells uv.ScreenBuffer) uv.ScreenBuffer {
	size := cells.Bounds().Size()
	for y := range size.Y {
		line, column := rowOf(cells, y)
		for _, p := range passing {
			for _, found := range p.found.FindAllStringIndex(line, -1) {
				x := column[found[0]]
				text := []rune(p.put)
				for len(text) < column[found[1]]-x {
					text = append(text, ' ')
				}
				for i, r := range text {
					cell := cells.CellAt(x+i, y).Clone()
					cell.Content, cell.Width = string(r), 1
					cells.SetCell(x+i, y, cell)
				}
			}
		}
	}
	return cells
}

// minutes are the ages that go on while a slow machine starts the program. 9 of them become 10, which is longer.
var minutes = regexp.MustCompile(` textLength="[0-9.]+"(>[^<]*?)\d+( min)`)

// ageless is a picture without its minutes. The pictures show them as they were; only comparing leaves them out.
func ageless(svg string) string { return minutes.ReplaceAllString(svg, "$1#$2") }

// rowOf is a row as text, and the column that each of its bytes stands in.
func rowOf(cells uv.ScreenBuffer, y int) (line string, column []int) {
	for x := 0; x < cells.Bounds().Dx(); {
		cell := cells.CellAt(x, y)
		for range len(cell.Content) {
			column = append(column, x)
		}
		line += cell.Content
		x += max(cell.Width, 1)
	}
	return line, append(column, cells.Bounds().Dx())
}

func TestPicturesOfTheReadmeAreTheProgrammes(t *testing.T) {
	text := readme(t)
	for _, p := range pictures {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(picturesFolder, p.name+".svg")
			if !strings.Contains(text, "]("+path+")") {
				t.Errorf("the README does not show %s", path)
			}
			x := begin(t, []string{"--demo", "--seed", pictureSeed, "--theme", themeDark}, p.env, p.size)
			x.see("1,000 · 48 broken", "✓ fine")
			p.take(x)
			x.gone("loading")
			shown := func() string { return drawSVG(settled(x.cells()), p.about) }
			if *update {
				if err := os.WriteFile(path, []byte(shown()), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			kept, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			x.until("what "+path+" shows (go test . -run Pictures -update takes the pictures anew)", func() bool { return ageless(shown()) == ageless(string(kept)) })
		})
	}
}
