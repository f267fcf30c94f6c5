package main

import (
	"image"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"nango-tui/internal/longtest"
	"nango-tui/models/screen"
)

// screensFolder has the screens as the terminal gets them: cat shows one. Go test -run Screens -update writes them.
const screensFolder = "testdata/screens"

// screenCases are screens of every area, and how to get there.
var screenCases = map[string]path{
	"connections":        {open: screen.To("connections")},
	"connections-broken": path{open: screen.To("connections")}.then("b"),
	"connections-filter": path{open: screen.To("connections")}.then("/", "c", "r", "m"),
	"connection":         {open: screen.To("connection", walkKey, walkID)},
	"connection-delete":  path{open: screen.To("connection", walkKey, walkID)}.then("D"),
	"customer":           {open: screen.To("customer", walkCustomer)},
	"compare":            {open: compareOfWalk},
	"changes":            {open: screen.To("changes")},
	"reconnect":          {open: screen.To("reconnect", walkKey, walkID)},
	"link":               {open: screen.To("link").With("integration", walkKey)},
	"import":             {open: screen.To("import").With("integration", walkKey)},
	"integrations":       {open: screen.To("integrations")},
	"integration":        {open: screen.To("integration", walkKey)},
	"syncs":              {open: screen.To("syncs", walkKey, walkID)},
	"all-syncs":          path{open: screen.To("all-syncs")}.then("r"),
	"logs":               {open: screen.To("logs")},
	"operation":          path{open: screen.To("logs")}.then("down", "down", "enter"),
	"causes":             {open: screen.To("causes")},
	"records":            {open: screen.To("records", walkKey, walkID).With("model", "Contact")},
	"actions":            {open: screen.To("actions", walkKey)},
	"action":             {open: screen.To("run", walkKey, walkAction)},
	"functions":          {open: screen.To("functions", walkKey)},
	"proxy":              {open: screen.To("proxy", walkKey, walkWorks)},
	"requests":           {open: screen.To("requests")},
	"providers":          {open: screen.To("providers")},
	"provider":           {open: screen.To("provider", "salesforce")},
	"environment":        {open: screen.To("environment")},
	"journal":            {open: screen.To("journal")},
	"help":               path{open: screen.To("connections")}.then("?"),
	"commands":           path{open: screen.To("connections")}.then("ctrl+p"),
	"go-to":              path{open: screen.To("connections")}.then(":"),
}

// compareOfWalk compares the two connections of the walk.
var compareOfWalk = screen.To("compare", walkKey, walkID, walkKey, walkWorks)

// screenSizes are the sizes of a terminal that every screen is drawn in.
var screenSizes = map[string]image.Point{"80x24": {X: 80, Y: 24}, "120x40": {X: 120, Y: 40}}

// screenTime is the time of all screens.
func screenTime() time.Time { return time.Date(2026, time.November, 30, 3, 12, 0, 0, time.UTC) }

// changing matches what differs in each run: the port of the server, and how long a request took.
var changing = map[*regexp.Regexp]string{
	regexp.MustCompile(`127\.0\.0\.1:\d{5}`): "127.0.0.1:41234",
	regexp.MustCompile(`\b\d{1,3} ms\b`):     "3 ms",
}

func TestScreensOfEveryAreaInEveryTheme(t *testing.T) {
	tried := themeNames()[1:]
	if !*update {
		tried = longtest.Sample(t, tried, 2)
	}
	for name, at := range screenCases {
		for _, theme := range tried {
			t.Run(name+"/"+theme, func(t *testing.T) {
				t.Parallel()
				at.connections = 40
				p := newTestProgramAt(t, at, screenTime, theme)
				defer p.close()
				for _, key := range at.keys {
					p.send(keyNamed(key))
				}
				for size, cells := range screenSizes {
					p.send(tea.WindowSizeMsg{Width: cells.X, Height: cells.Y})
					requireScreen(t, name+"-"+size+"-"+theme, p.app.View().Content)
				}
			})
		}
	}
}

// requireScreen compares a frame with its file.
func requireScreen(t *testing.T, name, frame string) {
	t.Helper()
	for pattern, same := range changing {
		frame = pattern.ReplaceAllString(frame, same)
	}
	file := filepath.Join(screensFolder, name+".ans")
	if *update {
		if err := os.WriteFile(file, []byte(frame+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != frame+"\n" {
		t.Errorf("%s differs; go test . -run Screens -update writes it\n%s", file, firstDifference(string(want), frame))
	}
}

// firstDifference returns the first line that differs, as it was and as it is.
func firstDifference(want, got string) string {
	was, is := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(was), len(is)) {
		if was[i] != is[i] {
			return ansi.Strip(was[i]) + "\n" + ansi.Strip(is[i])
		}
	}
	return "another number of lines"
}
