package main

import (
	"flag"
	"fmt"
	"go/format"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"nango-tui/internal/clean"
	"nango-tui/internal/config"
	"nango-tui/models"
	"nango-tui/models/screen"
)

var update = flag.Bool("update", false, "write docs/keys.md and docs/routes.md")

func readText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// checkGenerated compares a generated page with its file, or writes the file with -update.
func checkGenerated(t *testing.T, path, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if text, _ := os.ReadFile(path); string(text) != want {
		t.Errorf("%s is out of date: run go test . -run 'Keys|Routes' -update", path)
	}
}

func TestProfilesOfTheReadmeAreValid(t *testing.T) {
	_, rest, _ := strings.Cut(readText(t, "README.md"), "```yaml\n")
	example, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("the README has no example of profiles")
	}
	s, err := config.Parse("README.md", []byte(example), configRules())
	if err != nil || len(s.Profiles) < 3 {
		t.Errorf("%v, %v", s.Names(), err)
	}
}

func TestReadmeHasEveryFlag(t *testing.T) {
	text := readText(t, "README.md")
	for _, help := range [][]string{{"--help"}, {"sandbox", "--help"}} {
		var out strings.Builder
		var err error
		if help[0] == "sandbox" {
			_, err = parseSandboxOptions(help[1:], clean.NewWriter(&out))
		} else {
			_, err = parseOptions(help, clean.NewWriter(&out))
		}
		if err != errHelp {
			t.Fatal(err)
		}
		for _, flag := range regexp.MustCompile(`--[a-z-]+`).FindAllString(out.String(), -1) {
			if !strings.Contains(text, "`"+flag) {
				t.Errorf("%s is not in the README", flag)
			}
		}
	}
}

// routesHeader has ' for the backquotes of code.
const routesHeader = `# Routes

A route names a screen. Type one after ':', or start with it: 'nango-tui --open "connections?state=broken"'.
Names in a route are percent-encoded, so '/' in a name is '%2F'. 'KEY' is the key of an integration, 'ID' the id of a
connection. Parts in '[]' can be left out.

| Route | Opens |
|---|---|
`

func TestRoutesAreDocumented(t *testing.T) {
	routes := models.Routes()
	var page strings.Builder
	page.WriteString(strings.ReplaceAll(routesHeader, "'", "`"))
	for _, shape := range slices.Sorted(maps.Keys(routes)) {
		about := regexp.MustCompile(`\?[a-z.A-Z=]+`).ReplaceAllString(routes[shape], "`$0`")
		fmt.Fprintf(&page, "| `%s` | %s |\n", shape, about)
		name := shape[:strings.IndexAny(shape+"/", "/[?")]
		if !slices.ContainsFunc(walkRoutes(), func(r screen.Route) bool { return r.Name == name }) {
			t.Errorf("the walk through the keys has no route %s", name)
		}
	}
	page.WriteString("| `profile/NAME` | a switch to the profile; only after `:`, because `--profile` starts with one |\n")
	checkGenerated(t, "docs/routes.md", page.String())
}

// keySections are the sections of docs/keys.md: their titles, and the kinds of screens whose actions they list. Actions that
// many screens share come first, once. Where and route are for the palette, see [models.Elsewhere].
var keySections = []struct {
	title, where, route string
	screens             []string
}{
	{"Connections", "on the connections list", "connections", []string{"connections.List"}},
	{"A connection", "on a connection's page", "", []string{"connections.Detail"}},
	{"Plan and run of many changes", "in a plan to change many connections", "", []string{"bulk.Page"}},
	{"Runs", "on the list of runs of many changes", "bulk", []string{"bulk.List"}},
	{"A customer or an organization", "on a customer's list of connections", "", []string{"connections.Customer"}},
	{"Comparison", "on a comparison of two connections", "", []string{"connections.Compare", "connections.compareChoice"}},
	{"What changed", "on the list of what changed", "changes", []string{"connections.Changes"}},
	{"A webhook detour", "on the page of a webhook detour", "", []string{"connections.detourPage"}},
	{"JSON", "on a page of JSON", "", []string{"screen.JSONPage"}},
	{"Integrations", "on the integrations list", "integrations", []string{"integrations.List"}},
	{"An integration", "on an integration's page", "", []string{"integrations.Detail"}},
	{"The form of an integration", "in the form of an integration", "", []string{"integrations.CreateForm", "integrations.EditForm"}},
	{"Providers", "on the providers list", "providers", []string{"providers.List"}},
	{"A provider", "on a provider's page", "", []string{"providers.Detail"}},
	{"Form of a connect link", "in the form of a connect link", "link", []string{"sessions.LinkForm"}},
	{"Form of a reconnect link", "in the form of a reconnect link", "", []string{"sessions.Reconnect"}},
	{"A link", "on the page of a link", "", []string{"sessions.Page", "sessions.qrPage"}},
	{"Import of a connection", "in the form of an import", "import", []string{"connections.ImportForm", "connections.ImportChoice"}},
	{"Actions", "on an integration's list of actions", "", []string{"actions.List"}},
	{"Form of an action", "in the form of an action", "", []string{"actions.Form"}},
	{"Runs of actions", "on the list of runs", "runs", []string{"actions.Page", "actions.Runs"}},
	{"Syncs of a connection", "on a connection's list of syncs", "", []string{"syncs.List"}},
	{"A sync", "on a sync's page", "", []string{"syncs.Detail"}},
	{"Functions", "on an integration's list of functions", "", []string{"functions.List", "functions.templates"}},
	{"A function", "on a function's page", "", []string{"functions.Detail"}},
	{"Source code", "on a page of source code", "", []string{"functions.source", "functions.annotatedCode"}},
	{"Dry runs, deployments and compilations", "on the page of a dry run or deployment", "",
		[]string{"functions.runPage", "functions.compilation"}},
	{"Syncs of an integration", "on an integration's list of syncs", "", []string{"syncs.Fleet"}},
	{"Syncs of the environment", "on the list of all syncs", "all-syncs", []string{"syncs.All"}},
	{"Form of a proxied request", "in the form of a proxied request", "proxy",
		[]string{"proxy.Form", "proxy.ConnectionChoice", "proxy.CurlForm", "proxy.NameForm"}},
	{"Response of a provider", "on a provider's response", "",
		[]string{"proxy.ResponsePage", "proxy.headerPage", "proxy.DownloadForm", "screen.Save"}},
	{"Saved requests", "on the list of saved requests", "kept", []string{"proxy.SavedList"}},
	{"Models", "on a connection's list of models", "", []string{"records.ModelList"}},
	{"Records", "on a list of records", "", []string{"records.List", "records.form", "records.exportPage", "records.pruner"}},
	{"Environment", "on the environment page", "environment", []string{"environment.Page"}},
	{"Requests", "on the requests list", "requests", []string{"requests.List"}},
	{"Webhooks", "on the list of webhooks", "listen", []string{"listen.List"}},
	{"Journal", "on the journal", "journal", []string{"journal.List", "journal.Detail"}},
	{"Broken by cause", "on the list of causes", "causes", []string{"broken.List", "broken.groupPage"}},
	{"Logs", "on the list of logs", "logs", []string{"logs.List", "logs.chartPage"}},
	{"Doctor", "on the doctor's list", "doctor", []string{"doctor.List"}},
	{"Probe", "on a probe", "probe", []string{"proxy.Probe"}},
	{"Deliveries", "on the list of deliveries", "deliveries", []string{"logs.Deliveries"}},
	{"An operation of the logs", "on the page of an operation", "", []string{"logs.Operation", "logs.Message"}},
	{"Welcome", "on the welcome page", "", []string{"welcome.Welcome"}},
}

// keysHeader has ' for the backquotes of code.
const keysHeader = `# Keys

'?' lists the keys of the current screen, why an action is disabled, and the keys of other screens. 'ctrl+p' lists all
actions of the program. 'ctrl+c' quits from every screen. In the code, all keys are in 'keymap.go'.
`

func keysAreDocumented(t *testing.T, scopes scopes) {
	p := &keysPage{scopes: scopes, common: map[screen.ActionID]bool{}, listed: map[screen.ActionID]bool{}}
	p.text.WriteString(strings.ReplaceAll(keysHeader, "'", "`"))
	const list, filter, form = "connections.List", "connections.List" + whileTyping, "screen.Form" + whileTyping
	p.shared("Everywhere", p.actionsOf(list, func(action screen.Action) bool { return slices.Contains(appActions(), action.ID) }))
	p.shared("Moving", p.actionsOf(list, func(action screen.Action) bool { return action.Motion }))
	p.shared("Lists", p.actionsOf(list, isListAction))
	p.shared("While typing a filter", p.actionsOf(filter, isListAction))
	p.shared("Forms", p.actionsOf(form, isAnyAction))
	var elsewhere strings.Builder
	elsewhere.WriteString(elsewhereHeader)
	for _, section := range keySections {
		var actions []screen.Action
		for _, kind := range section.screens {
			actions = slices.Concat(actions, p.actionsOf(kind, isAnyAction), p.actionsOf(kind+whileTyping, isAnyAction))
		}
		p.section(section.title, actions)
		fmt.Fprintf(&elsewhere, "{Where: %q, Route: %q,\nScreens: %#v,\nActions: []models.ElsewhereAction{\n%s}},\n",
			section.where, section.route, section.screens, p.elsewhereRows(actions))
	}
	for name, s := range scopes {
		for _, action := range s.actions {
			if len(keymap()[action.ID]) > 0 && !p.listed[action.ID] {
				t.Errorf("keySections has no section for %s (%s)", name, action.ID)
			}
		}
	}
	checkGenerated(t, "docs/keys.md", p.text.String())
	source, err := format.Source([]byte(elsewhere.String() + "}\n"))
	if err != nil {
		t.Fatal(err)
	}
	checkGenerated(t, "elsewhere.go", string(source))
}

const elsewhereHeader = `// Code generated by go test . -run Keys -update. DO NOT EDIT.

package main

import "nango-tui/models"

// elsewhere has the actions of every kind of screen, for the palette and the help of the others.
var elsewhere = []models.Elsewhere{
`

// elsewhereRows are the rows of a section in the generated table, without the actions that many screens share.
func (p *keysPage) elsewhereRows(actions []screen.Action) string {
	var rows strings.Builder
	listed := map[screen.ActionID]bool{}
	for _, action := range actions {
		if !p.common[action.ID] && !action.Motion && !listed[action.ID] {
			listed[action.ID] = true
			fmt.Fprintf(&rows, "{ID: %q, Title: %q", action.ID, action.Title)
			if action.Operation != "" {
				fmt.Fprintf(&rows, ", Operation: %q", action.Operation)
			}
			rows.WriteString("},\n")
		}
	}
	return rows.String()
}

// keysPage writes docs/keys.md.
type keysPage struct {
	scopes scopes
	// common are the actions of shared sections, listed the actions of all sections.
	common, listed map[screen.ActionID]bool
	text           strings.Builder
}

func (p *keysPage) actionsOf(kind string, belongs func(screen.Action) bool) []screen.Action {
	var actions []screen.Action
	if s := p.scopes[kind]; s != nil {
		for _, action := range s.actions {
			if belongs(action) {
				actions = append(actions, action)
			}
		}
	}
	return actions
}

// shared writes a section of actions that many screens share; their own sections leave them out.
func (p *keysPage) shared(title string, actions []screen.Action) {
	p.section(title, actions)
	for _, action := range actions {
		p.common[action.ID] = true
	}
}

func (p *keysPage) section(title string, actions []screen.Action) {
	var rows []string
	for _, action := range actions {
		if keys := keymap()[action.ID]; len(keys) > 0 && !p.common[action.ID] {
			p.listed[action.ID] = true
			if row := fmt.Sprintf("| %s | %s |\n", asCode(keys), action.Title); !slices.Contains(rows, row) {
				rows = append(rows, row)
			}
		}
	}
	fmt.Fprintf(&p.text, "\n## %s\n\n| Key | Action |\n|---|---|\n%s", title, strings.Join(rows, ""))
}

func isAnyAction(screen.Action) bool { return true }

// isListAction reports whether package screen gives the action to every list.
func isListAction(action screen.Action) bool {
	return strings.HasPrefix(string(action.ID), "list.") || strings.HasPrefix(string(action.ID), "filter.") || action.ID == screen.Refresh
}

func asCode(keys []string) string {
	quoted := make([]string, len(keys))
	for i, key := range keys {
		quoted[i] = "`" + strings.ReplaceAll(key, "|", `\|`) + "`" // a bar would end the cell
	}
	return strings.Join(quoted, " ")
}

// TestPathsInDocsExist checks the files and folders of this repository that the pages name in backticks.
func TestPathsInDocsExist(t *testing.T) {
	path := regexp.MustCompile("`((?:(?:docs|internal|models|nango|test|ui)/[a-zA-Z_/.-]+|[a-z_]+\\.go))`")
	for _, page := range []string{"README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/glossary.md", "docs/safety.md"} {
		for _, found := range path.FindAllStringSubmatch(readText(t, page), -1) {
			if name := found[1]; name != "texts.go" {
				if _, err := os.Stat(name); err != nil {
					t.Errorf("%s names %s: %v", page, name, err)
				}
			}
		}
	}
}

func TestSandboxAnswersLikeAKnownVersion(t *testing.T) {
	for arg, want := range map[string]string{"": "0.71.4", "--server=0.71.7": "0.71.7", "--server=0.72.0": "", "--server=": ""} {
		o, err := parseSandboxOptions(strings.Fields(arg), clean.NewWriter(io.Discard))
		if want != "" && (err != nil || o.server != want) {
			t.Errorf("%q: %q %v", arg, o.server, err)
		}
		if want == "" && (err == nil || err.Error() != "--server: expected 0.71.4 or 0.71.7") {
			t.Errorf("%q: %v", arg, err)
		}
	}
}
