package main

import (
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"testing"

	"nango-tui/nango"
)

// oneKey is a key in the shape of Nango's.
const oneKey = "3d8f1c5e-9a44-4b1e-8a52-5f2d9be0a7c1"

func connectorOf(t *testing.T, o options, config string, env map[string]string) *connector {
	t.Helper()
	s, err := parseSettings("config.yaml", []byte(config))
	if err != nil {
		t.Fatal(err)
	}
	if env == nil {
		env = map[string]string{}
	}
	return newConnector(o, environment{values: env}, s)
}

const twoProfiles = `profiles:
  acme-prod: {key: {env: PROD}}
  acme-dev: {host: "http://localhost:3003", key: {env: DEV}, production: false, readOnly: true}
`

func TestWithWhichProfileItStarts(t *testing.T) {
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
		{"the one asked for", options{profile: "acme-dev"}, twoProfiles, withKey, "acme-dev", ""},
		{"the file's default", options{}, "default: acme-dev\n" + twoProfiles, withKey, "acme-dev", ""},
		{"several and no default", options{}, twoProfiles, withKey, "", "acme-prod or acme-dev"},
		{"no file", options{}, "", withKey, "default", ""},
		{"--env goes before the file", options{env: "dev"}, "default: acme-dev\n" + twoProfiles, withKey, "dev", ""},
		{"nothing", options{}, "", nil, "", "NANGO_API_KEY, NANGO_SECRET_KEY"},
		{"nothing of that name", options{env: "my-dev"}, "", nil, "", "NANGO_SECRET_KEY_MY_DEV, NANGO_API_KEY"},
	} {
		t.Run(c.name, func(t *testing.T) {
			start, problem := connectorOf(t, c.options, c.config, c.env).choose()
			if start != c.start || !strings.Contains(problem, c.problem) || (problem == "") != (c.problem == "") {
				t.Errorf("%q, %q", start, problem)
			}
		})
	}
}

func TestAStartWithoutAProfileIsProductionUnlessSurelyNot(t *testing.T) {
	for _, c := range []struct {
		env, host, variable string
		production          bool
	}{
		{"", "", "", true},
		{"", "https://nango.example.com", "", true},
		{"", "http://localhost:3003", "", false},
		{"", "", "http://127.0.0.1:3003", false},
		{"", "", "http://[::1]:3003", false},
		{"", "https://nango.example.com", "http://localhost:3003", true}, // the flag goes before the variable
		{"", "https://localhost.example.com", "", true},
		{"dev", "", "", false},
		{"staging", "", "", false},
		{"local", "", "", false},
		{"prod", "", "", true},
		{"Dev", "", "", true},
	} {
		p, ok := bareProfile(options{env: c.env, host: c.host}, environment{values: map[string]string{
			"NANGO_HOSTPORT": c.variable, "NANGO_SECRET_KEY": oneKey,
		}})
		if !ok || p.production != c.production {
			t.Errorf("%+v: production is %v", c, p.production)
		}
	}
}

func TestTheKeyOfTheEnvironmentGoesFirst(t *testing.T) {
	all := map[string]string{"NANGO_SECRET_KEY_DEV": "1", "NANGO_API_KEY": "2", "NANGO_SECRET_KEY": "3"}
	for _, want := range []string{"NANGO_SECRET_KEY_DEV", "NANGO_API_KEY", "NANGO_SECRET_KEY"} {
		if p, _ := bareProfile(options{env: "dev"}, environment{values: all}); p.key.env != want {
			t.Errorf("the key comes from %s, not %s", p.key.env, want)
		}
		delete(all, want)
	}
}

func TestAVariableForTheHostDoesNotTakeAProfilesKeyElsewhere(t *testing.T) {
	c := connectorOf(t, options{}, "profiles:\n  acme: {key: {env: ACME}}\n",
		map[string]string{"NANGO_HOSTPORT": "http://localhost:1", "ACME": oneKey})
	s, err := c.connect(t.Context(), "acme")
	if err != nil || s.Profile.Host != nango.CloudHost || !s.Profile.Production {
		t.Errorf("%+v, %v", s.Profile, err)
	}
}

func TestReadOnlyIsTheStrictestOfFlagAndProfile(t *testing.T) {
	env := map[string]string{"PROD": oneKey, "DEV": oneKey}
	for _, c := range []struct {
		flag, want bool
		profile    string
	}{{false, false, "acme-prod"}, {true, true, "acme-prod"}, {false, true, "acme-dev"}, {true, true, "acme-dev"}} {
		s, err := connectorOf(t, options{readOnly: c.flag}, twoProfiles, env).connect(t.Context(), c.profile)
		if err != nil || s.Profile.ReadOnly != c.want || s.Client.ReadOnly() != c.want {
			t.Errorf("%+v: %v, %v", c, s.Profile.ReadOnly, err)
		}
	}
}

func TestProfilesOfAHostShareItsBudget(t *testing.T) {
	env := map[string]string{"A": oneKey, "B": oneKey, "C": oneKey}
	c := connectorOf(t, options{}, `profiles:
  a: {key: {env: A}}
  b: {host: "https://API.nango.dev/", key: {env: B}}
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
		t.Error("a host has one limiter, and only one")
	}
}

func TestAKeyThatIsNoneIsNamedByItsSource(t *testing.T) {
	c := connectorOf(t, options{}, twoProfiles, map[string]string{"PROD": "not-a-key-at-all"})
	_, err := c.connect(t.Context(), "acme-prod")
	if err == nil || !strings.Contains(err.Error(), "UUID") || !strings.Contains(err.Error(), "variable PROD") ||
		strings.Contains(err.Error(), "not-a-key") {
		t.Errorf("%v", err)
	}
	if _, err := c.connect(t.Context(), "acme-dev"); err == nil || !strings.Contains(err.Error(), "DEV, which should hold the key, is not set") {
		t.Errorf("%v", err)
	}
	if _, err := c.connect(t.Context(), "acme"); err == nil || !strings.Contains(err.Error(), "acme-prod, acme-dev, demo") {
		t.Errorf("%v", err)
	}
}

func TestTheDemoIsARealServerOnThisMachine(t *testing.T) {
	c := connectorOf(t, options{demo: true, connections: 7, seed: 1}, "", nil)
	s, err := c.connect(t.Context(), "demo")
	if err != nil {
		t.Fatal(err)
	}
	page, err := nango.Fetch(t.Context(), s.Client, nango.ListConnections(nango.ConnectionQuery{}))
	if err != nil || s.Profile.Production || !onLoopback(s.Profile.Host) {
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
		t.Error("the server outlives its session")
	}
}

func TestAProfileOfTheFileIsNotTheStartWithoutOneOfTheSameName(t *testing.T) {
	const config = "profiles:\n  default: {host: \"https://nango.example.com\", key: {env: OWN}}\n  dev: {host: \"https://nango.example.com\", key: {env: OWN}}\n"
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
		s, err := connectorOf(t, c.options, config, env).connect(t.Context(), c.profile)
		if err != nil || s.Profile.Host != c.host {
			t.Errorf("%+v: %s is at %s, %v", c.options, c.profile, s.Profile.Host, err)
		}
	}
}

func TestWhatWasDoneInTheDemoIsThereWhenOneComesBack(t *testing.T) {
	c := connectorOf(t, options{connections: 3, seed: 1}, "", nil)
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
		t.Fatalf("another server was started: %s, %v", again.Profile.Host, err)
	}
	if page, err := nango.Fetch(t.Context(), again.Client, nango.ListConnections(nango.ConnectionQuery{})); err != nil || len(page) != 2 {
		t.Errorf("%d connections, %v", len(page), err)
	}
	if err := errors.Join(first.Close(), again.Close()); err != nil {
		t.Error(err)
	}
}

func TestTheDemoIsNotTakenForAnEnvironmentOfItsName(t *testing.T) {
	_, err := parseOptions([]string{"--env", "demo"}, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "the demo's") {
		t.Errorf("%v", err)
	}
}

func TestTheNamesToSwitchTo(t *testing.T) {
	c := connectorOf(t, options{}, twoProfiles, map[string]string{"NANGO_API_KEY": oneKey})
	if got := c.names(); !slices.Equal(got, []string{"acme-prod", "acme-dev", "default", "demo"}) {
		t.Errorf("%v", got)
	}
}
