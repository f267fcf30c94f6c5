package nango

import (
	"testing"
	"time"
)

func TestCustomer(t *testing.T) {
	tags := func(pairs ...string) map[string]string {
		m := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return m
	}
	user := &EndUser{ID: "usr_1", Email: "old@acme.io", Organization: &Organization{ID: "org_1", DisplayName: "Acme"}}
	for _, test := range []struct {
		connection   Connection
		name, detail string
	}{
		{Connection{ID: "abc"}, "abc", ""},
		{Connection{ID: "abc", Tags: tags("env", "prod")}, "abc", ""},
		{Connection{ID: "abc", Tags: tags(TagUserName, "Globex", TagUserEmail, "ops@globex.io", TagUserID, "1")}, "Globex", "ops@globex.io"},
		{Connection{ID: "abc", Tags: tags(TagUserEmail, "ops@globex.io", TagUserName, " ")}, "ops@globex.io", ""},
		{Connection{ID: "abc", Tags: tags(TagUserName, "same", TagUserEmail, "same", TagUserID, "7")}, "same", "7"},
		{Connection{ID: "abc", Tags: tags(TagOrganizationID, "9", TagOrganizationName, "Initech")}, "Initech", "9"},
		{Connection{ID: "abc", Tags: tags(TagOrganizationID, "9"), EndUser: user}, "9", ""},
		{Connection{ID: "abc", EndUser: user}, "old@acme.io", "usr_1"},
		{Connection{ID: "abc", EndUser: &EndUser{}}, "abc", ""},
	} {
		if got := test.connection.Customer(); got != (Customer{test.name, test.detail}) {
			t.Errorf("%+v: %+v", test.connection, got)
		}
	}
}

func TestAuthErrorIsWorse(t *testing.T) {
	for _, test := range []struct {
		errors []ConnectionError
		state  State
	}{
		{nil, Healthy}, {[]ConnectionError{{Type: "sync"}}, SyncError}, {[]ConnectionError{{Type: "sync"}, {Type: "auth"}}, AuthError},
		{[]ConnectionError{{Type: "something new"}}, SyncError},
	} {
		if got := (Connection{Errors: test.errors}).State(); got != test.state {
			t.Errorf("%v: %v", test.errors, got)
		}
	}
}

func TestFailureTimeFromLogID(t *testing.T) {
	failed := func(ids ...string) (time.Time, bool) {
		c := Connection{}
		for _, id := range ids {
			c.Errors = append(c.Errors, ConnectionError{"sync", id})
		}
		return c.FailedAt()
	}
	if at, ok := failed("1795357740251_EKmT7arm", "1795357740299_x", "1795357740100"); !ok || at.UnixMilli() != 1795357740299 {
		t.Errorf("%v %v", at, ok)
	}
	for _, id := range []string{"", "123", "17953577402x1_a", "abcdefghijklmnop", "17953577402511234", "-795357740251_x"} {
		if at, ok := failed(id); ok {
			t.Errorf("%q is no time: %v", id, at)
		}
	}
}

func TestTimeFormats(t *testing.T) {
	want := time.Date(2026, 11, 22, 14, 36, 53, 834_000_000, time.UTC)
	for _, text := range []string{
		"2026-11-22T14:36:53.834Z", "2026-11-22T14:36:53.834+00:00", "2026-11-22T16:36:53.834000+02:00", "2026-11-22T14:36:53.834+00",
		"2026-11-22 14:36:53.834+00:00",
		"2026-11-22 14:36:53.834000+00",
	} {
		if got := parseTime(text); !got.Equal(want) {
			t.Errorf("%s: %v", text, got)
		}
	}
	if got := parseTime("yesterday"); !got.IsZero() {
		t.Errorf("no time: %v", got)
	}
}
