package guard_test

import (
	"strings"
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

// The word for a part isn't the word for the whole: whoever types it has read what is destroyed.
func TestConfirmWordIsTheNameOfWhatIsDestroyed(t *testing.T) {
	ref := nango.ConnectionRef{Integration: "crm", ID: "globex-77e2"}
	issues, prs := nango.SyncName{Name: "issues"}, nango.SyncName{Name: "issues", Variant: "eu"}
	reset := func(syncs ...nango.SyncName) nango.Call {
		return nango.TriggerSyncs(nango.SyncSelection{Connection: ref, Syncs: syncs}, nango.TriggerOptions{Reset: true}).Call()
	}
	named := func(call nango.Call, name string) nango.Call {
		call.Name = name
		return call
	}
	words := map[nango.Operation]bool{}
	for _, c := range []struct {
		call nango.Call
		want string
	}{
		{nango.DeleteConnection(ref).Call(), "77e2"},
		{nango.DeleteIntegration("crm").Call(), "crm"},
		{nango.DeleteFunction("crm", "plus-one", nango.ActionFunction).Call(), "plus-one"},
		{nango.DeployFunction(nango.FunctionDeployment{Integration: "crm", Name: "plus-one", AllowDestructive: true}).Call(), "plus-one"},
		{nango.DeleteVariant(ref, prs).Call(), "eu"},
		{nango.PruneRecords(nango.PruneInput{Connection: ref, Model: "Issue"}).Call(), "Issue"},
		{reset(issues), "issues"},
		{reset(prs), "issues::eu"},
		{reset(issues, prs), "77e2"},
		{nango.UpdateIntegration("crm", nango.IntegrationPatch{Credentials: nango.OAuthApp{}}).Call(), "crm"},
		{nango.UpsertConnection(nango.ConnectionInput{Ref: ref, Exists: true}).Call(), "77e2"},
		{named(nango.RotateWebhookKey().Call(), "acme-prod"), "acme-prod"},
		{named(nango.DeleteEnvironment(nango.EnvironmentRef{ID: 4}).Call(), "staging"), "staging"},
		{named(nango.DeleteEnvironment(nango.EnvironmentRef{ID: 4}).Call(), "Prod — \u202eÉlan"), "Prod lan"},
		{named(nango.DeleteAPIKey(nango.APIKeyRef{ID: 4}).Call(), "CI \x1b[2J deploy"), "CI [2J deploy"},
		{named(nango.DeleteAPIKey(nango.APIKeyRef{ID: 4}).Call(), "株式会社-2"), "042"},
		{named(nango.DeleteAPIKey(nango.APIKeyRef{ID: 4}).Call(), strings.Repeat("x", 200)+strings.Repeat("y", 40)), strings.Repeat("y", 40)},
		{nango.RotateWebhookKey().Call(), "042"},
	} {
		if got := guard.ConfirmWord(c.call, noon.Add(42*time.Millisecond)); got != c.want {
			t.Errorf("%s: %q, want %q", c.call, got, c.want)
		}
		words[c.call.Operation] = true
	}
	for _, operation := range nango.Operations() {
		if operation.Effect() == nango.Destroys && !words[operation] {
			t.Errorf("%s: its confirm word isn't tested", operation)
		}
	}
}
