package ui

import (
	"strings"
	"testing"
	"time"

	"nango-tui/ui/uitest"
)

func fullStatus(f Frame) Status {
	return Status{Profile: "acme-prod", Production: true, ReadOnly: true, Insecure: true, Host: "api.nango.dev",
		ArmedUntil: f.Now.Add(90 * time.Second),
		Left:       187, Limit: 200, LoadedAt: f.Now.Add(-3 * time.Hour), Loading: 1204, Spin: -3}
}

func TestStatusDropsPartsButNotBadges(t *testing.T) {
	for width, want := range map[int]string{
		130: " acme-prod  ▌PRODUCTION▐ ▌ARMED 2 min▐ read-only ! http  api.nango.dev                    ⠧ 1,204 loading… · budget 187/200 · 3 h",
		100: " acme-prod  ▌PRODUCTION▐ ▌ARMED 2 min▐ read-only ! http     ⠧ 1,204 loading… · budget 187/200 · 3 h",
		92:  " acme-prod  ▌PRODUCTION▐ ▌ARMED 2 min▐ read-only ! http   ⠧ 1,204 loading… · budget 187/200",
		80:  " acme-prod  ▌PRODUCTION▐ ▌ARMED 2 min▐ read-only ! http        ⠧ 1,204 loading…",
		60:  " acme-prod  ▌PRODUCTION▐ ▌ARMED 2 min▐ read-only ! http",
		54:  " acme-p…  ▌PRODUCTION▐ ▌ARMED 2 min▐ read-only ! http",
	} {
		f := testFrame(width, 1)
		if got := fullStatus(f).View(f); got != want {
			t.Errorf("%d cells:\n%s\nwant\n%s", width, got, want)
		}
	}
}

func TestStatusShowsTheProxy(t *testing.T) {
	for width, want := range map[int]string{
		60: " acme  api.nango.dev via proxy.corp:3128     budget 187/200",
		50: " acme  via proxy.corp:3128         budget 187/200",
		36: " acme  via proxy.corp:3128",
		24: " acme",
	} {
		f := testFrame(width, 1)
		s := Status{Profile: "acme", Host: "api.nango.dev", Proxy: "proxy.corp:3128", Left: 187, Limit: 200}
		if got := s.View(f); got != want {
			t.Errorf("%d cells:\n%s\nwant\n%s", width, got, want)
		}
	}
}

func TestProductionBadgeAtAnyWidth(t *testing.T) {
	for width := range 140 {
		f := testFrame(width, 1)
		s := fullStatus(f)
		s.Profile = strings.Repeat("株式会社", 20)
		got := s.View(f)
		uitest.CheckView(t, got, width, 1)
		if width >= 14 && !strings.Contains(got, "PRODUCTION") {
			t.Errorf("%d cells: %q", width, got)
		}
	}
}

func TestStatusShowsSecondsInLastMinuteOfArming(t *testing.T) {
	f := testFrame(80, 1)
	for left, want := range map[time.Duration]string{
		15 * time.Minute: "ARMED 15 min", 14*time.Minute + time.Second: "ARMED 15 min", 61 * time.Second: "ARMED 2 min",
		60 * time.Second: "ARMED 01:00", 500 * time.Millisecond: "ARMED 00:01",
	} {
		if got := (Status{ArmedUntil: f.Now.Add(left)}).View(f); !strings.Contains(got, want) {
			t.Errorf("%v: %q, want %s", left, got, want)
		}
	}
	if got := (Status{Profile: "dev", ArmedUntil: f.Now}).View(f); got != " dev" {
		t.Errorf("when it is over: %q", got)
	}
}

func TestStatusWarnsWhenTheBudgetIsLow(t *testing.T) {
	f := colorFrame(80, 1)
	f.Theme.Warn = Style{on: "<warn>", off: "</warn>"}
	for left, want := range map[int]bool{50: false, 49: true, 0: true} {
		if got := (Status{Left: left, Limit: 200}).View(f); strings.Contains(got, "<warn>budget") != want {
			t.Errorf("%d left: %q", left, got)
		}
	}
}

func TestStatusBudget(t *testing.T) {
	f := colorFrame(80, 1)
	f.Theme.Warn = Style{on: "<warn>", off: "</warn>"}
	for want, s := range map[string]Status{
		"budget ~187/200": {Left: 187, Limit: 200, Assumed: true},
		"<warn>budget 0/200, waiting until " + f.Now.Add(time.Second).Format(time.TimeOnly) + "</warn>": {
			Limit: 200, WaitUntil: f.Now.Add(time.Second)},
		"budget 150/200": {Left: 150, Limit: 200, WaitUntil: f.Now},
	} {
		if got := s.View(f); !strings.Contains(got, want) || strings.Contains(got, "waits") != strings.Contains(want, "waits") {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestBreadcrumbsKeepTheCurrentPlace(t *testing.T) {
	places := []Text{Clean("Integrations"), Clean("hubspot-production"), Clean("Globex · 9f1c2e44-3a5d")}
	right := Line{Styled(RoleBad, "✗ auth")}
	for width, want := range map[int]string{
		80: " Integrations › hubspot-production › Globex · 9f1c2e44-3a5d              ✗ auth",
		60: " Integrations › … › Globex · 9f1c2e44-3a5d     ✗ auth",
		40: " … › Globex · 9f1c2e44-3a5d      ✗ auth",
		24: " … › Globex · …  ✗ auth",
	} {
		got := Breadcrumbs(testFrame(width, 1), places, right)
		if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(want), " ") {
			t.Errorf("%d cells: %q, want %q", width, got, want)
		}
	}
	for width := range 90 {
		uitest.CheckView(t, Breadcrumbs(testFrame(width, 1), places, right), width, 1)
	}
	uitest.CheckView(t, Breadcrumbs(testFrame(10, 1), nil, right), 10, 1)
}

func TestFooterKeepsTheLastHint(t *testing.T) {
	for width := range 100 {
		got := Footer(testFrame(width, 1), hints())
		uitest.CheckView(t, got, width, 1)
		if width >= 8 && !strings.HasSuffix(got, "? all") {
			t.Errorf("%d cells: %q", width, got)
		}
	}
	if got, want := Footer(testFrame(40, 1), hints()), " enter open  R reconnect link  ? all"; got != want {
		t.Errorf("drawn %q, want %q", got, want)
	}
	if got := Footer(testFrame(40, 1), nil); got != "" {
		t.Errorf("without hints %q", got)
	}
}

func TestFooterShowsDisabledHints(t *testing.T) {
	f := testFrame(80, 1)
	f.Theme = &Theme{Muted: Style{on: "<", off: ">"}}
	if got, want := Footer(f, hints()[2:4]), " y copy<  ><D> <delete>"; got != want {
		t.Errorf("drawn %q, want %q", got, want)
	}
}

func hints() []Hint {
	return []Hint{{Key: "enter", Title: "open"}, {Key: "R", Title: "reconnect link"}, {Key: "y", Title: "copy"},
		{Key: "D", Title: "delete", Disabled: true},
		{Key: "/", Title: "filter"}, {Key: ":", Title: "go to"}, {Key: "?", Title: "all"}}
}

func TestStatusShowsWhatTakesLong(t *testing.T) {
	f := testFrame(40, 1)
	s := Status{Profile: "dev", Loading: 3, Waiting: Clean("GET /syncs ").Concat(Elapsed(3 * time.Second))}
	if got := s.View(f); !strings.HasSuffix(got, "⠋ GET /syncs 3 s +2") {
		t.Errorf("%q", got)
	}
	if got := (Status{Profile: "dev", Waiting: s.Waiting}).View(f); got != " dev" {
		t.Errorf("nothing is loading: %q", got)
	}
}
