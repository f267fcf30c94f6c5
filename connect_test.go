package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"

	"nango-tui/internal/clean"
	"nango-tui/internal/config"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// oneKey has the format of Nango's keys.
const oneKey = "3d8f1c5e-9a44-4b1e-8a52-5f2d9be0a7c1"

func testConnector(t *testing.T, o options, text string, env map[string]string) *connector {
	t.Helper()
	s, err := config.Parse("config.yaml", []byte(text), configRules())
	if err != nil {
		t.Fatal(err)
	}
	if env == nil {
		env = map[string]string{}
	}
	return newConnector(o, config.Environment{Values: env}, s)
}

const twoProfiles = `profiles:
  acme-prod: {key: {env: PROD}}
  acme-dev: {host: "http://localhost:3003", key: {env: DEV}, production: false, readOnly: true}
`

func TestChooseProfile(t *testing.T) {
	withKey := map[string]string{"NANGO_API_KEY": oneKey}
	for _, c := range []struct {
		name    string
		options options
		config  string
		env     map[string]string
		start   string
		problem string
	}{
		{"the demo", options{demo: true}, twoProfiles, withKey, "demo", ""},
		{"--profile", options{profile: "acme-dev"}, twoProfiles, withKey, "acme-dev", ""},
		{"default of the file", options{}, "default: acme-dev\n" + twoProfiles, withKey, "acme-dev", ""},
		{"several profiles and no default", options{}, twoProfiles, withKey, "", "acme-prod or acme-dev"},
		{"no file", options{}, "", withKey, "default", ""},
		{"--env", options{env: "dev"}, "default: acme-dev\n" + twoProfiles, withKey, "dev", ""},
		{"no key", options{}, "", nil, "", "NANGO_API_KEY, NANGO_SECRET_KEY"},
		{"no key of the environment", options{env: "my-dev"}, "", nil, "", "NANGO_SECRET_KEY_MY_DEV, NANGO_API_KEY"},
	} {
		t.Run(c.name, func(t *testing.T) {
			start, problem := testConnector(t, c.options, c.config, c.env).chooseProfile()
			if start != c.start || !strings.Contains(problem, c.problem) || (problem == "") != (c.problem == "") {
				t.Errorf("%q, %q", start, problem)
			}
		})
	}
}

func TestStartWithoutProfileIsProduction(t *testing.T) {
	for _, c := range []struct {
		env, host, variable string
		production          bool
	}{
		{"", "", "", true},
		{"", "https://nango.example.com", "", true},
		{"", "http://localhost:3003", "", false},
		{"", "", "http://127.0.0.1:3003", false},
		{"", "", "http://[::1]:3003", false},
		{"", "", "http://LocalHost:3003", false},
		{"", "http://127.1:3003", "", false},
		{"", "https://[::ffff:127.0.0.1]", "", false},
		{"", "https://nango.example.com", "http://localhost:3003", true}, // the flag comes before the variable
		{"", "https://localhost.example.com", "", true},
		{"dev", "", "", false},
		{"staging", "", "", false},
		{"local", "", "", false},
		{"prod", "", "", true},
		{"Dev", "", "", true},
	} {
		p, ok := profileFromEnv(options{env: c.env, host: c.host}, config.Environment{Values: map[string]string{
			"NANGO_HOSTPORT": c.variable, "NANGO_SECRET_KEY": oneKey,
		}})
		if !ok || p.Production != c.production {
			t.Errorf("%+v: production is %v", c, p.Production)
		}
	}
}

func TestKeyOfNamedEnvironmentComesFirst(t *testing.T) {
	all := map[string]string{"NANGO_SECRET_KEY_DEV": "1", "NANGO_API_KEY": "2", "NANGO_SECRET_KEY": "3"}
	for _, want := range []string{"NANGO_SECRET_KEY_DEV", "NANGO_API_KEY", "NANGO_SECRET_KEY"} {
		if p, _ := profileFromEnv(options{env: "dev"}, config.Environment{Values: all}); p.Key.Env != want {
			t.Errorf("the key comes from %s, not %s", p.Key.Env, want)
		}
		delete(all, want)
	}
}

func TestHostVariableDoesNotApplyToProfiles(t *testing.T) {
	c := testConnector(t, options{}, "profiles:\n  acme: {key: {env: ACME}}\n",
		map[string]string{"NANGO_HOSTPORT": "http://localhost:1", "ACME": oneKey})
	s, err := c.connect(t.Context(), "acme")
	if err != nil || s.Profile.Host != nango.CloudHost || !s.Profile.Production {
		t.Errorf("%+v, %v", s.Profile, err)
	}
}

func TestReadOnlyByFlagOrProfile(t *testing.T) {
	env := map[string]string{"PROD": oneKey, "DEV": oneKey}
	for _, c := range []struct {
		flag, want bool
		profile    string
	}{{false, false, "acme-prod"}, {true, true, "acme-prod"}, {false, true, "acme-dev"}, {true, true, "acme-dev"}} {
		s, err := testConnector(t, options{readOnly: c.flag}, twoProfiles, env).connect(t.Context(), c.profile)
		if err != nil || s.Profile.ReadOnly != c.want || s.Client.ReadOnly() != c.want {
			t.Errorf("%+v: %v, %v", c, s.Profile.ReadOnly, err)
		}
	}
}

func TestProfilesOfOneHostShareTheLimiter(t *testing.T) {
	env := map[string]string{"A": oneKey, "B": oneKey, "C": oneKey}
	c := testConnector(t, options{}, `profiles:
  a: {key: {env: A}}
  b: {host: "https://API.nango.dev.:443/", key: {env: B}}
  c: {host: "https://nango.example.com", key: {env: C}}
`, env)
	var sessions []*nango.Limiter
	for _, name := range []string{"a", "b", "c"} {
		s, err := c.connect(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		sessions = append(sessions, s.Limiter)
	}
	if sessions[0] != sessions[1] || sessions[0] == sessions[2] {
		t.Error("profiles of one host must share a limiter, and others not")
	}
}

func TestErrorOfInvalidKeyNamesItsSource(t *testing.T) {
	c := testConnector(t, options{}, twoProfiles, map[string]string{"PROD": "not-a-key-at-all"})
	_, err := c.connect(t.Context(), "acme-prod")
	if err == nil || !strings.Contains(err.Error(), "UUID") || !strings.Contains(err.Error(), "variable PROD") ||
		strings.Contains(err.Error(), "not-a-key") {
		t.Errorf("%v", err)
	}
	if _, err := c.connect(t.Context(), "acme-dev"); err == nil ||
		!strings.Contains(err.Error(), "DEV, which should hold the API key, is not set") {
		t.Errorf("%v", err)
	}
	if _, err := c.connect(t.Context(), "acme"); err == nil || !strings.Contains(err.Error(), "expected acme-prod, acme-dev or demo") {
		t.Errorf("%v", err)
	}
}

func TestDemoIsAServerOnLoopback(t *testing.T) {
	c := testConnector(t, options{demo: true, connections: 7, seed: 1}, "", nil)
	s, err := c.connect(t.Context(), "demo")
	if err != nil {
		t.Fatal(err)
	}
	page, err := nango.Fetch(t.Context(), s.Client, nango.ListConnections(nango.ConnectionQuery{}))
	if err != nil || s.Profile.Production || !strings.HasPrefix(s.Profile.Host, "http://127.0.0.1:") {
		t.Errorf("%v, %+v", err, s.Profile)
	}
	if len(page) != 7 {
		t.Errorf("%d connections", len(page))
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if conn, err := net.Dial("tcp", strings.TrimPrefix(s.Profile.Host, "http://")); err == nil {
		conn.Close()
		t.Error("the server still runs after Close")
	}
}

func TestProfileWithTheNameOfAnEnvironment(t *testing.T) {
	const text = `profiles:
  default: {host: "https://nango.example.com", key: {env: OWN}}
  dev: {host: "https://nango.example.com", key: {env: OWN}}
`
	env := map[string]string{"NANGO_API_KEY": oneKey, "OWN": oneKey}
	for _, c := range []struct {
		options options
		profile string
		host    string
	}{
		{options{}, "default", "https://nango.example.com"},
		{options{profile: "default"}, "default", "https://nango.example.com"},
		{options{env: "dev"}, "dev", nango.CloudHost},
		{options{env: "dev"}, "default", "https://nango.example.com"},
	} {
		s, err := testConnector(t, c.options, text, env).connect(t.Context(), c.profile)
		if err != nil || s.Profile.Host != c.host {
			t.Errorf("%+v: %s is at %s, %v", c.options, c.profile, s.Profile.Host, err)
		}
	}
}

func TestDemoKeepsItsStateAfterSwitching(t *testing.T) {
	c := testConnector(t, options{connections: 3, seed: 1}, "", nil)
	first, err := c.connect(t.Context(), "demo")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = first.Close() })
	page, err := nango.Fetch(t.Context(), first.Client, nango.ListConnections(nango.ConnectionQuery{}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := nango.Send(t.Context(), first.Client, nango.DeleteConnection(page[0].Ref())); err != nil {
		t.Fatal(err)
	}
	again, err := c.connect(t.Context(), "demo")
	if err != nil || again.Profile.Host != first.Profile.Host {
		t.Fatalf("a second server was started: %s, %v", again.Profile.Host, err)
	}
	if page, err := nango.Fetch(t.Context(), again.Client, nango.ListConnections(nango.ConnectionQuery{})); err != nil || len(page) != 2 {
		t.Errorf("%d connections, %v", len(page), err)
	}
	if err := errors.Join(first.Close(), again.Close()); err != nil {
		t.Error(err)
	}
}

func TestEnvironmentCannotHaveTheNameOfTheDemo(t *testing.T) {
	_, err := parseOptions([]string{"--env", "demo"}, clean.NewWriter(io.Discard))
	if err == nil || !strings.Contains(err.Error(), "reserved for the demo") {
		t.Errorf("%v", err)
	}
}

func TestNames(t *testing.T) {
	c := testConnector(t, options{}, twoProfiles, map[string]string{"NANGO_API_KEY": oneKey})
	if got := c.names(); !slices.Equal(got, []string{"acme-prod", "acme-dev", "default", "demo"}) {
		t.Errorf("%v", got)
	}
}

func TestOutputOfFailedKeyCommandIsSanitized(t *testing.T) {
	c := testConnector(t, options{}, `profiles:
  a: {key: {command: [sh, -c, 'printf "locked\033[31m: unlock\n\nBearer abcdefghijk\n1\n2\n3\n4\n5\n" >&2; exit 3']}}
`, nil)
	_, err := c.connect(t.Context(), "a")
	if err == nil || !strings.Contains(err.Error(), "exit status 3\nlocked␛[31m: unlock\n") || strings.Contains(err.Error(), "abcdefghijk") {
		t.Errorf("%v", err)
	}
	if lines := strings.Count(err.Error(), "\n"); lines != maxCommandLines {
		t.Errorf("%d lines of its output are shown", lines)
	}
}

func TestSanitizeMasksSecrets(t *testing.T) {
	c := testConnector(t, options{}, "", nil)
	c.secrets.Add(oneKey)
	text := fmt.Sprint(c.sanitize("key " + oneKey + "\n\x1b]0;x\x07 Bearer abcdefghijk"))
	for _, never := range []string{oneKey, "abcdefghijk", "\x1b", "\x07"} {
		if strings.Contains(text, never) {
			t.Errorf("%q is in %q", never, text)
		}
	}
	if !strings.Contains(text, "key ") || !strings.Contains(text, "␛]0;x␇ ") {
		t.Errorf("%q", text)
	}
}

func TestProfileHasItsHostProxyAndCertificates(t *testing.T) {
	env := map[string]string{"KEY": oneKey, "HTTPS_PROXY": "http://usual.corp:3128", "NO_PROXY": "direct.example"}
	c := testConnector(t, options{}, `profiles:
  named: {host: "https://Nango.Example:443/", proxy: "u:hunter2hunter2@Named.corp:8080", key: {env: KEY}}
  usual: {key: {env: KEY}}
  excluded: {host: "https://direct.example", key: {env: KEY}}
  trusting: {tls: {ca: missing.pem}, key: {env: KEY}}
`, env)
	if all := c.profiles(); all[0].Host != "https://nango.example" {
		t.Errorf("before it is used, the host is %s", all[0].Host)
	}
	for name, want := range map[string]string{"named": "named.corp:8080", "usual": "usual.corp:3128", "excluded": ""} {
		s, err := c.connect(t.Context(), name)
		if err != nil || s.Client.Proxy() != want {
			t.Errorf("%s: %v, %v", name, s.Client.Proxy(), err)
		}
	}
	if _, err := c.connect(t.Context(), "trusting"); err == nil || !strings.Contains(err.Error(), "tls: ca: cannot open missing.pem") {
		t.Errorf("%v", err)
	}
	env["HTTPS_PROXY"] = "http://u:hunter2hunter2@:3128"
	if _, err := c.connect(t.Context(), "usual"); err == nil || !strings.Contains(err.Error(), "HTTPS_PROXY: it has no host") ||
		strings.Contains(err.Error(), "hunter2") {
		t.Errorf("%v", err)
	}
}

func TestKeyOfTheDemoIsNewUnlessASeedIsAskedFor(t *testing.T) {
	seeded := sandbox.New(sandbox.Options{Seed: 1}).Keys().Environment
	for _, fixed := range []bool{true, false} {
		var d demoServer
		if err := d.start(options{seed: 1, fixedKeys: fixed}); err != nil {
			t.Fatal(err)
		}
		if err := d.listener.Close(); err != nil {
			t.Error(err)
		}
		if isSeeded := string(d.key) == seeded; isSeeded != fixed {
			t.Errorf("--seed %t: the key comes from the seed: %t", fixed, isSeeded)
		}
	}
}

func TestProfilesKnowTheirDashboard(t *testing.T) {
	env := map[string]string{"K": oneKey, "NANGO_SECRET_KEY_STAGING": oneKey}
	const profiles = `profiles:
  prod: {key: {env: K}}
  test: {key: {env: K}, production: false}
  own: {key: {env: K}, dashboard: "https://app.nango.dev/my-env/"}
  intern: {key: {env: K}, host: "https://nango.intern"}
`
	for profile, want := range map[string]string{
		"prod": "https://app.nango.dev/prod", "test": "https://app.nango.dev/dev", "own": "https://app.nango.dev/my-env", "intern": "",
		"staging": "https://app.nango.dev/staging",
	} {
		s, err := testConnector(t, options{env: "staging"}, profiles, env).connect(t.Context(), profile)
		if err != nil || s.Profile.Dashboard != want {
			t.Errorf("%s: %q, %v; want %q", profile, s.Profile.Dashboard, err, want)
		}
	}
	_, err := config.Parse("config.yaml", []byte("profiles:\n  a: {key: {env: K}, dashboard: \"https://app.nango.dev\"}\n"), configRules())
	if err == nil || !strings.Contains(err.Error(), "config.yaml:2:33: dashboard: expected the address of an environment") {
		t.Error(err)
	}
}
