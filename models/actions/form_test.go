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

func TestAnActionIsRunByItsForm(t *testing.T) {
	w := newWorld(t).form("create-contact")
	w.See("Makes a contact.", "Takes ContactInput", "returns Contact", "scopes contacts.write", globex)
	w.writes(`{"email":"a@b.example"}`)
	w.Do(screen.Submit)
	p := w.Proposal()
	if p.Call.Operation != nango.OpActionRun || p.Call.Effect != nango.Runs || p.Title != "Run create-contact" ||
		!strings.Contains(p.About, globex) {
		t.Fatalf("proposed %+v", p)
	}
	if w.asked("POST", "/action/trigger") != 0 {
		t.Fatal("sent before the yes")
	}
	w.must(w.Confirm())
	w.See("✓ Returned", `"id": "c-1"`, "RESULT")
	if got := w.sentInput(); got != `{"email":"a@b.example"}` {
		t.Errorf("the server got %s", got)
	}
}

func TestAfterANoTheFormIsAsItWasTyped(t *testing.T) {
	w := newWorld(t).form("create-contact")
	w.writes(`{"email":"a@b.example"}`)
	w.Do(screen.Submit)
	w.Decline()
	if _, ok := w.Screen.(*Form); !ok || len(w.history.runs) != 0 {
		t.Fatalf("after a no there are %d runs, and the screen is a %T", len(w.history.runs), w.Screen)
	}
	w.Do(screen.Submit)
	w.must(w.Confirm())
	if got := w.sentInput(); got != `{"email":"a@b.example"}` {
		t.Errorf("the server got %s", got)
	}
}

func TestWhatDoesNotFitTheSchemaIsShownFirstAndSentTheSecondTime(t *testing.T) {
	w := newWorld(t).form("create-contact")
	w.writes(`{"age":-1}`)
	w.Do(screen.Submit)
	if len(w.Proposals) != 0 {
		t.Fatal("proposed before the problems were shown")
	}
	w.See("2 things do not fit the schema. ‹form.submit› once more sends it", "is required", "must be at least 0")
	w.FitsEverywhere()
	w.Do(screen.Submit)
	goes := strings.Join(w.Proposal().Consequences, "\n")
	for _, want := range []string{"does not fit the schema", "email is required", "age"} {
		if !strings.Contains(goes, want) {
			t.Errorf("the dialog does not say %q:\n%s", want, goes)
		}
	}
	w.Decline()
	w.writes(`{"age":-2}`) // another input is looked at anew
	w.NotSee("once more sends it")
	w.Do(screen.Submit)
	if len(w.Proposals) != 0 {
		t.Error("another input was proposed before its problems were shown")
	}
}

func TestWhatIsNoJSONIsNeverSent(t *testing.T) {
	w := newWorld(t).form("ping")
	w.writes(`{"a":`)
	for range 3 {
		w.Do(screen.Submit)
	}
	if len(w.Proposals) != 0 {
		t.Fatal("proposed a text that is no JSON")
	}
}

func TestInputThatArrivesAsNullIsSaidBeforeItIsSent(t *testing.T) {
	for _, input := range []string{`0`, `""`, `false`, `0.0`} {
		w := newWorld(t).form("ping")
		w.writes(input)
		w.See("The function sees null")
		w.Do(screen.Submit)
		if len(w.Proposals) == 0 { // its schema says that it takes none
			w.Do(screen.Submit)
		}
		if goes := strings.Join(w.Proposal().Consequences, "\n"); !strings.Contains(goes, "The function sees null") {
			t.Errorf("%s: the dialog says\n%s", input, goes)
		}
	}
	w := newWorld(t).form("ping")
	w.writes(`null`)
	w.NotSee("The function sees null")
}

func TestDigitsThatGetLostAreSaidBeforeItIsSent(t *testing.T) {
	w := newWorld(t).form("create-contact")
	w.writes(`{"email":"a@b.example","age":9007199254740993}`)
	lost := "age has too many digits: the server reads it as 9007199254740992"
	w.See(lost)
	w.Do(screen.Submit)
	if goes := strings.Join(w.Proposal().Consequences, "\n"); !strings.Contains(goes, "! "+lost) {
		t.Errorf("the dialog says\n%s", goes)
	}
	w.must(w.Confirm())
	w.See(lost)
	w.Do(RunAgain)
	if goes := strings.Join(w.Proposal().Consequences, "\n"); !strings.Contains(goes, "! "+lost) {
		t.Errorf("the dialog says again\n%s", goes)
	}
}

// What sounds like a secret is typed unseen, and is hidden wherever it turns up from then on.
func TestASecretInTheInputIsNotDrawn(t *testing.T) {
	w := newWorld(t)
	w.must(w.server.AddFunction(crm, sandbox.FunctionSpec{Kind: "action", Name: "sign-in", Input: "In",
		Output:      []byte(`{"said":"welcome, hush-hush-1"}`),
		Definitions: []byte(`{"In":{"type":"object","properties":{"api_key":{"type":"string"},"pin":{"type":"string","format":"password"}}}}`)}))
	w.form("sign-in")
	w.Type("hush-hush-1")
	w.press(tea.KeyTab)
	w.Type("hush-hush-2")
	w.NotSee("hush")
	w.Do(WriteJSON)
	w.Do(EditInput)
	if len(w.Edits) > 0 || len(w.Toasts) != 2 || !strings.Contains(w.Toasts[1], "The secret api_key could be read") {
		t.Errorf("told %q, and edited %d times", w.Toasts, len(w.Edits))
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

func TestTheConnectionIsChosenWhereTheRouteNamesNone(t *testing.T) {
	w := newWorld(t)
	w.open(NewForm(screen.To(FormRoute, crm, "ping"), w.history))
	w.See("No connection is chosen yet", "initech-31aa", globex)
	w.Do(screen.Submit)
	w.See("choose a connection or enter its ID")
	w.press(tea.KeyTab)
	w.Do(ChooseHow)
	w.Do(ChooseHow)
	w.Key(tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
	w.Key(tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
	w.press(tea.KeyDown)
	w.Do(screen.Submit)
	if ref := w.Proposal().Call.About; ref.ID == "" || ref.Integration != crm {
		t.Errorf("proposed on %v", ref)
	}
}

func TestTheConnectionIsTyped(t *testing.T) {
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

func TestAsManyConnectionsAsAreOfferedSaySo(t *testing.T) {
	w := newWorld(t)
	for n := range screen.MaxChoices {
		_, err := w.server.AddConnection(sandbox.ConnectionSpec{Integration: crm, ID: fmt.Sprintf("c-%d", n)})
		w.must(err)
	}
	w.open(NewForm(screen.To(FormRoute, crm, "ping"), w.history))
	w.See("enter an ID: only the newest 100 are listed")
	w.FitsEverywhere()
}

func TestAnActionThatCannotBeReadIsRunWithJSON(t *testing.T) {
	w := newWorld(t)
	w.server.Inject(sandbox.Fault{PathPrefix: "/integrations", Status: http.StatusForbidden,
		Body: `{"error":{"code":"forbidden","message":"no"}}`})
	w.form("create-contact")
	w.See("What it needs cannot be read", "403")
	if w.Action(WriteJSON).Disabled == "" {
		t.Error("it offers fields that it has not")
	}
	w.writes(`{"email":"x@y.example"}`)
	w.Do(screen.Submit)
	w.must(w.Confirm())
	w.See("✓ Returned")
}

func TestOddSchemasLeaveJSON(t *testing.T) {
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
			w.writes(`{"a":"b"}`)
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

func TestWhatIsSwitchedOffIsSaidSo(t *testing.T) {
	w := newWorld(t).form("old-search")
	w.See("switched off")
	w.Do(screen.Submit)
	if goes := strings.Join(w.Proposal().Consequences, "\n"); !strings.Contains(goes, "switched off") {
		t.Errorf("the dialog says\n%s", goes)
	}
	if w.Confirm() == nil {
		t.Fatal("the server took it")
	}
	w.See("Nango has this action switched off", "disabled_resource")
}

func TestWhatNangoRefusesOfTheInputStandsAtItsField(t *testing.T) {
	w := newWorld(t).form("create-contact")
	w.writes(`{"age":3}`)
	w.Do(screen.Submit)
	w.Do(screen.Submit)
	if w.Confirm() == nil {
		t.Fatal("the server took it")
	}
	w.See("invalid_action_input", "WHAT NANGO SAID")
	w.Leave()
	w.See("Nango says: Required")
}

func TestTheFormOfARunBeginsWithItsInput(t *testing.T) {
	w := newWorld(t).form("create-contact")
	w.writes(`{"email":"first@b.example"}`)
	w.byItself(2)
	w.Do(screen.Submit)
	w.must(w.Confirm())
	w.Do(OtherInput)
	w.See("first@b.example", globex, "in the background, after a")
	w.Do(screen.Submit)
	if p := w.Proposal(); p.Call.Operation != nango.OpActionStart || p.Call.Header.Get("X-Max-Retries") != "2" {
		t.Errorf("proposed %s %v", p.Call.Operation, p.Call.Header)
	}
}

func TestLooksOfTheForm(t *testing.T) {
	for name, size := range map[string][2]int{"80x19": {80, 19}, "120x35": {120, 35}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).form("create-contact")
			w.Width, w.Height = size[0], size[1]
			golden.RequireEqual(t, w.View())
		})
	}
	t.Run("how", func(t *testing.T) {
		w := newWorld(t).form("create-contact")
		w.Do(ChooseHow)
		golden.RequireEqual(t, w.View())
	})
}
