package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"nango-tui/nango"
)

const wholeConfig = `# everything that may be said
default: acme-dev
theme: light
profiles:
  acme-prod:
    key: {command: [pass, show, nango/prod]}
    readOnly: true
    mcp: https://mcp.example.com/
    theme: high-contrast
    armFor: 5m
  acme-dev:
    host: http://localhost:3003
    key:
      env: ACME_DEV_KEY
    production: false
    refresh: true
  intern:
    host: http://nango.intern:3003
    insecure: true
    key:
      file: ~/.nango-key
`

func TestProfilesAreReadAsWritten(t *testing.T) {
	s, err := parseSettings("config.yaml", []byte(wholeConfig))
	if err != nil {
		t.Fatal(err)
	}
	if s.start != "acme-dev" || s.theme != "light" || !slices.Equal(s.names(), []string{"acme-prod", "acme-dev", "intern"}) {
		t.Errorf("%+v", s)
	}
	prod, _ := s.find("acme-prod")
	if prod.host != nango.CloudHost || !prod.production || !prod.readOnly || prod.refresh || prod.armFor != 5*time.Minute ||
		!slices.Equal(prod.key.command, []string{"pass", "show", "nango/prod"}) || prod.mcp == "" || prod.theme != "high-contrast" {
		t.Errorf("%+v", prod)
	}
	dev, _ := s.find("acme-dev")
	if dev.production || dev.readOnly || !dev.refresh || dev.key.env != "ACME_DEV_KEY" {
		t.Errorf("%+v", dev)
	}
	if intern, _ := s.find("intern"); !intern.production || !intern.insecure || intern.key.file != "~/.nango-key" {
		t.Errorf("a profile that does not say it is not production is: %+v", intern)
	}
}

func TestTheOnlyProfileIsTheDefault(t *testing.T) {
	s, err := parseSettings("config.yaml", []byte("profiles:\n  one:\n    key: {env: K}\n"))
	if err != nil || s.start != "one" {
		t.Errorf("%q, %v", s.start, err)
	}
}

func TestAnEmptyConfigIsNone(t *testing.T) {
	for _, text := range []string{"", "# nothing yet\n"} {
		if s, err := parseSettings("config.yaml", []byte(text)); err != nil || len(s.profiles) > 0 {
			t.Errorf("%q: %v, %v", text, s, err)
		}
	}
}

func TestErrorsOfTheConfigSayWhereAndWhat(t *testing.T) {
	const secret = "3d8f1c5e-9a44-4b1e-8a52-5f2d9be0a7c1"
	cases := []struct{ name, text, want string }{
		{"unknown key", "profiles:\n  a:\n    hots: x\n", `config.yaml:3:5: unknown key "hots" in a profile: expected host, key, production,`},
		{"unknown at the top", "profile: a\n", `config.yaml:1:1: unknown key "profile" in the file: expected default, theme or profiles`},
		{"tab", "profiles:\n\ta:\n", "config.yaml:2:1: found a tab; indent with spaces"},
		{"no flag", "profiles:\n  a:\n    production: no\n", "config.yaml:3:17: expected true or false, found a text"},
		{"a number for a host", "profiles:\n  a:\n    host: 3003\n", "config.yaml:3:11: expected a URL such as https://api.nango.dev, found a number"},
		{"empty host", "profiles:\n  a:\n    host: \"\"\n", "found an empty text"},
		{"a bad host", "profiles:\n  a:\n    host: nango.intern\n    key: {env: K}\n", "config.yaml:3:11: host: the host must be a URL"},
		{"plain http", "profiles:\n  a:\n    host: http://nango.intern\n    key: {env: K}\n", "config.yaml:3:11: host: the key would be sent unencrypted"},
		{"the key itself", "profiles:\n  a:\n    key: " + secret + "\n", "config.yaml:3:10: expected a mapping with one of env, file or command"},
		{"no key", "profiles:\n  a:\n    production: false\n", "config.yaml:2:3: the profile a does not say where its key is"},
		{"two sources", "profiles:\n  a:\n    key: {env: A, file: b}\n", "config.yaml:3:10: expected exactly one of env, file or command"},
		{"two sources in a block", "profiles:\n  a:\n    key:\n      env: A\n      file: b\n", "config.yaml:4:7: expected exactly one of env, file or command"},
		{"a shell line", "profiles:\n  a:\n    key: {command: pass show x}\n", "config.yaml:3:20: expected a list: the program, then its arguments, found a text"},
		{"an empty command", "profiles:\n  a:\n    key: {command: []}\n", "expected a list: the program"},
		{"a list of profiles", "profiles:\n  - a\n", "config.yaml:2:3: expected the profiles, each by its name, which is a mapping, found a list"},
		{"no such default", "default: b\nprofiles:\n  a:\n    key: {env: K}\n", `config.yaml:1:10: no profile has the name "b": expected a`},
		{"no such theme", "theme: pink\n", `config.yaml:1:8: theme: no theme has the name "pink": expected auto, dark,`},
		{"the demo's name", "profiles:\n  demo:\n    key: {env: K}\n", `config.yaml:2:3: the name "demo" is the demo's`},
		{"a name with a slash", "profiles:\n  a/b:\n    key: {env: K}\n", "config.yaml:2:3: a profile's name has at most 40 letters"},
		{"armed for days", "profiles:\n  a:\n    armFor: 48h\n", "config.yaml:3:13: expected a time such as 15m, at least 1m and at most 8h"},
		{"an mcp that is no URL", "profiles:\n  a:\n    mcp: mcp.example.com\n", "config.yaml:3:10: mcp: expected a URL"},
		{"twice", "theme: dark\ntheme: light\n", `config.yaml:2:1: mapping key "theme" already defined`},
		{"broken", "profiles: [a\n", "config.yaml:1:"},
		{"an alias", "profiles: *a\n", "config.yaml:1:11: expected the profiles"},
		{"two documents", "theme: dark\n---\ntheme: light\n", "config.yaml:3:1: a second document"},
		{"a merge", "profiles:\n  a:\n    <<: {host: x}\n", `config.yaml:3:5: unknown key "<<"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := parseSettings("config.yaml", []byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), secret) {
				t.Error("the error repeats the key")
			}
		})
	}
}

func FuzzConfigNeverPanics(f *testing.F) {
	f.Add(wholeConfig)
	f.Add("profiles:\n\ta: [*x, &y !!z |-\n")
	f.Fuzz(func(t *testing.T, text string) {
		_, _ = parseSettings("config.yaml", []byte(text)) // an error is fine, a panic is not
	})
}

func TestAnAbsentConfigIsNoError(t *testing.T) {
	if s, err := loadSettings(t.TempDir()); err != nil || s.path != "" {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestTheConfigIsReadFromItsFolder(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, configFolder, configName)
	if err := os.MkdirAll(filepath.Dir(path), privateFolder); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(wholeConfig), privateFile); err != nil {
		t.Fatal(err)
	}
	s, err := loadSettings(folder)
	if err != nil || s.path != path || len(s.profiles) != 3 {
		t.Errorf("%+v, %v", s, err)
	}
	if err := os.WriteFile(path, make([]byte, maxConfig+1), privateFile); err != nil {
		t.Fatal(err)
	}
	if _, err := loadSettings(folder); err == nil || !strings.Contains(err.Error(), "longer than") {
		t.Errorf("a huge file: %v", err)
	}
}
