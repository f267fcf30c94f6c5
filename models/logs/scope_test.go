package logs

import (
	"strings"
	"testing"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/filter"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func scopeOf(t *testing.T, route string) scope {
	t.Helper()
	r, err := screen.ParseRoute(route)
	if err != nil {
		t.Fatal(err)
	}
	s, err := listScope(r)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestARouteSaysWhatTheServerIsAskedFor(t *testing.T) {
	t.Parallel()
	q := scopeOf(t, "logs?integration=crm&connection=a&function=f&type=refresh_token&state=fail&period=7d").query(noon)
	if q.Integrations[0] != "crm" || q.Connections[0] != "a" || q.Functions[0] != "f" || q.States[0] != nango.LogFailed {
		t.Errorf("%+v", q)
	}
	if len(q.Operations) != 1 || q.Operations[0].Type != "auth" || q.Operations[0].Actions[0] != "refresh_token" {
		t.Errorf("%+v", q.Operations)
	}
	if !q.From.Equal(noon.AddDate(0, 0, -7)) || !q.To.IsZero() {
		t.Errorf("%s to %s", q.From, q.To)
	}
	for _, wrong := range []string{"state=dreaming", "type=agent_session", "period=0", "period=16d", "period=2026-02-01..2026-01-01", "x=1"} {
		r, err := screen.ParseRoute("logs?" + wrong)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := listScope(r); err == nil {
			t.Errorf("%s is accepted", wrong)
		}
	}
}

func TestAPeriodIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"1h", "15d", "2026-01-31T14:00:00Z..2026-01-31T15:30:00Z"} {
		p, err := parsePeriod(text)
		if err != nil || p.String() != text {
			t.Errorf("%s becomes %s, %v", text, p, err)
		}
	}
	p, err := parsePeriod("2026-01-31T14:00..2026-01-31T15:00:00+02:00")
	if err == nil {
		t.Errorf("a period that ends before it starts: %s", p)
	}
	if p, err = parsePeriod("2026-01-31..2026-02-01"); err != nil || p.describe(noon) != "2026-01-31 00:00 to 2026-02-01 00:00" {
		t.Errorf("%q, %v", p.describe(noon), err)
	}
}

// What the server can be asked for finds older operations, too. What it can't be asked for is left to the filter.
func TestAFilterAsksTheServerForWhatItKnows(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"state:failed":               "failed / ",
		"state:fail|time":            "failed timeout / ",
		"state:failed type:sync":     "failed / sync",
		"type:sync|refresh_token":    " / sync auth",
		"-state:failed":              " / ",
		"type:agent_session":         " / ",
		"state:failed|type:sync":     " / ",
		"state:failed|globex":        " / ",
		"state:failed integration:x": "failed / ",
	} {
		s := scopeOf(t, "logs").narrowed(filter.Parse(text, language().Specs()...))
		var kinds []string
		for _, kind := range s.kinds {
			kinds = append(kinds, kind.Type)
		}
		if got := strings.Join(s.states, " ") + " / " + strings.Join(kinds, " "); got != want {
			t.Errorf("%s asks for %q, not %q", text, got, want)
		}
	}
	if s := scopeOf(t, "logs?state=success").narrowed(filter.Parse("state:failed", language().Specs()...)); s.states[0] != nango.LogSucceeded {
		t.Errorf("the filter replaces the route's state: %v", s.states)
	}
}
