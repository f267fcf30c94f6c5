package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"nango-tui/internal/securefile"
)

const cloudHost = "https://api.nango.dev"

// rules are the program's own, in short.
var rules = Rules{
	DefaultHost: cloudHost,
	CheckHost: func(host string, insecure bool) (string, error) {
		switch {
		case !strings.Contains(host, "://"):
			return "", errors.New("the host must be a URL")
		case strings.HasPrefix(host, "http://") && !strings.HasPrefix(host, "http://localhost") && !insecure:
			return "", errors.New("the key would be sent unencrypted")
		}
		return strings.ToLower(host), nil
	},
	CheckProxy: func(address string) error {
		if !strings.Contains(address, ":") {
			return errors.New("the proxy must be a URL")
		}
		return nil
	},
	CheckDashboard: func(address string) (string, error) {
		if !strings.HasPrefix(address, "https://") {
			return "", errors.New("expected an address")
		}
		return strings.TrimRight(address, "/"), nil
	},
	CheckLogs: func(address string) (string, error) {
		if !strings.HasPrefix(address, "https://") {
			return "", errors.New("expected the address of the logs")
		}
		return strings.TrimSuffix(address, "/mcp"), nil
	},
	CheckTheme: func(name string) error {
		if !slices.Contains([]string{"dark", "light", "high-contrast"}, name) {
			return fmt.Errorf("no theme has the name %q", name)
		}
		return nil
	},
	ReservedName: "demo",
}

func parse(text string) (Settings, error) { return Parse("config.yaml", []byte(text), rules) }

const fullConfig = `# every key that the file can have
default: acme-dev
theme: light
profiles:
  acme-prod:
    key: {command: [pass, show, nango/prod]}
    readOnly: true
    mcp: https://mcp.example.com/
    theme: high-contrast
    armFor: 5m
    reload: 90s
  acme-dev:
    host: http://localhost:3003
    key:
      env: ACME_DEV_KEY
    production: false
    refresh: true
    reload: off
  intern:
    host: http://nango.intern:3003
    insecure: true
    proxy: http://proxy.intern:3128
    dashboard: https://nango.intern/prod/
    logs: https://mcp.nango.intern/mcp
    key:
      file: ~/.nango-key
`

func TestParse(t *testing.T) {
	s, err := parse(fullConfig)
	if err != nil {
		t.Fatal(err)
	}
	if s.Default != "acme-dev" || s.Theme != "light" || !slices.Equal(s.Names(), []string{"acme-prod", "acme-dev", "intern"}) {
		t.Errorf("%+v", s)
	}
	prod, _ := s.Find("acme-prod")
	if prod.Host != cloudHost || !prod.Production || !prod.ReadOnly || prod.MayRefresh || prod.ArmFor != 5*time.Minute ||
		!slices.Equal(prod.Key.Command, []string{"pass", "show", "nango/prod"}) || prod.MCP == "" || prod.Theme != "high-contrast" {
		t.Errorf("%+v", prod)
	}
	dev, _ := s.Find("acme-dev")
	if dev.Production || dev.ReadOnly || !dev.MayRefresh || dev.Key.Env != "ACME_DEV_KEY" {
		t.Errorf("%+v", dev)
	}
	if intern, _ := s.Find("intern"); !intern.Production || !intern.Insecure || intern.Key.File != "~/.nango-key" ||
		intern.Proxy != "http://proxy.intern:3128" || intern.Dashboard != "https://nango.intern/prod" ||
		intern.Logs != "https://mcp.nango.intern" {
		t.Errorf("a profile without production: false is not production: %+v", intern)
	}
}

func TestABlockIsReadWithoutItsLineBreak(t *testing.T) {
	s, err := parse("profiles:\n  a:\n    host: |\n      https://x.example\n    key:\n      env: >\n        K\n")
	if err != nil || s.Profiles[0].Host != "https://x.example" || s.Profiles[0].Key.Env != "K" {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestOnlyProfileIsTheDefault(t *testing.T) {
	s, err := parse("profiles:\n  one:\n    key: {env: K}\n")
	if err != nil || s.Default != "one" {
		t.Errorf("%q, %v", s.Default, err)
	}
}

func TestEmptyFileHasNoProfiles(t *testing.T) {
	for _, text := range []string{"", "# nothing yet\n"} {
		if s, err := parse(text); err != nil || len(s.Profiles) > 0 {
			t.Errorf("%q: %v, %v", text, s, err)
		}
	}
}

func TestErrorsHavePositionAndExpectation(t *testing.T) {
	const secret = "3d8f1c5e-9a44-4b1e-8a52-5f2d9be0a7c1"
	cases := []struct{ name, text, want string }{
		{"unknown key", "profiles:\n  a:\n    hots: x\n", `config.yaml:3:5: unknown field "hots": expected host, key, production,`},
		{"unknown key at the top", "profile: a\n", `config.yaml:1:1: unknown field "profile": expected default, theme or profiles`},
		{"tab", "profiles:\n\ta:\n", "config.yaml:2:1: found a tab: indent with spaces"},
		{"text for a flag", "profiles:\n  a:\n    production: no\n", "config.yaml:3:17: expected true or false"},
		{"nothing for a flag", "profiles:\n  a:\n    production:\n    readOnly: true\n", "config.yaml:3:16: unexpected null"},
		{"null for a flag", "profiles:\n  a:\n    production: ~\n", "config.yaml:3:17: unexpected null"},
		{"number for a host", "profiles:\n  a:\n    host: 3003\n", "config.yaml:3:11: expected text"},
		{"number for a flag", "profiles:\n  a:\n    production: 0\n", "config.yaml:3:17: expected true or false"},
		{"flag for a host", "profiles:\n  a:\n    host: true\n", "config.yaml:3:11: expected text"},
		{"number for a default", "default: 5\nprofiles:\n  \"5\": {key: {env: K}}\n", "config.yaml:1:10: expected text"},
		{"number for a variable", "profiles:\n  a:\n    key: {env: 5}\n", "config.yaml:3:16: expected text"},
		{"flag for an argument", "profiles:\n  a:\n    key: {command: [pass, true]}\n", "config.yaml:3:27: expected text"},
		{"unknown source", "profiles:\n  a:\n    key: {envs: A}\n", `config.yaml:3:11: unknown field "envs": expected env, file or command`},
		{"key with a question mark", "profiles:\n  a:\n    key: {env: K}\n    ? host\n    : http://x.example\n",
			"config.yaml:4:5: unexpected mappingkey"},
		{"empty source beside another", "profiles:\n  a:\n    key: {env: \"\", file: x}\n", "config.yaml:3:10: key: expected exactly one of"},
		{"empty command beside another", "profiles:\n  a:\n    key: {command: [], env: A}\n", "config.yaml:3:10: key: expected exactly one of"},
		{"list for a host", "profiles:\n  a:\n    host: [a]\n", "config.yaml:3:11: expected text"},
		{"empty host", "profiles:\n  a:\n    host: \"\"\n", "config.yaml:3:11: host: the host must be a URL"},
		{"invalid host", "profiles:\n  a:\n    host: nango.intern\n    key: {env: K}\n", "config.yaml:3:11: host: the host must be a URL"},
		{"plain http", "profiles:\n  a:\n    host: http://nango.intern\n    key: {env: K}\n",
			"config.yaml:3:11: host: the key would be sent unencrypted"},
		{"key itself", "profiles:\n  a:\n    key: " + secret + "\n",
			"config.yaml:3:10: key: expected a mapping with one of env, file or command, not the key"},
		{"key for a duration", "profiles:\n  a:\n    armFor: " + secret + "\n", "config.yaml:3:13: armFor: expected a duration"},
		{"key for a flag", "profiles:\n  a:\n    production: " + secret + "\n", "config.yaml:3:17: expected true or false"},
		{"no key", "profiles:\n  a:\n    production: false\n", "config.yaml:2:3: the profile a has no key: expected key: with one of"},
		{"two sources", "profiles:\n  a:\n    key: {env: A, file: b}\n", "config.yaml:3:10: key: expected exactly one of env, file or command"},
		{"two sources in a block", "profiles:\n  a:\n    key:\n      env: A\n      file: b\n",
			"config.yaml:4:7: key: expected exactly one of env"},
		{"no source", "profiles:\n  a:\n    key: {}\n", "config.yaml:3:10: key: expected exactly one of env, file or command"},
		{"shell line", "profiles:\n  a:\n    key: {command: pass show x}\n", "config.yaml:3:20: expected a list"},
		{"empty command", "profiles:\n  a:\n    key: {command: []}\n", "config.yaml:3:10: key: expected exactly one of"},
		{"list of profiles", "profiles:\n  - a\n", "config.yaml:2:3: expected a mapping from names to profiles"},
		{"empty variable", "profiles:\n  a:\n    key: {env: \"\"}\n", "config.yaml:3:10: key: expected exactly one of"},
		{"empty default", "default: \"\"\n", "config.yaml:1:10: no profile has the name"},
		{"duration without unit", "profiles:\n  a:\n    armFor: 15\n", "config.yaml:3:13: expected text"},
		{"text for a profile", "profiles:\n  a: b\n", "config.yaml:2:6: expected a mapping"},
		{"text for the file", "profiles\n", "config.yaml:1:1: expected a mapping"},
		{"unknown default", "default: b\nprofiles:\n  a:\n    key: {env: K}\n", `config.yaml:1:10: no profile has the name "b": expected a`},
		{"unknown theme", "theme: pink\n", `config.yaml:1:8: theme: no theme has the name "pink"`},
		{"unknown theme of a profile", "profiles:\n  a:\n    theme: pink\n", `config.yaml:3:12: theme: no theme has the name "pink"`},
		{"reserved name", "profiles:\n  demo:\n    key: {env: K}\n", `config.yaml:2:3: the name "demo" is reserved`},
		{"name with a slash", "profiles:\n  a/b:\n    key: {env: K}\n", "config.yaml:2:3: a profile's name has at most 40 letters"},
		{"armed for days", "profiles:\n  a:\n    armFor: 48h\n", "config.yaml:3:13: armFor: expected a duration from 1m to 8h"},
		{"reload too often", "profiles:\n  a:\n    reload: 30s\n", "config.yaml:3:13: reload: expected off, or a duration from 1m to 60m"},
		{"reload too seldom", "profiles:\n  a:\n    reload: 61m\n", "config.yaml:3:13: reload: expected off, or a duration from 1m to 60m"},
		{"reload by a truth", "profiles:\n  a:\n    reload: false\n", "config.yaml:3:13: expected text"},
		{"reload by a number", "profiles:\n  a:\n    reload: 5\n", "config.yaml:3:13: expected text"},
		{"no reload", "profiles:\n  a:\n    reload: \"\"\n", "config.yaml:3:13: reload: expected off"},
		{"certificate without its key", "profiles:\n  a:\n    tls: {cert: a.pem}\n    key: {env: K}\n", "config.yaml:3:10: tls: cert needs key"},
		{"key without its certificate", "profiles:\n  a:\n    tls: {ca: c.pem, key: a.pem}\n    key: {env: K}\n",
			"config.yaml:3:10: tls: key needs cert"},
		{"no certificates", "profiles:\n  a:\n    tls: {}\n    key: {env: K}\n", "config.yaml:3:10: tls: expected ca"},
		{"text for certificates", "profiles:\n  a:\n    tls: ca.pem\n    key: {env: K}\n", "config.yaml:3:10: expected a mapping"},
		{"certificates for http", "profiles:\n  a:\n    host: http://localhost\n    tls:\n      ca: c.pem\n    key: {env: K}\n",
			"config.yaml:5:7: tls: the host of the profile is not https"},
		{"malformed dashboard", "profiles:\n  a:\n    dashboard: nango.intern\n", "config.yaml:3:16: dashboard: expected an address"},
		{"malformed address of logs", "profiles:\n  a:\n    logs: \"\"\n", "config.yaml:3:11: logs: expected the address of the logs"},
		{"malformed proxy", "profiles:\n  a:\n    proxy: \"\"\n", "config.yaml:3:12: proxy: the proxy must be a URL"},
		{"mcp without scheme", "profiles:\n  a:\n    mcp: mcp.example.com\n", "config.yaml:3:10: mcp: expected a URL"},
		{"duplicate key", "theme: dark\ntheme: light\n", `config.yaml:2:1: mapping key "theme" already defined`},
		{"duplicate profile", "profiles:\n  a:\n    key: {env: K}\n  a:\n    key: {env: K}\n",
			`config.yaml:4:3: mapping key "a" already defined`},
		{"syntax error", "profiles: [a\n", "config.yaml:1:"},
		{"alias", "profiles: *a\n", "config.yaml:1:11: unexpected alias"},
		{"anchor", "profiles: &a\n  b:\n    key: {env: K}\n", "config.yaml:1:11: unexpected anchor"},
		{"tag", "theme: !!str dark\n", "config.yaml:1:8: unexpected tag"},
		{"second document", "theme: dark\n---\ntheme: light\n", "config.yaml:3:1: unexpected second document"},
		{"merge key", "profiles:\n  a:\n    <<: {host: x}\n", `config.yaml:3:5: unexpected merge`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := parse(c.text)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), secret) {
				t.Error("the error repeats the key")
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add(fullConfig)
	f.Add("profiles:\n\ta: [*x, &y !!z |-\n")
	f.Fuzz(func(t *testing.T, text string) {
		_, _ = parse(text) // an error is fine, a panic is not
	})
}

func TestMissingFileIsNoError(t *testing.T) {
	if s, err := Load(t.TempDir(), rules); err != nil || s.Path != "" {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestPasswordOfAProxyIsPrivate(t *testing.T) {
	if !securefile.OwnersAreChecked {
		t.Skip("this system doesn't say who can read a file")
	}
	folder := t.TempDir()
	path := filepath.Join(folder, Folder, fileName)
	if err := os.MkdirAll(filepath.Dir(path), securefile.FolderMode); err != nil {
		t.Fatal(err)
	}
	for proxy, isPrivate := range map[string]bool{"http://proxy:3128": true, "http://user:hunter2@proxy:3128": false} {
		text := "profiles:\n  a:\n    proxy: " + proxy + "\n    key: {env: K}\n"
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := Load(folder, rules)
		if (err == nil) != isPrivate || err != nil && (!strings.Contains(err.Error(), "chmod 600") || strings.Contains(err.Error(), "hunter2")) {
			t.Errorf("%s: %v", proxy, err)
		}
	}
}

func TestLoad(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, Folder, fileName)
	if err := os.MkdirAll(filepath.Dir(path), securefile.FolderMode); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(fullConfig), securefile.FileMode); err != nil {
		t.Fatal(err)
	}
	s, err := Load(folder, rules)
	if err != nil || s.Path != path || len(s.Profiles) != 3 {
		t.Errorf("%+v, %v", s, err)
	}
	if err := os.WriteFile(path, make([]byte, maxFile+1), securefile.FileMode); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(folder, rules); err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("a huge file: %v", err)
	}
}
