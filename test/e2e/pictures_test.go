//go:build unix

package e2e

import (
	"flag"
	"image"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"

	"nango-tui/internal/longtest"
)

var update = flag.Bool("update", false, "replace the pictures of the README")

const (
	// picturesFolder has the pictures of the README.
	picturesFolder = "../../docs"
	// pictureSeed is a demo whose names a browser draws as a terminal does: all are written from left to right, and in scripts
	// with characters of fixed width.
	pictureSeed = "8"
	// pictureCustomer is a connection of that demo.
	pictureCustomer = "f876dc3f-f9d5-4b82-b07c-72b1a5a56dce"
)

// pictures are the pictures of the README: their files, what they show, and how to get there from the list.
var pictures = []struct {
	name, about string
	env         []string
	size        image.Point
	open        func(x *program)
}{
	{"connections", "The list of connections, with a preview beside it", nil, size120x40(), func(x *program) {
		x.see("budget", "· now", "end_user_id=usr_10319")
	}},
	{"connection", "A broken connection: the cause, what can be done, and what is known of it", nil, size80x24(), func(x *program) {
		x.press("/")
		x.typeText("Paul Morris")
		x.press("enter", "enter")
		x.see("CAUSE", "HubSpot answered", "deals", "· now")
	}},
	{"broken", "What is broken, grouped by cause", nil, size80x24(), func(x *program) {
		x.press("9")
		x.see("connections broken", "groups", "Looks like", "· now")
		x.gone("loading…")
		x.gone("reading logs…")
	}},
	{"delete", "The dialog before a connection is deleted", nil, size80x24(), func(x *program) {
		x.press("D")
		x.see("Hugo Young", "to confirm", "[ Cancel ]")
	}},
	{"reconnect", "What a reconnect link keeps and what it loses", nil, size80x24(), func(x *program) {
		x.press("R")
		x.see("What happens to its data", "Webhook override", "· now")
	}},
	{"link", "A connect link, waiting for the customer", sshEnv(), size80x24(), func(x *program) {
		x.press(":")
		x.see("Go to")
		x.typeText("link")
		x.press("enter")
		x.see("all if none is selected", "airtable", "ctrl+s Create link")
		x.press("tab")
		x.typeText("user-7")
		x.press("ctrl+s")
		x.see("expires in", "Lets", "sent to your terminal's clipboard")
	}},
	{"integrations", "The list of integrations", nil, size120x40(), func(x *program) {
		x.press("2")
		x.see("24 integrations", "17 with broken connections", "· now")
	}},
	{"syncs", "The syncs of a connection", nil, size80x24(), func(x *program) {
		x.goTo("syncs/hubspot/" + pictureCustomer)
		x.see("4 syncs", "engagements", "· now")
	}},
	{"records", "The records of a sync that a jq expression chooses", nil, size80x24(), func(x *program) {
		x.goTo("records/hubspot/" + pictureCustomer + "?model=Contact")
		x.see("305")
		x.press("|")
		x.see("jq expression")
		x.typeText(`select(.company | startswith("Willow"))`)
		x.press("enter")
		x.see("14 of 305 records")
	}},
	{"action", "The form of an action, made from its schema", nil, size80x24(), func(x *program) {
		x.goTo("run/hubspot/create-contact?connection=" + pictureCustomer)
		x.see("last_name")
		x.typeText("ada@northwind.example")
		x.press("tab", "tab")
		x.typeText("Lovelace")
		x.see("Lovelace")
	}},
	{"answer", "What the provider itself answers to a proxied request", nil, size80x24(), func(x *program) {
		x.goTo("proxy/hubspot/" + pictureCustomer)
		x.see("Base URL")
		x.typeText("/contacts?limit=3")
		x.press("ctrl+s")
		x.see("200 OK")
	}},
}

// volatile matches what differs in each run of the same demo: the port, dates and times, the milliseconds in a log's id,
// the rest of the budget, how long a request took, and how long a link is valid. The replacement may cover the spaces
// after it.
var volatile = []struct {
	pattern     *regexp.Regexp
	replacement string
}{
	{regexp.MustCompile(`127\.0\.0\.1:\d+`), "127.0.0.1:41234"},
	{regexp.MustCompile(`1%3A\d+`), "1%3A41234"}, // in the link, which names its API
	{regexp.MustCompile(`\b\d{4}-\d\d-\d\d \d\d:\d\d\b`), "2026-11-22 14:28"},
	{regexp.MustCompile(`\b\d{4}-\d\d-\d\d\b`), "2026-11-22"},
	{regexp.MustCompile(`\b\d{13}_\w{8}`), "1795357740251_EKmT7arm"},
	{regexp.MustCompile(`\b20 of \d\d ─`), "20 of 55 ─"}, // the page has what Nango did lately, too
	{regexp.MustCompile(`▐ *$`), " "},                    // the scrollbar, likewise
	{regexp.MustCompile(`worked last \d\d:\d\d`), "worked last 14:27"},
	{regexp.MustCompile(`budget \d+/200`), "budget 196/200"},
	{regexp.MustCompile(`· [0-9.]+ m?s · JSON, 1\.6 KB *`), "· 3 ms · JSON, 1.6 KB"},
	{regexp.MustCompile(`expires in \d\d:\d\d, at \d\d:\d\d`), "expires in 29:59, at 14:30"},
	{regexp.MustCompile(`… (not checked yet|checked once|checked \d+ times), next (in \d+ s|now) *|… asking *`),
		"… checked once, next in 4 s"},
}

// replaceVolatile replaces what differs in each run, cell by cell.
func replaceVolatile(cells uv.ScreenBuffer) uv.ScreenBuffer {
	size := cells.Bounds().Size()
	for y := range size.Y {
		line, column := rowText(cells, y)
		for _, p := range volatile {
			for _, found := range p.pattern.FindAllStringIndex(line, -1) {
				x := column[found[0]]
				text := []rune(p.replacement)
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

// minutes matches ages, which grow while a slow machine starts the program. 10 is longer than 9, and may begin further left.
var minutes = regexp.MustCompile(`(?: x="[0-9.]+"( y="[0-9.]+"))? textLength="[0-9.]+"([^>]*>[^<]*?)\d+( m(?:in)?\b)`)

// withoutMinutes removes the minutes of a picture for comparison.
func withoutMinutes(svg string) string { return minutes.ReplaceAllString(svg, "$1$2#$3") }

// goTo opens a route as a user types it.
func (x *program) goTo(route string) {
	x.t.Helper()
	x.press(":")
	x.see("Go to")
	x.typeText(route)
	x.press("enter")
	x.gone(route)
}

// rowText returns a row as text, and the column of each of its bytes.
func rowText(cells uv.ScreenBuffer, y int) (line string, column []int) {
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

func TestPicturesOfTheReadme(t *testing.T) {
	readme := readFile(t, "../../README.md")
	themes := []string{"dark"}
	if *update || longtest.Enabled() {
		themes = append(themes, "light")
	}
	for _, p := range pictures {
		for _, theme := range themes {
			t.Run(p.name+"/"+theme, func(t *testing.T) {
				t.Parallel()
				name := p.name + "-" + theme + ".svg"
				if !strings.Contains(readme, `"docs/`+name+`"`) {
					t.Errorf("the README doesn't show %s", name)
				}
				x := start(t, []string{"--demo", "--seed", pictureSeed, "--theme", theme}, p.env, p.size)
				x.see("1,000 · 48 broken", "✓ ok")
				p.open(x)
				x.gone("loading")
				x.isPicture(filepath.Join(picturesFolder, name), func() string {
					return drawSVG(replaceVolatile(x.cells()), pictureColors[theme], p.about)
				})
			})
		}
	}
}

// isPicture waits until the screen is as in the file, or writes the file.
func (x *program) isPicture(path string, draw func() string) {
	x.t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(draw()), 0o644); err != nil {
			x.t.Fatal(err)
		}
		return
	}
	want := withoutMinutes(readFile(x.t, path))
	x.until("the picture "+path+" (go test ./test/e2e -run Pictures -update replaces it)", func() bool {
		return withoutMinutes(draw()) == want
	})
}
