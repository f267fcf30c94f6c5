package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestTheProfilesOfTheReadmeAreRead(t *testing.T) {
	_, rest, _ := strings.Cut(readme(t), "```yaml\n")
	example, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("the README has no example of profiles")
	}
	s, err := parseSettings("README.md", []byte(example))
	if err != nil || len(s.profiles) < 3 {
		t.Errorf("%v, %v", s.names(), err)
	}
}

func TestTheReadmeNamesEveryFlag(t *testing.T) {
	text := readme(t)
	for _, help := range [][]string{{"--help"}, {"sandbox", "--help"}} {
		var out strings.Builder
		var err error
		if help[0] == "sandbox" {
			_, err = parseSandboxOptions(help[1:], &out)
		} else {
			_, err = parseOptions(help, &out)
		}
		if err != errHelp {
			t.Fatal(err)
		}
		for _, flag := range regexp.MustCompile(`--[a-z-]+`).FindAllString(out.String(), -1) {
			if !strings.Contains(text, "`"+flag) {
				t.Errorf("%s is not in the README", flag)
			}
		}
	}
}
