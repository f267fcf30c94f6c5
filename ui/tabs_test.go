package ui

import (
	"strings"
	"testing"
)

func TestTabsInNarrowTerminal(t *testing.T) {
	tabs := []Tab{{Key: "1", Title: "Connections"}, {Key: "2", Title: "Integrations"}, {Key: "5", Title: "Environment", Active: true}}
	waits := Line{Styled(RoleMuted, "◌ a connection of Globex")}
	for width, want := range map[int]string{
		80: " 1 Connections  2 Integrations  [Environment]          ◌ a connection of Globex",
		60: " 1  2  [Environment]               ◌ a connection of Globex",
	} {
		if got := strings.TrimRight(Tabs(testFrame(width, 1), tabs, waits), " "); got != want {
			t.Errorf("%d cells:\n%q, want\n%q", width, got, want)
		}
	}
	if got := Tabs(testFrame(60, 1), tabs, nil); !strings.HasPrefix(got, " 1 Connections  2 Integrations  [Environment]") {
		t.Errorf("without anything at the right: %q", got)
	}
}
