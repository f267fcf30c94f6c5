package connections

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
	"nango-tui/ui/form"
)

// form is the form on the stage.
func (w *world) form() *form.Form {
	w.t.Helper()
	e, ok := w.Screen.(*screen.Form)
	if !ok {
		w.t.Fatalf("no form is open:\n%s", w.View())
	}
	return e.Fields
}

// stored is the connection as the world has it.
func (w *world) stored(ref nango.ConnectionRef) sandbox.ConnectionView {
	w.t.Helper()
	view, ok := w.server.Connection(ref.Integration, ref.ID)
	if !ok {
		w.t.Fatalf("%v is not there", ref)
	}
	return view
}

func TestTagsAreReplacedAfterTheirDifferenceWasShown(t *testing.T) {
	w := acme(t).at(refOf("hubspot", "initech-1"))
	w.Do(EditTags)
	w.See("plan=team", "Replaces all tags")
	w.form().Set(fieldTags, "end_user_display_name=Initech\nPLAN=enterprise\nzone=1")
	w.Do(screen.Submit)
	p := w.Proposal()
	if p.Before != "end_user_display_name=Initech\nplan=team\nregion=eu" ||
		p.After != "end_user_display_name=Initech\nplan=enterprise\nzone=1" {
		t.Errorf("the difference is between\n%s\nand\n%s", p.Before, p.After)
	}
	if !strings.Contains(p.Consequences[0], "1 added, 1 changed, 1 removed") {
		t.Errorf("what goes: %v", p.Consequences)
	}
	w.must(w.Confirm())
	want := map[string]string{"end_user_display_name": "Initech", "plan": "enterprise", "zone": "1"}
	if got := w.stored(refOf("hubspot", "initech-1")).Tags; !maps.Equal(got, want) {
		t.Errorf("the tags are %v", got)
	}
	if _, ok := w.Screen.(*Detail); !ok {
		t.Error("the form is still open")
	}
}

func TestWhatCanBeEditedIsOffered(t *testing.T) {
	for choice, want := range map[string]string{"Edit tags": "plan=growth", "Edit metadata": "9007199254740993",
		"Webhook override": "is unknown"} {
		w := acme(t).at(globexRef)
		w.Do(Edit)
		w.Pick(choice)
		w.See(want)
	}
	w := acme(t)
	w.add(sandbox.ConnectionSpec{Integration: "slack", ID: "metadata"})
	w.at(refOf("slack", "metadata"))
	w.Do(Edit)
	w.Pick("Edit tags")
	if len(w.Notices) != 1 || !strings.Contains(w.Notices[0].Lines[0], "another operation") {
		t.Errorf("told %v", w.Notices)
	}
}

func TestTagsAreCheckedAsOneTypes(t *testing.T) {
	for text, want := range map[string]string{
		"plan=":                               "no value",
		"1plan=x":                             "must start with a letter",
		"plan":                                "key=value",
		"end_user_email=nobody":               "must be an e-mail address",
		"plan=a\nPlan=b":                      "are the same",
		strings.Repeat("a=1\n", 1) + manyTags: "too many",
	} {
		acme(t).at(globexRef).refuses(EditTags, fieldTags, text, want)
	}
}

// refuses types a text into the form of an action, which must say why it is not sent.
func (w *world) refuses(action screen.ActionID, field, text, why string) {
	w.t.Helper()
	w.Do(action)
	w.form().Set(field, text)
	w.Do(screen.Submit)
	if len(w.Proposals) > 0 {
		w.t.Errorf("%q is proposed", text)
	}
	w.See(why)
}

const manyTags = "b=1\nc=1\nd=1\ne=1\nf=1\ng=1\nh=1\ni=1\nj=1\nk=1"

func TestAFormKeepsWhatWasTyped(t *testing.T) {
	w := acme(t).at(globexRef)
	w.Do(EditTags)
	w.Do(screen.Submit)
	w.See("Nothing was changed")
	w.form().Set(fieldTags, "plan=gold")
	w.Do(screen.Submit)
	w.Decline()
	w.See("plan=gold")
	w.server.Inject(sandbox.Fault{Method: "PATCH", Status: 400, Times: 1,
		Body: `{"error":{"code":"invalid_body","errors":[{"code":"custom","message":"Tag is reserved","path":["tags","plan"]}]}}`})
	w.Do(screen.Submit)
	if w.Confirm() == nil {
		t.Fatal("the server took it")
	}
	w.See("plan=gold", "tags.plan: Tag is reserved")
	w.server.Inject(sandbox.Fault{Method: "PATCH", Status: 500, Times: 1, Body: `{"error":{"code":"server_error"}}`})
	w.form().Set(fieldTags, "plan=silver")
	w.Do(screen.Submit)
	if w.Confirm() == nil {
		t.Fatal("the server took it")
	}
	w.See("plan=silver", "server_error")
	w.Do(screen.Submit)
	w.must(w.Confirm())
	if got := w.stored(globexRef).Tags; !maps.Equal(got, map[string]string{"plan": "silver"}) {
		t.Errorf("the tags are %v", got)
	}
}

func TestTagsThatNoLineCanHoldAreNotEdited(t *testing.T) {
	w := acme(t)
	w.add(sandbox.ConnectionSpec{Integration: "slack", ID: "x", Tags: map[string]string{"note": "two\nlines"}})
	w.at(refOf("slack", "x"))
	if reason := w.Action(EditTags).Disabled; !strings.Contains(reason, "note") {
		t.Errorf("the reason is %q", reason)
	}
}

func TestMetadataIsReplacedWithItsNumbersAndSecrets(t *testing.T) {
	w := acme(t).at(globexRef)
	w.Do(EditMetadata)
	w.See("9007199254740993", nango.Masked+" stands for a")
	w.NotSee("metadata-secret-1")
	text := w.form().Values()[fieldMetadata]
	w.form().Set(fieldMetadata, strings.Replace(text, "9007199254740993", "9007199254740995", 1))
	w.Do(screen.Submit)
	p := w.Proposal()
	if p.Call.Operation != nango.OpMetadataSet || !strings.Contains(p.Consequences[0], "Replaces all metadata") ||
		!strings.Contains(p.Before, "9007199254740993") || !strings.Contains(p.After, "9007199254740995") {
		t.Errorf("proposed %+v", p)
	}
	w.must(w.Confirm())
	var got map[string]json.RawMessage
	w.must(json.Unmarshal(w.stored(globexRef).Metadata, &got))
	if string(got["seats"]) != "9007199254740995" || string(got["api_key"]) != `"metadata-secret-1"` || len(got) != 3 {
		t.Errorf("the metadata is %s", w.stored(globexRef).Metadata)
	}
}

func TestMetadataIsMergedAtTheTop(t *testing.T) {
	w := acme(t).at(globexRef)
	w.Do(EditMetadata)
	w.form().Set(fieldMode, modeMerge)
	w.form().Set(fieldMetadata, `{"nested": {"b": 2}, "new": null}`)
	w.Do(screen.Submit)
	p := w.Proposal()
	if p.Call.Operation != nango.OpMetadataMerge || !strings.Contains(p.Consequences[0], "Merges at the top level only") {
		t.Errorf("proposed %+v", p)
	}
	for _, want := range []string{`"seats": 9007199254740993`, `"b": 2`, `"new": null`} {
		if !strings.Contains(p.After, want) {
			t.Errorf("%s is not in what will be there: %s", want, p.After)
		}
	}
	w.must(w.Confirm())
	var got, foretold any
	w.must(json.Unmarshal(w.stored(globexRef).Metadata, &got))
	w.must(json.Unmarshal([]byte(p.After), &foretold))
	if a, b := jsonOf(t, got), jsonOf(t, foretold); a != b {
		t.Errorf("foretold was %s, and there is %s", b, a)
	}
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestMetadataIsCheckedAsOneTypes(t *testing.T) {
	for text, want := range map[string]string{
		`[1]`:                          "must be a JSON object",
		`{"a":`:                        "not valid JSON",
		`{"a":"` + nango.Masked + `"}`: "the dots don't stand for a secret",
		``:                             "empty",
		`{"x":{"api_key":"••••••••"}}`: "the dots don't stand for a secret",
	} {
		acme(t).at(globexRef).refuses(EditMetadata, fieldMetadata, text, want)
	}
}

func TestTheWebhookOverrideIsSetAndRemoved(t *testing.T) {
	w := acme(t).at(globexRef)
	w.Do(EditWebhook)
	w.See("The current override is unknown")
	w.form().Set(fieldWebhook, "ftp://x")
	w.Do(screen.Submit)
	w.See("must be a URL")
	w.form().Set(fieldWebhook, "https://new.example.com/hook")
	w.Do(screen.Submit)
	if p := w.Proposal(); p.Title != "Set webhook override" || !strings.Contains(p.Consequences[0], "is unknown") {
		t.Errorf("proposed %+v", p)
	}
	w.must(w.Confirm())
	if got := w.stored(globexRef).WebhookURL; got != "https://new.example.com/hook" {
		t.Errorf("the override is %q", got)
	}
	w.must(w.server.Fail("hubspot", "Globex/1", sandbox.Heal))
	w.Do(Fetch)
	w.must(w.Confirm())
	w.Do(EditWebhook)
	w.See("https://new.example.com/hook")
	w.form().Set(fieldWebhook, "")
	w.Do(screen.Submit)
	if p := w.Proposal(); p.Title != "Remove webhook override" || p.Before != "https://new.example.com/hook" || p.After != "" {
		t.Errorf("proposed %+v", p)
	}
	w.must(w.Confirm())
	w.SeeLine("webhook override", "none")
	if got := w.stored(globexRef).WebhookURL; got != "" {
		t.Errorf("the override is %q", got)
	}
}

func TestFormsFitEveryTerminal(t *testing.T) {
	for _, id := range []screen.ActionID{EditTags, EditMetadata, EditWebhook} {
		w := acme(t).at(globexRef)
		w.Do(id)
		for _, size := range [][2]int{{20, 5}, {60, 10}, {80, 19}, {120, 35}} {
			w.Width, w.Height = size[0], size[1]
			w.Fits()
		}
		w.Paste(strings.Repeat("x", 2<<20))
		w.Fits()
	}
}
