package ui

import (
	"strings"
	"testing"
)

// What is pending is cut before the tabs lose their titles.
func TestTabsInNarrowTerminal(t *testing.T) {
	tabs := []Tab{{Key: "1", Title: "Connections"}, {Key: "2", Title: "Integrations"}, {Key: "5", Title: "Environment", Active: true}}
	waits := Line{Styled(RoleMuted, "◌ a connection of Globex")}
	for width, want := range map[int]string{
		80: " 1 Connections  2 Integrations [5 Environment]         ◌ a connection of Globex",
		60: " 1 Connections  2 Integrations [5 Environment] ◌ a connecti…",
		50: " 1  2 [5 Environment]    ◌ a connection of Globex",
	} {
		if got := strings.TrimRight(Tabs(testFrame(width, 1), tabs, waits), " "); got != want {
			t.Errorf("%d cells:\n%q, want\n%q", width, got, want)
		}
	}
	if got := Tabs(testFrame(60, 1), tabs, nil); !strings.HasPrefix(got, " 1 Connections  2 Integrations [5 Environment]") {
		t.Errorf("without anything at the right: %q", got)
	}
}

// A click finds what is drawn at its place: the tab, the hint, or the place of the path.
func TestClicksFindWhatIsDrawn(t *testing.T) {
	tabs := []Tab{{Key: "1", Title: "Connections"}, {Key: "2", Title: "Integrations", Active: true}, {Key: "5", Title: "Environment"}}
	titles := []string{"Connections", "Integrations", "Environment"}
	places := []Text{Clean("Integrations"), Clean("hubspot-production"), Clean("Globex"), Clean("9f1c2e44-3a5d")}
	for _, width := range []int{30, 40, 60, 100} {
		f := testFrame(width, 1)
		for i, title := range titles {
			if at := strings.Index(Tabs(f, tabs, nil), title); at >= 0 && TabAt(f, tabs, nil, at) != i {
				t.Errorf("%d cells: %s is tab %d", width, title, TabAt(f, tabs, nil, at))
			}
		}
		for i, hint := range hints() {
			at := strings.Index(Footer(f, hints()), hint.Title)
			if at >= 0 && HintAt(f, hints(), at) != i {
				t.Errorf("%d cells: %s is hint %d", width, hint.Title, HintAt(f, hints(), at))
			}
		}
		line := Breadcrumbs(f, places, nil)
		for i, place := range places {
			if before, _, ok := strings.Cut(line, place.String()); ok && BreadcrumbAt(f, places, nil, Clean(before).Width()) != i {
				t.Errorf("%d cells: %s is place %d of %q", width, place, BreadcrumbAt(f, places, nil, Clean(before).Width()), line)
			}
		}
	}
	f := testFrame(30, 1)
	if TabAt(f, tabs, nil, 29) != -1 || HintAt(f, hints(), 0) != -1 || BreadcrumbAt(f, places, nil, 0) != -1 {
		t.Error("something is at an empty place")
	}
}

func TestRuleShowsThePosition(t *testing.T) {
	position := Position{12, 1000}.Line()
	if got := Rule(testFrame(24, 1), position); got != "───────── 12 of 1,000 ──" {
		t.Errorf("%q", got)
	}
	if got := Rule(testFrame(12, 1), position); got != "────────────" {
		t.Errorf("without room: %q", got)
	}
}
