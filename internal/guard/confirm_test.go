package guard_test

import (
	"testing"
	"time"

	"nango-tui/internal/guard"
	"nango-tui/nango"
)

func TestConfirmWordIsNeverACustomersText(t *testing.T) {
	const number = "042"
	now := noon.Add(42 * time.Millisecond)
	for name, c := range map[string]struct {
		effect nango.Effect
		about  nango.ConnectionRef
		want   string
	}{
		"a deletion":                   {nango.Destroys, nango.ConnectionRef{Integration: "crm", ID: "globex-77e2"}, "77e2"},
		"an id with signs at its end":  {nango.Destroys, nango.ConnectionRef{Integration: "crm", ID: "a1-b2/c3!!"}, "b2c3"},
		"an id in another script":      {nango.Destroys, nango.ConnectionRef{Integration: "crm", ID: "鈴木 美咲 12"}, number},
		"an id that is too short":      {nango.Destroys, nango.ConnectionRef{Integration: "crm", ID: "abc"}, number},
		"an integration":               {nango.Destroys, nango.ConnectionRef{Integration: "google-calendar"}, "google-calendar"},
		"an integration not in ASCII":  {nango.Destroys, nango.ConnectionRef{Integration: "кримея"}, number},
		"an integration with a bell":   {nango.Destroys, nango.ConnectionRef{Integration: "crm\a"}, number},
		"nothing that has a name":      {nango.Destroys, nango.ConnectionRef{}, number},
		"what runs code needs no word": {nango.Runs, nango.ConnectionRef{Integration: "crm", ID: "globex-77e2"}, ""},
		"a write needs no word":        {nango.Writes, nango.ConnectionRef{Integration: "crm", ID: "globex-77e2"}, ""},
		"a refresh needs no word":      {nango.Refreshes, nango.ConnectionRef{Integration: "crm", ID: "globex-77e2"}, ""},
	} {
		if got := guard.ConfirmWord(nango.Call{Effect: c.effect, About: c.about}, now); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
