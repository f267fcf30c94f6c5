package ui

import (
	"strings"
	"testing"
)

// The scrollbar touches an end of the view only if the text does, and moves with it.
func TestScrollbarShowsWhereTheTextIs(t *testing.T) {
	for _, total := range []int{11, 12, 25, 1000, 100_000} {
		last := 0
		for top := 0; top <= total-10; top += max(1, total/50) {
			s := Scroll{Top: top, Visible: 10, Total: total}
			first := -1
			for line := range 10 {
				if s.isThumb(line) && first < 0 {
					first = line
				}
			}
			switch {
			case first < last:
				t.Errorf("%d of %d: the scrollbar is at %d after %d", top, total, first, last)
			case top == 0 && first != 0, total > 20 && top > 0 && first == 0:
				t.Errorf("%d of %d: the scrollbar begins at %d", top, total, first)
			case total > 20 && s.isThumb(9) != (top == total-10):
				t.Errorf("%d of %d: the scrollbar touches the end: %v", top, total, s.isThumb(9))
			}
			last = first
		}
	}
	for line := range 10 {
		if (Scroll{Visible: 10, Total: 10}).isThumb(line) {
			t.Error("a text that fits has a scrollbar")
		}
	}
}

// Only what is drawn first in a frame says where it is.
func TestFirstWidgetShowsThePosition(t *testing.T) {
	f := testFrame(40, 5)
	f.Position = &Position{}
	f.ShowPosition(12, 1000)
	f.ShowPosition(1, 2)
	if got := f.Position.Line().Text().String(); got != "12 of 1,000" {
		t.Error(got)
	}
	if (Position{}).Line() != nil {
		t.Error("nothing is at a position")
	}
	testFrame(40, 5).ShowPosition(1, 2)
}

// A surface goes from its beginning to the edge of the frame, and what is drawn on it keeps its style.
func TestSurfaceGoesToTheEdge(t *testing.T) {
	f := testFrame(12, 1)
	f.Theme = &Theme{Selected: Style{on: "<", off: ">"}, Bad: Style{on: "!", off: ">", attributes: "b"}, Title: Style{on: "T", off: ">"}}
	p := NewPen(f, nil)
	p.To(2)
	p.Select()
	p.To(4)
	p.Cell(RoleBad, "bad", 5, false)
	if got := string(p.Bytes()); got != "  <  ><!bad><     >" {
		t.Errorf("drawn %q", got)
	}
	if got := (Line{Styled(RoleText, "a"), Styled(RoleBad, "b")}).ViewOn(f, RoleSelected); got != "<a><!b><          >" {
		t.Errorf("drawn %q", got)
	}
	f.Theme.Selected.isReversed = true
	if got := (Line{Styled(RoleBad, "b")}).ViewOn(f.Sized(1, 1), RoleSelected); got != "<bb>" {
		t.Errorf("on a reversed surface: %q", got)
	}
	f.Theme.Selected = Style{on: "\x1b[7m", off: "\x1b[m"}
	if got := f.Sized(6, 1).Fill(RoleSelected, "\x1b[1mab\x1b[mcd"); got != "\x1b[7m\x1b[1mab\x1b[m\x1b[7mcd  \x1b[m" {
		t.Errorf("a finished line is %q", got)
	}
	if got := f.Dim("\x1b[1mab\x1b[m\n\ncd"); got != "ab\n\ncd" {
		t.Errorf("dimmed: %q", got)
	}
}

func TestIDsAreCutInTheirMiddle(t *testing.T) {
	for text, want := range map[string]string{
		"24e6f44c-272a-4173-a453-0123456789ab": "24e6f4…789ab", "google-calendar-2": "google…dar-2", "google-calendar": "google-cale…",
		"olivia.shaw@meridian.example": "olivia.shaw…", "Northwind Traders": "Northwind T…", "Constantinople": "Constantino…",
		"region=sa-east-1": "region=sa-e…", "short-1": "short-1", "株式会社サンプル": "株式会社サ…",
	} {
		if got := Clean(text).TruncateID(12); got.String() != want || got.Width() > 12 {
			t.Errorf("%s is cut to %s", text, got)
		}
	}
	if strings.Contains(Clean("a-very-long-id").TruncateID(3).String(), "id") {
		t.Error("three cells are enough for a middle")
	}
}
