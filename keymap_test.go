package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"nango-tui/models"
	"nango-tui/models/screen"
)

var update = flag.Bool("update", false, "write what the README takes from the program: its list of keys, its pictures")

// appsOwn are the actions of App itself, which are on every screen.
func appsOwn() []screen.ActionID {
	return []screen.ActionID{
		models.Back, models.Help, models.Palette, models.GoTo, models.Connections, models.Integrations, models.Requests, models.Providers, models.Environment,
		models.NewLink, models.OpenWatch, models.Switch, models.Arm, models.ErrorDetails, models.ErrorDismiss, models.Mouse, models.Suspend, models.Quit,
	}
}

// The keys are held against the program itself: a walk through it finds its screens and what can be done there.
func TestKeys(t *testing.T) {
	scopes := walkKeys(t)
	t.Run("reach every action", func(t *testing.T) { keysReachEveryAction(t, scopes) })
	t.Run("stand for one action", func(t *testing.T) { keysStandForOneAction(t, scopes) })
	t.Run("lead somewhere", func(t *testing.T) { keysLeadSomewhere(t, scopes) })
	t.Run("are listed in the README", func(t *testing.T) { keysAreListed(t, scopes) })
}

func keysReachEveryAction(t *testing.T, scopes scopes) {
	keys := keymap()
	for name, s := range scopes {
		for _, action := range s.actions {
			inThePalette := !s.typing && !action.Motion
			if len(keys[action.ID]) == 0 && !inThePalette {
				t.Errorf("%s: %q (%s) has no key and stands in no palette", name, action.Title, action.ID)
			}
			if s.typing && !s.withoutTyping && !action.WhileTyping && !slices.Contains(appsOwn(), action.ID) {
				t.Errorf("%s: keys are always text there, and %q (%s) is not made for that", name, action.Title, action.ID)
			}
		}
	}
}

// A screen may take esc from App, and no other key.
func keysStandForOneAction(t *testing.T, scopes scopes) {
	keys := keymap()
	for name, s := range scopes {
		taken := map[string]screen.ActionID{}
		for _, action := range s.actions {
			if s.typing && !action.WhileTyping {
				continue
			}
			for _, key := range keys[action.ID] {
				if other, twice := taken[key]; twice && !(key == "esc" && action.ID == models.Back) {
					t.Errorf("%s: %s stands for %s and for %s", name, key, other, action.ID)
				}
				taken[key] = action.ID
			}
		}
	}
}

func keysLeadSomewhere(t *testing.T, scopes scopes) {
	used := map[screen.ActionID]bool{}
	for _, s := range scopes {
		for _, action := range s.actions {
			used[action.ID] = true
		}
	}
	for id, keys := range keymap() {
		if !used[id] {
			t.Errorf("%v is bound to %s, which no screen has", keys, id)
		}
		for _, key := range keys {
			if key == "ctrl+c" {
				t.Errorf("%s takes ctrl+c, which always ends the program", id)
			}
		}
	}
}

// The line that goes places offers them all: each is in the README, and a walk begins there.
func TestTheReadmeNamesEveryRoute(t *testing.T) {
	p := newWalked(t, step{open: screen.To("connections")})
	defer p.end()
	p.send(keyNamed(":"))
	offered := regexp.MustCompile(`│ +([a-z-]+(?:[/A-Z\[\]?=a-z]+)?)  `).FindAllStringSubmatch(ansi.Strip(p.app.View().Content), -1)
	if len(offered) < 5 {
		t.Fatalf("the places were not found on the screen:\n%s", ansi.Strip(p.app.View().Content))
	}
	text := readText(t, "README.md")
	for _, place := range offered {
		name := place[1][:strings.IndexAny(place[1]+"/", "/[?")]
		if !slices.ContainsFunc(walkRoutes(), func(r screen.Route) bool { return r.Name == name }) {
			t.Errorf("the keys of %s are not looked at: no walk begins there", name)
		}
		if !strings.Contains(text, "\n| `"+place[1]+"` |") {
			t.Errorf("the README does not name %s", place[1])
		}
	}
}

// keyTables are the parts of the README's list: what they are called, and the kinds of screens whose actions they hold. What
// many screens have in common comes before, once.
var keyTables = []struct {
	title   string
	screens []string
}{
	{"Connections", []string{"connections.List"}},
	{"A connection", []string{"connections.Detail"}},
	{"JSON", []string{"screen.JSONPage"}},
	{"Integrations", []string{"integrations.List"}},
	{"An integration", []string{"integrations.Detail"}},
	{"Providers", []string{"providers.List"}},
	{"A provider", []string{"providers.Detail"}},
	{"Making a connect link", []string{"sessions.LinkForm"}},
	{"Making a reconnect link", []string{"sessions.Reconnect"}},
	{"A link that was made", []string{"sessions.Page", "sessions.qrPage"}},
	{"Importing a connection", []string{"connections.ImportForm", "connections.ImportChoice"}},
	{"Actions", []string{"actions.List"}},
	{"Running an action", []string{"actions.Form"}},
	{"A run, and the runs so far", []string{"actions.Page", "actions.Runs"}},
	{"Syncs of a connection", []string{"syncs.List"}},
	{"A sync", []string{"syncs.Detail"}},
	{"Functions", []string{"functions.List", "functions.templates"}},
	{"A function", []string{"functions.Detail"}},
	{"Source code", []string{"functions.source", "functions.markedCode"}},
	{"A dry run, a deployment, a compilation", []string{"functions.runPage", "functions.compilation"}},
	{"Syncs of an integration", []string{"syncs.Fleet"}},
	{"A request to a provider", []string{"proxy.Form", "proxy.ConnectionChoice", "proxy.CurlForm", "proxy.NameForm"}},
	{"A provider's answer", []string{"proxy.AnswerPage", "proxy.headerPage", "proxy.DownloadForm", "screen.Save"}},
	{"Kept requests", []string{"proxy.SavedList"}},
	{"Models", []string{"records.Choice"}},
	{"Records", []string{"records.List", "records.form", "records.exporting", "records.pruner"}},
	{"The environment", []string{"environment.Page"}},
	{"Requests", []string{"requests.List"}},
	{"Without a key", []string{"welcome.Welcome"}},
}

const (
	keysBegin = "<!-- keys -->\n"
	keysEnd   = "<!-- /keys -->"
)

func keysAreListed(t *testing.T, scopes scopes) {
	text := readText(t, "README.md")
	before, rest, begun := strings.Cut(text, keysBegin)
	listed, after, ended := strings.Cut(rest, keysEnd)
	if !begun || !ended {
		t.Fatalf("the README has no place for the keys, between %q and %q", keysBegin, keysEnd)
	}
	want := keysAsMarkdown(t, scopes)
	if listed == want {
		return
	}
	if !*update {
		t.Fatalf("the README's keys are not the program's; go test . -run Keys -update writes them:\n%s", want)
	}
	if err := os.WriteFile("README.md", []byte(before+keysBegin+want+keysEnd+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// keysAsMarkdown is the list of keys as the README has it.
func keysAsMarkdown(t *testing.T, scopes scopes) string {
	l := &keyList{scopes: scopes, common: map[screen.ActionID]bool{}, listed: map[screen.ActionID]bool{}}
	const list, filter, form = "connections.List", "connections.List" + whileTyping, "screen.Form" + whileTyping
	l.shared("Everywhere", l.of(list, func(action screen.Action) bool { return slices.Contains(appsOwn(), action.ID) }))
	l.shared("Moving", l.of(list, func(action screen.Action) bool { return action.Motion }))
	l.shared("Lists", l.of(list, ofAnyList))
	l.shared("While typing a filter", l.of(filter, ofAnyList))
	l.shared("Forms", l.of(form, ofAnyScreen))
	for _, part := range keyTables {
		var actions []screen.Action
		for _, kind := range part.screens {
			actions = slices.Concat(actions, l.of(kind, ofAnyScreen), l.of(kind+whileTyping, ofAnyScreen))
		}
		l.table(part.title, actions)
	}
	for name, s := range scopes {
		for _, action := range s.actions {
			if len(keymap()[action.ID]) > 0 && !l.listed[action.ID] {
				t.Errorf("the list of keys has no part for %s (%s)", name, action.ID)
			}
		}
	}
	return l.text.String() + "\n"
}

// keyList writes tables of keys.
type keyList struct {
	scopes scopes
	// common are the actions that stand in a table of their own, and listed all that stand in one.
	common, listed map[screen.ActionID]bool
	text           strings.Builder
}

func (l *keyList) of(kind string, belongs func(screen.Action) bool) []screen.Action {
	var actions []screen.Action
	if s := l.scopes[kind]; s != nil {
		for _, action := range s.actions {
			if belongs(action) {
				actions = append(actions, action)
			}
		}
	}
	return actions
}

// shared is a table of what many screens have in common; their own tables leave it out.
func (l *keyList) shared(title string, actions []screen.Action) {
	l.table(title, actions)
	for _, action := range actions {
		l.common[action.ID] = true
	}
}

func (l *keyList) table(title string, actions []screen.Action) {
	var rows []string
	for _, action := range actions {
		if keys := keymap()[action.ID]; len(keys) > 0 && !l.common[action.ID] {
			l.listed[action.ID] = true
			if row := fmt.Sprintf("| %s | %s |\n", asCode(keys), action.Title); !slices.Contains(rows, row) {
				rows = append(rows, row)
			}
		}
	}
	fmt.Fprintf(&l.text, "\n| %s | |\n|---|---|\n%s", title, strings.Join(rows, ""))
}

func ofAnyScreen(screen.Action) bool { return true }

// ofAnyList are the actions that package screen gives to every list.
func ofAnyList(action screen.Action) bool {
	return strings.HasPrefix(string(action.ID), "list.") || strings.HasPrefix(string(action.ID), "filter.") || action.ID == screen.Refresh
}

func asCode(keys []string) string {
	quoted := make([]string, len(keys))
	for i, key := range keys {
		quoted[i] = "`" + strings.ReplaceAll(key, "|", `\|`) + "`" // a bar would end the cell
	}
	return strings.Join(quoted, " ")
}
