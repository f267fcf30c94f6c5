package models

import (
	"net/http"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
	"nango-tui/models/screen/screentest"
	"nango-tui/models/welcome"
)

// someKey is shaped like a key; the screen never uses it.
const someKey = "00000000-0000-4000-8000-000000000000"

func welcomeStage(t *testing.T, problem string, hasDemo bool) *screentest.Stage {
	t.Helper()
	return screentest.New(t, http.NotFoundHandler(), someKey, welcome.New(problem, hasDemo))
}

func TestTheProblemStandsFirstWithWhatCanBeDone(t *testing.T) {
	st := welcomeStage(t, "No API key was found.\nSet one of the variables below.", true)
	lines := strings.Split(st.View(), "\n")
	if !strings.Contains(lines[1], "✗ No API key was found.") || !strings.Contains(lines[2], "Set one of the variables below.") {
		t.Fatalf("the problem does not stand at the top:\n%s", st.View())
	}
}

func TestEveryWayToGiveAKeyIsSaid(t *testing.T) {
	st := welcomeStage(t, "", true)
	st.Height = 60
	st.See("NANGO_SECRET_KEY_DEV", "NANGO_API_KEY", "NANGO_SECRET_KEY", "NANGO_HOSTPORT", "config.yaml", "command:", "file:", "env:")
	order := []string{"NANGO_SECRET_KEY_DEV", "NANGO_API_KEY", "NANGO_SECRET_KEY\n"}
	at := -1
	for _, name := range order {
		next := strings.Index(st.View(), name)
		if next <= at {
			t.Fatalf("%s does not stand in the order in which the variables are looked at:\n%s", name, st.View())
		}
		at = next
	}
}

func TestTheDemoIsOffered(t *testing.T) {
	st := welcomeStage(t, "The key was rejected.", true)
	st.See("demo")
	st.Do(welcome.Demo)
	if len(st.Opened) != 1 || st.Opened[0].String() != "profile/demo" {
		t.Fatalf("the demo opened %v", st.Opened)
	}
}

func TestWithoutADemoNoneIsOffered(t *testing.T) {
	st := welcomeStage(t, "The key was rejected.", false)
	st.Height = 60
	st.NotSee("TRY THE DEMO")
	if st.Action(welcome.Demo).Disabled == "" {
		t.Fatal("the demo can be opened though there is none")
	}
}

func TestTheExampleIsCopiedAsItStands(t *testing.T) {
	st := welcomeStage(t, "", true)
	st.Do(welcome.CopyExample)
	if len(st.Copied) != 1 || st.Copied[0].Text != welcome.Example || st.Copied[0].Secret {
		t.Fatalf("copied %+v", st.Copied)
	}
	st.Height = 60
	for _, line := range strings.Split(strings.TrimSpace(welcome.Example), "\n") {
		st.See(line)
	}
}

func TestTheWelcomeScreenScrolls(t *testing.T) {
	st := welcomeStage(t, "No API key was found.", true)
	st.Width, st.Height = 60, 10
	st.Fits()
	st.See("No API key was found.")
	st.NotSee("our-own-server")
	st.Do(screen.Bottom)
	st.Fits()
	st.See("our-own-server", "own.key")
	st.Do(screen.Top)
	st.See("No API key was found.")
}

func TestAHostileProblemIsMadePlain(t *testing.T) {
	st := welcomeStage(t, "the host said \x1b[31mred\x1b]0;title\x07 and \u202eback\n"+strings.Repeat("wide ", 500), true)
	if raw := st.Raw(); strings.ContainsAny(raw, "\x1b\x07\u202e") {
		t.Fatalf("what the host said reached the screen: %q", raw)
	}
	for _, size := range [][2]int{{20, 5}, {40, 10}, {1, 1}} {
		st.Width, st.Height = size[0], size[1]
		st.Fits()
	}
}

func TestTheWelcomeScreenLooks(t *testing.T) {
	for name, height := range map[string]int{"80x19": 19, "120x35": 35} {
		t.Run(name, func(t *testing.T) {
			st := welcomeStage(t, "acme-dev (https://api.nango.dev): integrations.list: 401 unknown_api_key: the key is not known\n"+
				"Check the key and the host of the profile: a key belongs to one environment of one server.", true)
			st.Width, st.Height = 80, height
			if height > 19 {
				st.Width = 120
			}
			golden.RequireEqual(t, st.View())
		})
	}
}
