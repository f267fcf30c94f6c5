package models

import (
	"maps"
	"math/rand/v2"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/internal/guard"
	"nango-tui/internal/longtest"
	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

// withListKeys adds the keys of lists to those of the tests.
func withListKeys(c *Config) {
	c.Keymap = maps.Clone(c.Keymap)
	maps.Copy(c.Keymap, Keymap{
		screen.Sort: {"s"}, screen.Reverse: {"S"}, screen.Bottom: {"G"}, screen.Top: {"g"}, screen.Up: {"up"}, screen.Down: {"down"},
		screen.PageUp: {"pgup"}, screen.PageDown: {"pgdown"}, screen.Submit: {"ctrl+s"},
	})
}

// A click that comes before the next drawing met a list whose first row was negative after a sort.
func TestAClickAfterASortThatWasNotDrawn(t *testing.T) {
	for _, size := range [][2]int{{100, 9}, {100, 12}, {100, 30}} {
		server := sandbox.New(sandbox.Options{Seed: 1, Connections: 1000})
		d := newDriver(t, server, server.Keys().Environment, "demo", profiles{"demo": {}}, withListKeys)
		d.press("s", "1", "G")
		d.undrawn = true
		d.resize(size[0], size[1])
		d.pressBlindly("S")
		for y := size[1] - 1; y > 0; y-- { // rows before the head, which sorts again
			d.send(tea.MouseClickMsg{X: 5, Y: y, Button: tea.MouseLeft})
		}
		d.undrawn = false
		d.resize(100, 30)
		d.see("Connections", "CUSTOMER")
	}
}

// Keys, clicks, pastes, sizes and responses may all come before the next drawing.
func TestNothingWaitsForADrawing(t *testing.T) {
	server := walkWorld(t)
	for _, route := range longtest.Sample(t, walkRoutes(), 8) {
		t.Run(route.String(), func(t *testing.T) {
			d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": guard.Profile{}}, withListKeys)
			d.app.open(d.app.active, route, nil)
			d.after(d.app.flush())
			random := rand.New(rand.NewPCG(7, uint64(len(route.String()))))
			for range longtest.Size(60, 2000) {
				d.undrawn = random.IntN(5) > 0
				d.send(unseenMessage(random))
			}
			d.undrawn = false
			d.resize(100, 30)
			if d.screen() == "" {
				t.Error("nothing is drawn")
			}
		})
	}
}

// unseenMessage is something that a user or a terminal does.
func unseenMessage(random *rand.Rand) tea.Msg {
	keys := []string{
		"s", "S", "G", "g", "up", "down", "pgup", "pgdown", "enter", "esc", "tab", "left", "right", "/", "a", "space", "backspace", "r",
		"ctrl+p", ":", "?", "ctrl+s", "f", "p", "D", "y", "home", "end",
	}
	switch random.IntN(8) {
	case 0:
		return tea.WindowSizeMsg{Width: random.IntN(130), Height: random.IntN(50)}
	case 1, 2:
		return tea.MouseClickMsg{X: random.IntN(130), Y: random.IntN(50), Button: tea.MouseLeft}
	case 3:
		return tea.PasteMsg{Content: "a\nb=c"}
	}
	return keyNamed(keys[random.IntN(len(keys))])
}
