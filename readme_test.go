package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"nango-tui/internal/config"
)

func readText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestProfilesOfTheReadmeAreValid(t *testing.T) {
	_, rest, _ := strings.Cut(readText(t, "README.md"), "```yaml\n")
	example, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("the README has no example of profiles")
	}
	s, err := config.Parse("README.md", []byte(example), configRules())
	if err != nil || len(s.Profiles) < 3 {
		t.Errorf("%v, %v", s.Names(), err)
	}
}

func TestReadmeHasEveryFlag(t *testing.T) {
	text := readText(t, "README.md")
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
