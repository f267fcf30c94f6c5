package models

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"nango-tui/internal/longtest"
	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

// hostileSeeds are texts that act on terminals which do not watch out.
var hostileSeeds = []string{
	"plain",
	"\x1b]52;c;aGFja2Vk\x07 \x1b]0;title\x07 \x1b[2J\x1b[31mred",
	"\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
	"one\ntwo\r\nthree\ttab\x00nul\x7fdel\u0085nel\u009b31m",
	"left\u202eright\u2066isolate\u200fmark\u061c",
	"bad \xff\xfe utf8 \xc3(",
	"عربي 日本語 हिन्दी 👩‍👩‍👧 e" + strings.Repeat("\u0301", 200),
	strings.Repeat("wide株", 400),
}

// style is a sequence that changes looks and nothing else.
var style = regexp.MustCompile(`\x1b\[[0-9;:]*m`)

// actsOnTerminal is the first character of a text that would act on a terminal; 0 where there is none.
func actsOnTerminal(text string) rune {
	for _, r := range style.ReplaceAllString(text, "") {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			return r
		}
	}
	return 0
}

// hostileWorld is a world with a text wherever untrusted text can be.
func hostileWorld(t testing.TB, text string) *sandbox.Server {
	t.Helper()
	server := sandbox.New(sandbox.Options{Wait: noWait, Seed: 5, Connections: 4, RateLimit: -1})
	said, _ := json.Marshal(map[string]any{text: text, "note": text, "list": []string{text}})
	specs := []sandbox.ConnectionSpec{{Integration: key, ID: id}, {Integration: key, ID: "x" + text}}
	err := server.AddIntegration(sandbox.IntegrationSpec{Key: key, Provider: "salesforce", Name: text})
	for _, spec := range specs {
		spec.Tags = map[string]string{"end_user_display_name": text, "end_user_id": "u" + text, "k" + text: text}
		spec.Metadata, spec.Config, spec.WebhookURL = said, said, "https://hooks.example/"+text
		if err == nil {
			_, err = server.AddConnection(spec)
		}
	}
	if err == nil {
		err = server.Fail(key, id, sandbox.FailAuth)
	}
	if err != nil {
		t.Skip("the world does not take this text:", err)
	}
	addFunctions(t, server, text)
	server.SetVariable("N"+text, text)
	return server
}

// tourRoutes are the routes of a tour: all but those without untrusted text.
func tourRoutes() []screen.Route {
	var routes []screen.Route
	for _, route := range walkRoutes() {
		if route.Name != "welcome" && route.Name != "new-integration" {
			routes = append(routes, route)
		}
	}
	return routes
}

// harmless looks at what reaches the terminal.
func (tr *tour) harmless(step string) {
	tr.t.Helper()
	view := tr.app.View()
	if r := actsOnTerminal(view.Content); r != 0 {
		tr.t.Fatalf("%s: %U reaches the terminal in %q", step, r, view.Content)
	}
	if view.WindowTitle != title {
		tr.t.Fatalf("%s: the window is called %q", step, view.WindowTitle)
	}
}

func TestNoUntrustedTextActsOnTheTerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("tours the whole program")
	}
	for i, text := range longtest.Sample(t, hostileSeeds, 2) {
		for _, size := range longtest.Sample(t, [][2]int{{80, 24}, {41, 11}}, 1) {
			t.Run(fmt.Sprint(i, size), func(t *testing.T) {
				t.Parallel()
				tr := newHostileTour(t, text, size[0], size[1])
				tr.visit(text, append(tourRoutes(), screen.To("connection", key, "x"+text))...)
				tr.planted(text, true)
				account := accountTour(t, text, size[0], size[1])
				account.look = func(step string) { account.harmless(step) }
				account.makes()
				tr.copiesNothingHostile()
			})
		}
	}
}

// FuzzNoUntrustedTextActsOnTheTerminal looks at one place for each input, because the whole tour takes seconds.
func FuzzNoUntrustedTextActsOnTheTerminal(f *testing.F) {
	for i, text := range hostileSeeds {
		f.Add(text, uint8(i), i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, text string, place uint8, small bool) {
		if len(text) > 4<<10 {
			return
		}
		width, height := 80, 24
		if small {
			width, height = 41, 11
		}
		tr := newHostileTour(t, text, width, height)
		routes := append(tourRoutes(), screen.To("connection", key, "x"+text))
		tr.visit(text, routes[int(place)%len(routes)])
		tr.copiesNothingHostile()
	})
}

func newHostileTour(t *testing.T, text string, width, height int) *tour {
	t.Helper()
	tr := newTour(t, hostileWorld(t, text), width, height)
	tr.look = func(step string) { tr.harmless(step) }
	return tr
}

// visit goes to places, also while the server answers with errors that have the text.
func (tr *tour) visit(text string, routes ...screen.Route) {
	tr.t.Helper()
	tr.everywhere(routes...)
	tr.failing(text, routes...)
}

func (tr *tour) copiesNothingHostile() {
	tr.t.Helper()
	for _, copied := range tr.clipboard {
		if r := actsOnTerminal(strings.ReplaceAll(copied, "\t", "")); r != 0 {
			tr.t.Fatalf("%U was copied in %q", r, copied)
		}
	}
}
