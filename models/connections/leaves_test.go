package connections

import (
	"strings"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// The mask comes with each turn, so that a page hides secrets that no frame was drawn with.
func TestASecretIsHiddenInAPageThatWasNeverDrawn(t *testing.T) {
	const seen = "seen-elsewhere"
	turn := &screen.Turn{Now: noon, Mask: func(s string) string { return strings.ReplaceAll(s, seen, nango.Masked) }}
	raw := []byte(`{"note":"` + seen + `","` + seen + `":1,"nested":"{\"a\":\"seen\\u002delsewhere\"}"}`)
	d := &Detail{}
	d.take(turn, nango.ConnectionDetail{Connection: nango.Connection{Metadata: raw}, ConnectionConfig: raw})
	for _, l := range d.whole.config {
		secret := strings.Contains(l.text, seen) || l.name == "nested"
		if strings.Contains(l.name, seen) || secret != l.isSecret() {
			t.Errorf("%s is shown as %s", l.name, l.shown)
		}
	}
	copyConnection(turn, d.now)
	copied, ok := turn.Wants()[0].(screen.CopyWant)
	if !ok || strings.Contains(copied.Text, seen) || strings.Contains(copied.Text, "elsewhere") {
		t.Errorf("copied as %+v", turn.Wants()[0])
	}
	shown, hidden := hide(raw, turn.Mask)
	if len(hidden) != 2 || strings.Contains(strings.ReplaceAll(string(shown), `"`+seen+`":1`, ""), "elsewhere") {
		t.Errorf("edited as %s", shown)
	}
}

func TestLeavesHaveTheirPathAndPlace(t *testing.T) {
	deep := strings.Repeat("[", maxDepth) + `{"secret":"s"}` + strings.Repeat("]", maxDepth)
	raw := `{"a.b":{"token":1234567},"list":[true,{"x":"y"},[]],"e":{},"api_key":"k","deep":` + deep + `}`
	leaves, err := leavesOf([]byte(raw), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range leaves {
		if l.name = strings.ReplaceAll(l.name, ".0.0", ""); len(l.shown) < 30 {
			got = append(got, l.name+"="+l.shown)
		} else if !l.isSecret() {
			t.Errorf("%s shows what is nested too deep: %s", l.name, l.shown)
		}
	}
	want := "a.b.token=•••••••• list.0=true list.1.x=y list.2=[] e={} api_key=••••••••"
	if strings.Join(got, " ") != want {
		t.Errorf("leaves\n%q, want\n%q", strings.Join(got, " "), want)
	}
	for _, broken := range []string{"", `{"a":1`, `{"a":1} {}`, `[1,]`} {
		if _, err := leavesOf([]byte(broken), 0, nil); err == nil {
			t.Errorf("%q has leaves", broken)
		}
	}
}
