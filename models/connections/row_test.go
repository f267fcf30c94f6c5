package connections

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"nango-tui/nango"
)

// TestARowSaysWhatItsConnectionSaid goes through every way a connection can be known, and compares with the connection itself.
func TestARowSaysWhatItsConnectionSaid(t *testing.T) {
	user := &nango.EndUser{ID: "u1", DisplayName: "Ada Abbott", Email: "Ada@x.io",
		Organization: &nango.Organization{ID: "o1", DisplayName: "Org"}}
	for name, c := range map[string]nango.Connection{
		"tags":     {ID: "ID/With Caps", Integration: "HubSpot", Provider: "hubspot", Tags: globex()},
		"end user": {ID: "x", Integration: "slack", Provider: "slack", EndUser: user},
		"both": {ID: "x", Integration: "slack", Provider: "slack", EndUser: user,
			Tags: map[string]string{"plan": "Team", "organization_id": "ORG"}},
		"nothing":      {ID: "Just-An-Id", Integration: "slack"},
		"organisation": {ID: "x", Integration: "slack", Tags: map[string]string{"organization_display_name": "ACME", "zone": "a=b"}},
		"name twice": {ID: "x", Integration: "slack", Tags: map[string]string{"end_user_display_name": "Same",
			"end_user_email": "Same", "end_user_id": "Same"}},
		"spaces around":   {ID: "x", Integration: "slack", Tags: map[string]string{"end_user_display_name": "  Padded  "}},
		"JSON as id":      {ID: `{"org":"acme","user":42}`, Integration: "slack"},
		"longer in lower": {ID: "İİİ", Integration: "slack", Tags: map[string]string{"end_user_display_name": "İstanbul Ⱥ"}},
		"broken": {ID: "x", Integration: "slack",
			Errors: []nango.ConnectionError{{Type: "sync", LogID: "1795357740251_EKmT7arm"}, {Type: "auth", LogID: "x"}}},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRow(&c)
			if r.ref() != c.Ref() {
				t.Errorf("the row is %v, the connection %v", r.ref(), c.Ref())
			}
			if r.customer() != c.Customer() {
				t.Errorf("the row belongs to %v, the connection to %v", r.customer(), c.Customer())
			}
			if r.state != c.State() {
				t.Errorf("the row is %v, the connection %v", r.state, c.State())
			}
			if tags := tagsOf(&r); len(tags)+len(c.Tags) > 0 && !reflect.DeepEqual(tags, c.Tags) {
				t.Errorf("the row has the tags %v, the connection %v", tags, c.Tags)
			}
		})
	}
}

// tagsOf are the tags that a row keeps.
func tagsOf(r *row) map[string]string {
	tags := map[string]string{}
	for n := 0; ; n++ {
		p, ok := r.pair(n)
		if !ok {
			return tags
		}
		if !strings.HasPrefix(p.key, endUserMark) {
			tags[p.key] = p.value
		}
	}
}

// TestAWordIsFoundWhereverItStands compares the search with one in the connection as anybody would write it down.
func TestAWordIsFoundWhereverItStands(t *testing.T) {
	c := nango.Connection{ID: "conn-1", Integration: "hubspot", Tags: map[string]string{
		"end_user_id": "usr_812", "end_user_email": "ops@globex.io", "organization_id": "org_globex", "plan": "Team", "id": "7", "eq": "a=b",
	}}
	r := newRow(&c)
	written := "conn-1 hubspot ok end_user_id=usr_812 end_user_email=ops@globex.io organization_id=org_globex plan=team id=7 eq=a=b"
	for from := range written {
		for to := from + 1; to <= len(written); to++ {
			if word := written[from:to]; !strings.Contains(word, " ") && !containsAny(spellings(word), r.search()) {
				t.Errorf("%q is not found", word)
			}
		}
	}
	for _, word := range []string{"end_user_name", "display", "_id=usr_9", "user_id=org", "\x01", "plan=x", "x=ops"} {
		if containsAny(spellings(word), r.search()) && word != "\x01" {
			t.Errorf("%q is found", word)
		}
	}
}

func TestARowKnowsWhenItFailed(t *testing.T) {
	c := nango.Connection{ID: "x", Integration: "y", Errors: []nango.ConnectionError{{Type: "sync", LogID: "1795357740251_a"},
		{Type: "auth", LogID: "1795357800000_b"}}}
	r := newRow(&c)
	at, known := r.failedAt()
	if !known || !at.Equal(time.UnixMilli(1795357800000)) {
		t.Errorf("failed at %v, %v", at, known)
	}
	c.Errors = []nango.ConnectionError{{Type: "auth", LogID: "of another form"}}
	r = newRow(&c)
	if _, known = r.failedAt(); known {
		t.Error("a log id of another form tells a time")
	}
}

func TestTheTagThatMattersIsNotTheCustomers(t *testing.T) {
	c := nango.Connection{ID: "x", Integration: "y", Tags: map[string]string{"end_user_id": "u", "organization_id": "o",
		"plan": "Team", "region": "eu", "zone": "z"}}
	r := newRow(&c)
	if got := tagsCell(frame(80, 20), &r).Text.String(); got != "plan=Team +2" {
		t.Errorf("the tags are told as %q", got)
	}
	c.Tags = map[string]string{"end_user_id": "u"}
	r = newRow(&c)
	if got := tagsCell(frame(80, 20), &r).Text.String(); got != "" {
		t.Errorf("the customer's own tag is told as %q", got)
	}
}

func TestWhatAStrangerMakesTooLongIsCut(t *testing.T) {
	long := strings.Repeat("x", 100_000)
	tags := map[string]string{}
	for i := range 200 {
		tags["k"+strings.Repeat("k", i)] = long
	}
	c := nango.Connection{ID: "x", Integration: "y", Provider: long, Tags: tags}
	for range 100 {
		c.Errors = append(c.Errors, nango.ConnectionError{Type: "sync", LogID: long})
	}
	r := newRow(&c)
	if bound := (maxPairs + maxErrors + 2) * 2 * maxPiece; len(r.text) > bound {
		t.Errorf("the row keeps %d bytes; %d are the bound", len(r.text), bound)
	}
	if p, ok := r.pair(maxPairs); ok {
		t.Errorf("a row keeps more than %d pairs: %v", maxPairs, p)
	}
}

// FuzzRow holds that whatever is in a connection, its row tells the same and never runs over its own pieces.
func FuzzRow(f *testing.F) {
	f.Add("id", "hubspot", "hubspot", "end_user_display_name", "Ada", "plan", "Team", "auth", "1795357740251_x")
	f.Add("a\x00b", "İ", "", "end_user_id", "\x00", "=", "=\x00=", "", "")
	f.Fuzz(func(t *testing.T, id, integration, provider, k1, v1, k2, v2, kind, log string) {
		raw, _ := json.Marshal(map[string]string{k1: v1, k2: v2}) // as it would come: valid UTF-8
		var tags map[string]string
		_ = json.Unmarshal(raw, &tags)
		c := nango.Connection{ID: id, Integration: integration, Provider: provider, Tags: tags,
			Errors: []nango.ConnectionError{{Type: kind, LogID: log}}}
		r := newRow(&c)
		if want := strings.ReplaceAll(id, "\x00", "\ufffd"); r.id() != want {
			t.Errorf("the id %q became %q", want, r.id())
		}
		r.customer()
		r.provider()
		previewLines(frame(40, 40), &r, "")
		if r.search() != strings.ToLower(r.search()) {
			t.Errorf("what is searched is not in lower case: %q", r.search())
		}
	})
}
