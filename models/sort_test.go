package models

import (
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango/sandbox"
)

// sortedBy returns the heading with the sign of the order, such as "STATE ↓".
func (d *driver) sortedBy() string {
	for line := range strings.Lines(d.screen()) {
		for _, sign := range []string{"↑", "↓"} {
			if before, _, found := strings.Cut(line, sign); found {
				words := strings.Split(strings.TrimSpace(before), "  ")
				return strings.TrimSpace(words[len(words)-1]) + " " + sign
			}
		}
	}
	return ""
}

func sortedList(t *testing.T) *driver {
	server := sandbox.New(sandbox.Options{Seed: 1, Connections: 50})
	d := newDriver(t, server, server.Keys().Environment, "acme", profiles{"acme": {}}, withListKeys)
	d.send(tea.WindowSizeMsg{Width: 200, Height: 40})
	return d
}

func TestAnyColumnIsSortedByWithTwoKeys(t *testing.T) {
	d := sortedList(t)
	d.press("s")
	var columns []string
	for _, o := range d.app.overlay.(*choiceOverlay).options {
		columns = append(columns, o.Title)
	}
	d.press("esc")
	if got := d.sortedBy(); got != "" || len(columns) < 8 {
		t.Fatalf("esc sorts by %q; %d columns are offered", got, len(columns))
	}
	for i, column := range columns[:len(columns)-1] {
		want := strings.ToUpper(column)
		d.press("s", strconv.Itoa(i+1))
		if got := d.sortedBy(); got != want+" ↑" {
			t.Errorf("s %d sorts by %q, not by %s", i+1, got, want)
		}
		d.press("s")
		d.see("ascending", strconv.Itoa(i+1)+" of "+strconv.Itoa(len(columns)))
		d.press("enter")
		if got := d.sortedBy(); got != want+" ↓" {
			t.Errorf("choosing %s again sorts by %q", want, got)
		}
		d.press("s")
		d.see("descending")
		d.press("esc")
	}
	d.press("s", "0")
	if got := d.sortedBy(); got != "" {
		t.Errorf("in the order of loading, it is sorted by %q", got)
	}
}

// The name of a column finds it, and the order can be reversed without the chooser.
func TestAColumnToSortByIsFoundByItsName(t *testing.T) {
	d := sortedList(t)
	d.press("s")
	d.typeText("age")
	d.press("enter")
	if got := d.sortedBy(); got != "AGE ↑" {
		t.Errorf("sorted by %q", got)
	}
	if reverse, ok := d.action(screen.Reverse); !ok || reverse.Disabled != "" {
		t.Errorf("the palette has %+v", reverse)
	}
	d.press("S")
	if got := d.sortedBy(); got != "AGE ↓" {
		t.Errorf("reversed, it is sorted by %q", got)
	}
}
