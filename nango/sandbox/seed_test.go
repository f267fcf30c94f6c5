package sandbox

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
)

func TestSameSeedSameData(t *testing.T) {
	ask := func(seed uint64) string {
		b := newBench(t, Options{Seed: seed, Connections: 300})
		list := b.ask("GET", "/connections", "").text
		newest := rows(b.ask("GET", "/connections?limit=1", ""))[0]
		id, key := at(newest, "connection_id").(string), at(newest, "provider_config_key").(string)
		view, _ := b.Connection(key, id)
		return list + b.ask("GET", "/integrations", "").text + string(view.Credentials) + b.Keys().Environment +
			b.ask("POST", "/connect/sessions", `{"tags":{"a":"b"}}`).text
	}
	first, again := ask(1), ask(1)
	if first != again {
		t.Error("two worlds of one seed differ")
	}
	if first == ask(2) {
		t.Error("two seeds gave one world")
	}
}

func TestKeysAreUUIDsAndDiffer(t *testing.T) {
	k := New(Options{Seed: 5}).Keys()
	seen := map[string]bool{}
	for _, key := range []string{k.Environment, k.NoCredentials, k.ListOnly, k.Account} {
		if !uuid4Regexp.MatchString(key) || seen[key] {
			t.Errorf("key %q", key)
		}
		seen[key] = true
	}
}

func TestZeroOptionsAreAnEmptyEnvironment(t *testing.T) {
	b := newBench(t, Options{})
	for path, want := range map[string]string{"/connections": `{"connections":[]}`, "/integrations": `{"data":[]}`,
		"/environment-variables": "[]"} {
		if r := b.want(b.ask("GET", path, ""), 200); r.text != want {
			t.Errorf("%s: %s", path, r.text)
		}
	}
}

func TestConnectionsOption(t *testing.T) {
	if testing.Short() {
		t.Skip("makes 100,000 connections")
	}
	for _, n := range []int{1, 2, 23, 24, 1000} {
		if got := New(Options{Seed: 9, Connections: n}).ConnectionCount(); got != n {
			t.Errorf("%d connections, want %d", got, n)
		}
	}
	if got := New(Options{Connections: MaxConnections + 1}).ConnectionCount(); got != MaxConnections {
		t.Errorf("%d connections, want the bound %d", got, MaxConnections)
	}
}

// mix counts properties of the rows of the list.
type mix struct {
	auth, sync, endUsers, untagged, recent, young, old, controls int
	scripts                                                      map[string]bool
	integrations                                                 map[any]bool
	perCustomer                                                  map[any]map[any]bool
}

func mixOf(t *testing.T, s *bench) mix {
	m := mix{scripts: map[string]bool{}, integrations: map[any]bool{}, perCustomer: map[any]map[any]bool{}}
	for _, row := range rows(s.ask("GET", "/connections", "")) {
		m.count(t, row)
	}
	return m
}

func (m *mix) count(t *testing.T, row any) {
	errs, _ := at(row, "errors").([]any)
	for _, e := range errs {
		if !regexp.MustCompile(`^\d{13}_[A-Za-z0-9]{8}$`).MatchString(at(e, "log_id").(string)) {
			t.Errorf("log id %v", e)
		}
		if at(e, "type") == "auth" {
			m.auth++
		} else {
			m.sync++
		}
		if strings.HasPrefix(at(e, "log_id").(string), "17953559") { // within 100 seconds before the start
			m.recent++
		}
	}
	if at(row, "end_user") != nil {
		m.endUsers++
	}
	tags := at(row, "tags").(map[string]any)
	if len(tags) == 0 {
		m.untagged++
	}
	m.look(at(row, "tags", "end_user_display_name"))
	made, err := time.Parse(time.RFC3339Nano, at(row, "created").(string))
	must(t, err)
	if age := testStart.Sub(made); age < 24*time.Hour {
		m.young++
	} else if age > 365*24*time.Hour {
		m.old++
	}
	key := at(row, "provider_config_key")
	m.integrations[key] = true
	if id := tags["end_user_id"]; id != nil {
		if m.perCustomer[id] == nil {
			m.perCustomer[id] = map[any]bool{}
		}
		m.perCustomer[id][key] = true
	}
}

func (m *mix) look(name any) {
	s, _ := name.(string)
	for _, r := range s {
		for script, table := range map[string]*unicode.RangeTable{"Arabic": unicode.Arabic, "Han": unicode.Han, "Cyrillic": unicode.Cyrillic,
			"Devanagari": unicode.Devanagari, "Greek": unicode.Greek, "Latin": unicode.Latin, "symbols": unicode.So} {
			if unicode.Is(table, r) {
				m.scripts[script] = true
			}
		}
	}
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == '\u202e' }) {
		m.controls++
	}
}

func TestSeededMixIsRealistic(t *testing.T) {
	m := mixOf(t, newBench(t, Options{Seed: 4, Connections: 5000}))
	within := func(what string, got, low, high int) {
		t.Helper()
		if got < low || got > high {
			t.Errorf("%s: %d, want %d to %d", what, got, low, high)
		}
	}
	within("auth errors", m.auth, 100, 200)
	within("sync errors", m.sync, 50, 100)
	within("errors of the last minutes", m.recent, 1, 20)
	within("with an end user", m.endUsers, 100, 350)
	within("without tags", m.untagged, 200, 600)
	within("made today", m.young, 50, 1000)
	within("over a year old", m.old, 1000, 3000)
	within("integrations", len(m.integrations), 20, 30)
	within("scripts", len(m.scripts), 7, 7)
	within("hostile names", m.controls, 4, 4)
	several := 0
	for _, keys := range m.perCustomer {
		if len(keys) > 1 {
			several++
		}
	}
	within("customers with several integrations", several, 500, 5000)
}

func TestEveryProviderCanBeConnected(t *testing.T) {
	b := newBench(t, Options{RateLimit: -1})
	modes := map[string]bool{}
	for _, p := range b.env.catalog.Providers {
		must(t, b.AddIntegration(IntegrationSpec{Key: p.Name, Provider: p.Name}))
		token := b.open("/connect/sessions", `{"tags":{"a":"b"},"allowed_integrations":["`+p.Name+`"]}`)
		id, err := b.FinishSession(token, "", nil)
		if err != nil {
			t.Errorf("%s: %v", p.Name, err)
			continue
		}
		r := b.want(b.ask("GET", "/connections/"+id+"?force_refresh=true&provider_config_key="+p.Name, ""), 200)
		if kind, _ := at(r.json, "credentials", "type").(string); kind == "" && p.AuthMode != "NONE" {
			t.Errorf("%s: credentials without a type: %s", p.Name, r.text)
		}
		modes[p.AuthMode] = true
	}
	if len(b.env.catalog.Providers) < 60 || len(modes) < 14 {
		t.Errorf("%d providers in %d auth modes", len(b.env.catalog.Providers), len(modes))
	}
}
