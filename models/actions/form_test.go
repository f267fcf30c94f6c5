package actions

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

func TestRunAnAction(t *testing.T) {
	w := newWorld(t).form("create-contact")
	w.See("Makes a contact.", "Takes ContactInput", "returns Contact", "scopes contacts.write", globex)
	w.setInput(`{"email":"a@b.example"}`)
	w.Do(screen.Submit)
	p := w.Proposal()
	if p.Call.Operation != nango.OpActionRun || p.Call.Effect != nango.Runs || p.Title != "Run create-contact" ||
		!strings.Contains(p.About, globex) {
		t.Fatalf("proposed %+v", p)
	}
	if w.requestCount("POST", "/action/trigger") != 0 {
		t.Fatal("sent before the confirmation")
	}
	w.must(w.Confirm())
	w.See("✓ Returned", `"id": "c-1"`, "RESULT")
	if got := w.sentInput(); got != `{"email":"a@b.example"}` {
		t.Errorf("the server got %s", got)
	}
}

func TestTheFormKeepsItsValuesAfterACancel(t *testing.T) {
	w := newWorld(t).form("create-contact")
	w.setInput(`{"email":"a@b.example"}`)
	w.Do(screen.Submit)
	w.Decline()
	if _, ok := w.Screen.(*Form); !ok || len(w.history.runs) != 0 {
		t.Fatalf("after a cancel there are %d runs, and the screen is a %T", len(w.history.runs), w.Screen)
	}
	w.Do(screen.Submit)
	w.must(w.Confirm())
	if got := w.sentInput(); got != `{"email":"a@b.example"}` {
		t.Errorf("the server got %s", got)
	}
}

func TestMismatchesAreShownFirstAndSentTheSecondTime(t *testing.T) {
	w := newWorld(t).form("create-contact")
	w.setInput(`{"age":-1}`)
	w.Do(screen.Submit)
	if len(w.Proposals) != 0 {
		t.Fatal("proposed before the problems were shown")
	}
	w.See("2 values don't match the schema. Press ‹form.submit› again", "is required", "must be at least 0")
	w.FitsEverywhere()
	w.Do(screen.Submit)
	text := strings.Join(w.Proposal().Consequences, "\n")
	for _, want := range []string{"doesn't match the schema", "email is required", "age"} {
		if !strings.Contains(text, want) {
			t.Errorf("the dialog lacks %q:\n%s", want, text)
		}
	}
	w.Decline()
	w.setInput(`{"age":-2}`) // another input is checked again
	w.NotSee("again to send")
	w.Do(screen.Submit)
	if len(w.Proposals) != 0 {
		t.Error("another input was proposed before its problems were shown")
	}
}

func TestInvalidJSONIsNeverSent(t *testing.T) {
	w := newWorld(t).form("ping")
	w.setInput(`{"a":`)
	for range 3 {
		w.Do(screen.Submit)
	}
	if len(w.Proposals) != 0 {
		t.Fatal("proposed invalid JSON")
	}
}

func TestInputThatArrivesAsNullShowsAWarning(t *testing.T) {
	for _, input := range []string{`0`, `""`, `false`, `0.0`} {
		w := newWorld(t).form("ping")
		w.setInput(input)
		w.See("The function gets null")
		w.Do(screen.Submit)
		if len(w.Proposals) == 0 { // the schema says that it takes none
			w.Do(screen.Submit)
		}
		if text := strings.Join(w.Proposal().Consequences, "\n"); !strings.Contains(text, "The function gets null") {
			t.Errorf("%s: the dialog says\n%s", input, text)
		}
	}
	w := newWorld(t).form("ping")
	w.setInput(`null`)
	w.NotSee("The function gets null")
}

func TestLostDigitsShowAWarning(t *testing.T) {
	w := newWorld(t).form("create-contact")
	w.setInput(`{"email":"a@b.example","age":9007199254740993}`)
	lost := "age has too many digits: the server reads it as 9007199254740992"
	w.See(lost)
	w.Do(screen.Submit)
	if text := strings.Join(w.Proposal().Consequences, "\n"); !strings.Contains(text, "! "+lost) {
		t.Errorf("the dialog says\n%s", text)
	}
	w.must(w.Confirm())
	w.See(lost)
	w.Do(RunAgain)
	if text := strings.Join(w.Proposal().Consequences, "\n"); !strings.Contains(text, "! "+lost) {
		t.Errorf("the dialog says again\n%s", text)
	}
}

// The field of a secret hides what is typed, and the value is masked everywhere afterwards.
func TestSecretsInTheInputAreMasked(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.AddFunction(crm, sandbox.FunctionSpec{Kind: "action", Name: "sign-in", Input: "In",
		Output:      []byte(`{"said":"welcome, hush-hush-1"}`),
		Definitions: []byte(`{"In":{"type":"object","properties":{"api_key":{"type":"string"},"pin":{"type":"string","format":"password"}}}}`)}))
	w.form("sign-in")
	w.Type("hush-hush-1")
	w.press(tea.KeyTab)
	w.Type("hush-hush-2")
	w.NotSee("hush")
	w.Do(ToggleJSON)
	w.Do(EditInput)
	if len(w.Edits) > 0 || len(w.Toasts) != 2 || !strings.Contains(w.Toasts[1], "would show the secret api_key") {
		t.Errorf("the toasts are %q, and edited %d times", w.Toasts, len(w.Edits))
	}
	w.Do(screen.Submit)
	w.must(w.Confirm())
	w.See("✓ Returned", "welcome, ••••••")
	w.NotSee("hush")
	w.Do(ShowInput)
	w.See("pin")
	w.NotSee("hush")
	if got := w.sentInput(); got != `{"api_key":"hush-hush-1","pin":"hush-hush-2"}` {
		t.Errorf("the server got %s", got)
	}
}

func TestSelectAConnection(t *testing.T) {
	w := newWorld(t)
	w.open(NewForm(screen.To(FormRoute, crm, "ping"), w.history))
	w.See("No connection selected", "initech-31aa", globex)
	w.Do(screen.Submit)
	w.See("choose a connection or enter its ID")
	w.press(tea.KeyTab)
	w.Do(ToggleOptions)
	w.Do(ToggleOptions)
	w.Key(tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
	w.Key(tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
	w.press(tea.KeyDown)
	w.Do(screen.Submit)
	if ref := w.Proposal().Call.About; ref.ID == "" || ref.Integration != crm {
		t.Errorf("proposed on %v", ref)
	}
}

func TestTypeAConnection(t *testing.T) {
	w := newWorld(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/connections", Status: http.StatusForbidden, Body: `{"error":{"code":"forbidden"}}`})
	w.open(NewForm(screen.To(FormRoute, crm, "ping"), w.history))
	w.See("Couldn't load connections")
	w.press(tea.KeyTab)
	w.Type("acme/42")
	w.See("acme/42")
	w.Do(screen.Submit)
	if ref := w.Proposal().Call.About; ref.ID != "acme/42" {
		t.Errorf("proposed on %v", ref)
	}
}

func TestAPartialListOfConnectionsSaysSo(t *testing.T) {
	w := newWorld(t)
	for n := range screen.MaxChoices {
		_, err := w.server.AddConnection(sandbox.ConnectionSpec{Integration: crm, ID: fmt.Sprintf("c-%d", n)})
		w.must(err)
	}
	w.open(NewForm(screen.To(FormRoute, crm, "ping"), w.history))
	w.See("enter an ID: only the newest 100 are listed")
	w.FitsEverywhere()
}

func TestAnUnknownActionRunsWithJSON(t *testing.T) {
	w := newWorld(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/integrations", Status: http.StatusForbidden,
		Body: `{"error":{"code":"forbidden","message":"no"}}`})
	w.form("create-contact")
	w.See("Couldn't load the action", "403")
	if w.Action(ToggleJSON).Disabled == "" {
		t.Error("it offers fields that don't exist")
	}
	w.setInput(`{"email":"x@y.example"}`)
	w.Do(screen.Submit)
	w.must(w.Confirm())
	w.See("✓ Returned")
}

func TestUnsupportedSchemasLeaveJSON(t *testing.T) {
	deep := strings.Repeat(`{"type":"object","properties":{"a":`, 200) + `{"type":"string"}` + strings.Repeat(`}}`, 200)
	for name, definitions := range map[string]string{
		"wrong":     `{"In":{"type":"strnig","properties":{"a":{"type":7}}}}`,
		"recursive": `{"In":{"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#/definitions/In"}}}}}`,
		"itself":    `{"In":{"$ref":"#/definitions/In"}}`,
		"elsewhere": `{"In":{"$ref":"https://evil.example/schema"}}`,
		"missing":   `{"Out":{"type":"object"}}`,
		"deep":      `{"In":` + deep + `}`,
		"huge":      `{"In":{"type":"object","description":"` + strings.Repeat("x", 2<<20) + `"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.must(w.server.AddFunction(crm, sandbox.FunctionSpec{Kind: "action", Name: "odd", Input: "In",
				Definitions: []byte(definitions), Output: []byte(`true`)}))
			w.form("odd")
			w.FitsEverywhere()
			w.setInput(`{"a":"b"}`)
			w.FitsEverywhere()
			w.Do(screen.Submit)
			if len(w.Proposals) == 0 {
				w.Do(screen.Submit)
			}
			w.must(w.Confirm())
			w.See("✓ Returned")
			if got := w.sentInput(); got != `{"a":"b"}` {
				t.Errorf("the server got %s", got)
			}
		})
	}
}

func TestADisabledActionShowsAWarning(t *testing.T) {
	w := newWorld(t).form("old-search")
	w.See("is disabled")
	w.Do(screen.Submit)
	if text := strings.Join(w.Proposal().Consequences, "\n"); !strings.Contains(text, "is disabled") {
		t.Errorf("the dialog says\n%s", text)
	}
	if w.Confirm() == nil {
		t.Fatal("the server accepted it")
	}
	w.See("This action is disabled in Nango", "disabled_resource")
}

func TestInputErrorsAreShownAtTheirFields(t *testing.T) {
	w := newWorld(t).form("create-contact")
	w.setInput(`{"age":3}`)
	w.Do(screen.Submit)
	w.Do(screen.Submit)
	if w.Confirm() == nil {
		t.Fatal("the server accepted it")
	}
	w.See("invalid_action_input", "NANGO ERROR")
	w.Leave()
	w.See("Nango: Required")
}

func TestTheFormOfARunHasItsInput(t *testing.T) {
	w := newWorld(t).form("create-contact")
	w.setInput(`{"email":"first@b.example"}`)
	w.runInBackground(2)
	w.Do(screen.Submit)
	w.must(w.Confirm())
	w.Do(OtherInput)
	w.See("first@b.example", globex, "in the background, with")
	w.Do(screen.Submit)
	if p := w.Proposal(); p.Call.Operation != nango.OpActionStart || p.Call.Header.Get("X-Max-Retries") != "2" {
		t.Errorf("proposed %s %v", p.Call.Operation, p.Call.Header)
	}
}

func TestFormGoldens(t *testing.T) {
	for name, size := range map[string][2]int{"80x19": {80, 19}, "120x35": {120, 35}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).form("create-contact")
			w.Width, w.Height = size[0], size[1]
			golden.RequireEqual(t, w.View())
		})
	}
	t.Run("how", func(t *testing.T) {
		w := newWorld(t).form("create-contact")
		w.Do(ToggleOptions)
		golden.RequireEqual(t, w.View())
	})
}
