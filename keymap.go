package main

import (
	"maps"
	"slices"

	"nango-tui/models"
	"nango-tui/models/actions"
	"nango-tui/models/connections"
	"nango-tui/models/connections/broken"
	"nango-tui/models/connections/bulk"
	"nango-tui/models/connections/incident"
	"nango-tui/models/doctor"
	env "nango-tui/models/environment"
	"nango-tui/models/functions"
	"nango-tui/models/integrations"
	"nango-tui/models/journal"
	"nango-tui/models/listen"
	"nango-tui/models/logs"
	"nango-tui/models/providers"
	"nango-tui/models/proxy"
	"nango-tui/models/records"
	"nango-tui/models/requests"
	"nango-tui/models/screen"
	"nango-tui/models/sessions"
	"nango-tui/models/syncs"
	"nango-tui/models/welcome"
)

// verb is something that a user does on many screens. It has the same keys on all of them.
type verb struct {
	name string
	keys []string
	// titles are how the titles of its actions begin; the longest that fits says which verb an action is.
	titles  []string
	actions []screen.ActionID
}

// verbs is the table of what keys mean. No key belongs to two verbs, and no screen uses one for something else.
var verbs = []verb{
	{"open", on("enter"), on("Open", "Create link", "Show this period"), ids(
		bulk.OpenRun, bulk.OpenTarget,
		connections.OpenLeft,
		connections.OpenConnection, connections.OpenRow, integrations.Open, integrations.OpenRow, actions.OpenAction, actions.OpenRun,
		functions.Open, functions.OpenRow, functions.RunOpen, functions.DeployTemplate, providers.Open, providers.OpenRow,
		sessions.OpenConnection, sessions.MakeReconnect, proxy.OpenSaved, syncs.Open, syncs.OpenFleetRow, syncs.OpenAll,
		syncs.Checkpoint, env.ShowKeys,
		records.OpenModel, records.OpenRecord, requests.OpenRequest, listen.OpenWebhook, journal.OpenEntry, welcome.Demo,
		doctor.OpenFinding, logs.OpenOperation, logs.OpenMessage, logs.ChartChoose, broken.OpenGroup, broken.OpenConnection)},
	{"filter", on("/"), on("Filter", "Search"), ids(screen.Filter, screen.JSONSearch, functions.CodeSearch)},
	{"sort", on("s"), on("Sort"), ids(screen.Sort)},
	{"columns", on("C"), on("Columns"), ids(screen.Columns)},
	{"views", on("v"), on("Saved views"), ids(screen.Views)},
	{"broken", on("b"), on("Broken"), ids(connections.BrokenOnly)},
	{"mark", on("space"), on("Mark"), ids(screen.Mark)},
	{"mark all", on("ctrl+a"), on("Mark all"), ids(screen.MarkAll)},
	{"clear marks", on("ctrl+x"), on("Clear marks"), ids(screen.ClearMarks)},
	{"refresh", on("r"), on("Reload", "Load all"), ids(screen.Refresh)},
	{"load more", on("+"), on("Load", "Continue"), ids(
		connections.OtherProfiles,
		connections.LiftBound, connections.FirstFailure, integrations.CountFarther, syncs.LoadOneByOne, syncs.LoadOne, records.LoadMore,
		doctor.CheckAll, logs.LoadMore, logs.LoadAnswers, logs.LoadMessages, broken.CheckMore)},
	{"stop", on("X"), on("Stop", "Revoke"), ids(
		actions.StopWaiting, syncs.StopLoading, sessions.Revoke, connections.StopDetour, bulk.Stop)},

	{"copy", on("y"), on("Copy"), ids(
		bulk.CopyReport,
		screen.JSONCopy, connections.Copy, integrations.Copy, integrations.CopyRow, actions.CopyName, functions.Copy, functions.CopyRow,
		functions.CodeCopy, functions.RunCopy, providers.Copy, providers.CopyRow, sessions.CopyLink, proxy.CopyHeader, syncs.Copy, env.Copy,
		records.Copy, requests.CopyRequest, journal.CopyEntry, welcome.CopyExample, logs.CopyOperation,
		logs.CopyMessage, broken.CopyGroup, doctor.CopyFinding, proxy.CopyProbe)},
	{"copy a part", on("Y"), on("Copy path", "Copy line", "Copy variable", "Copy previous"), ids(
		screen.JSONCopyPath, functions.CodeCopyLine, env.CopyName, sessions.CopyMetadata)},
	{"copy as curl", on("ctrl+y"), on("Copy as curl"), ids(
		integrations.CopyCurl, proxy.CopyCurl, proxy.CopyFormCurl, logs.CopyCurl)},
	{"JSON", on("J"), on("JSON", "Copy as JSON", "Show as JSON", "Show input", "Show result"), ids(
		integrations.CopyJSON, actions.ShowInput, functions.ShowAll, functions.RunResult, journal.ShowJSON, logs.ShowJSON)},
	{"reveal", on("V"), on("Reveal", "Show source", "Show models", "Show what", "Toggle preview"), ids(
		screen.JSONReveal, connections.Reveal, connections.Preview, integrations.Reveal, functions.Source, functions.RunSource,
		functions.ShowTemplate, sessions.LinkContent, env.Reveal)},
	{"save", on("w"), on("Save", "Export"), ids(
		connections.SaveSnapshot,
		proxy.SaveBody, records.Export, connections.Export, bulk.SaveReport, incident.Export)},
	{"save request", on("ctrl+k"), on("Save request"), ids(proxy.SaveRequest, proxy.SaveSentRequest)},

	{"edit", on("e"), on("Edit", "Rename"), ids(
		connections.Edit, integrations.Edit, actions.OtherInput, proxy.EditRequest, proxy.EditProbe, proxy.RenameSaved, syncs.Frequency)},
	{"edit tags", on("#"), on("Edit tags"), ids(connections.EditTags)},
	{"edit metadata", on("m"), on("Edit metadata"), ids(connections.EditMetadata)},
	{"new", on("N"), on("New", "Create", "Deploy template"), ids(
		integrations.New, providers.Make, functions.Templates, syncs.NewVariant, env.NewEnvironment)},
	{"import", on("I"), on("Import"), ids(connections.ImportConnection, integrations.Import)},
	{"delete", on("D"), on("Delete", "Prune"), ids(
		bulk.RemoveRun,
		connections.Delete, integrations.Delete, functions.Delete, proxy.DeleteSaved, syncs.DeleteVariant, env.Delete, records.Prune)},
	{"run", on("t"), on("Run", "Send again"), ids(
		bulk.Start, actions.OpenAction, actions.RunAgain, functions.Use, proxy.SendAgain, syncs.Trigger, logs.SendAgain,
		connections.Probe, proxy.RunProbe)},
	{"all", on("*"), on("Run or pause all", "Change many"), ids(syncs.RunOrPauseAll, connections.ChangeMany, broken.ChangeMany)},
	{"pause", on("p"), on("Pause"), ids(syncs.Pause)},
	{"resume", on("u"), on("Resume"), ids(syncs.Start, sessions.ResumeSyncs)},
	{"link", on("L"), on("Connect link", "New connect link", "Create connect link"), ids(
		models.NewLink, connections.LinkFor, integrations.NewLink)},
	{"reconnect", on("R"), on("Reconnect"), ids(connections.Reconnect, broken.Reconnect)},
	{"refresh token", on("F"), on("Refresh token", "Rotate"), ids(connections.ForceRefresh, env.Rotate)},
	{"keys", on("K"), on("Credentials", "Fetch connection", "Read connection", "New API key"), ids(
		connections.Fetch, connections.FetchSide, sessions.FetchConnection, sessions.ReadConnection, env.NewKey)},

	{"connections", on("c"), on("Connections", "Open connection", "Other connection"), ids(
		integrations.Connections, syncs.OpenConnection, sessions.OpenConnection, proxy.UseSavedElsewhere,
		proxy.OtherHealthy, logs.OpenConnection)},
	{"integration", on("i"), on("Integrations", "Open integration"), ids(
		connections.OpenIntegration, providers.Integrations, logs.OpenIntegration, broken.OpenIntegration,
		doctor.OpenIntegration)},
	{"syncs", on("S"), on("Syncs", "Open syncs"), ids(
		connections.Syncs, integrations.Syncs, functions.OpenSyncs, syncs.OpenIntegrationSyncs)},
	{"records", on("d"), on("Records"), ids(connections.Records)},
	{"actions", on("a"), on("Actions"), ids(connections.OpenActions, integrations.OpenActions)},
	{"functions", on("f"), on("Functions", "Open function", "Open all functions"), ids(
		integrations.OpenFunctions, functions.All, syncs.OpenFunction, connections.OpenFunction)},
	{"proxy", on("H"), on("Proxy"), ids(connections.Proxy)},
	{"logs", on("l"), on("Logs"), ids(
		logs.ShowOperations, connections.Logs, integrations.Logs, syncs.Logs, broken.Logs)},
	{"docs", on("O"), on("Open docs", "Open provider docs"), ids(integrations.Docs, providers.Docs)},
	{"all of a customer", on("U"), on("Show all of this customer"), ids(connections.AllOfCustomer)},
	{"all of an integration", on("="), on("Show all of this integration"), ids(connections.AllOfIntegration)},
}

func on(texts ...string) []string                      { return texts }
func ids(actions ...screen.ActionID) []screen.ActionID { return actions }

// keymap returns all keys of the program: those of the verbs, and those that only a few screens have. A screen may bind esc, which
// is also App's key for going back, and no other key of App.
func keymap() models.Keymap {
	keys := maps.Clone(ownKeys)
	for _, v := range verbs {
		for _, id := range v.actions {
			keys[id] = slices.Concat(keys[id], v.keys)
		}
	}
	return keys
}

// ownKeys are the keys of App, of lists, forms and texts, and those that mean something on one kind of screen only.
var ownKeys = models.Keymap{
	models.Back:         {"esc"},
	models.Quit:         {"q"},
	models.Help:         {"?"},
	models.Palette:      {"ctrl+p"},
	models.GoTo:         {":"},
	models.Connections:  {"1"},
	models.Integrations: {"2"},
	models.AllSyncs:     {"3"},
	models.Logs:         {"4"},
	models.Providers:    {"5"},
	models.Environment:  {"6"},
	models.Requests:     {"7"},
	models.Journal:      {"8"},
	models.Causes:       {"9"},
	models.OpenWatch:    {"W"},
	models.Switch:       {"P"},
	models.Arm:          {"A"},
	models.ErrorDetails: {"E"},
	models.ErrorDismiss: {"x"},
	models.TryNow:       {"T"},
	models.Suspend:      {"ctrl+z"},
	models.Mouse:        {"M"},
	models.Dashboard:    {"o"},

	integrations.CopyCallback: {"ctrl+y"},

	connections.ShowEqual:    {"h"},
	connections.CompareSince: {"h"},

	screen.Up:             {"up", "k"},
	screen.Down:           {"down", "j"},
	screen.PageUp:         {"pgup", "ctrl+b"},
	screen.PageDown:       {"pgdown", "ctrl+f"},
	screen.Top:            {"home", "g"},
	screen.Bottom:         {"end", "G"},
	screen.ClearFilter:    {"esc"},
	screen.HalfUp:         {"ctrl+u"},
	screen.HalfDown:       {"ctrl+d"},
	screen.FilterDone:     {"enter"},
	screen.FilterDrop:     {"esc"},
	screen.FilterUp:       {"up"},
	screen.FilterDown:     {"down"},
	screen.FilterComplete: {"tab"},
	screen.Submit:         {"ctrl+s"},
	screen.SubmitLast:     {"enter"},
	screen.LeaveForm:      {"esc"},

	// Those of a text, JSON or code, which are those of less.
	screen.JSONToggle:      {"enter", "space"},
	screen.JSONFold:        {"-"},
	screen.JSONUnfold:      {"+"},
	screen.JSONNext:        {"n"},
	screen.JSONPrevious:    {"N"},
	screen.JSONWrap:        {"z"},
	screen.JSONQuery:       {"|"},
	functions.CodeNext:     {"n"},
	functions.CodePrevious: {"N"},
	functions.CodeWrap:     {"z"},

	// Those of forms, where letters are text.
	connections.ImportRead:  {"ctrl+r"},
	actions.ToggleOptions:   {"ctrl+o"},
	actions.ToggleJSON:      {"ctrl+t"},
	actions.EditInput:       {"ctrl+e"},
	proxy.SendOnEnter:       {"enter"},
	proxy.CompletePath:      {"ctrl+n"},
	proxy.EditBody:          {"ctrl+e"},
	proxy.PasteCurl:         {"ctrl+l"},
	proxy.UseSaved:          {"ctrl+r"},
	proxy.ShowNangoResponse: {"ctrl+o"},
	proxy.PickFromList:      {"ctrl+l"},

	connections.EditWebhook: {"h"},
	actions.ShowRuns:        {"h"},
	actions.KeepWaiting:     {"h"},
	functions.LocalFile:     {"B"},
	sessions.ShowQR:         {"Q"},
	proxy.Headers:           {"h"},
	records.TypeModel:       {"h"},
	records.OtherModel:      {"h"},
	records.Expression:      {"|"},
	records.QueryServer:     {"Q"},
	records.QueryAll:        {"B"},
	bulk.TakeOut:            {"-"},
	bulk.LookUp:             {"B"},
	logs.Period:             {"h"},
	logs.Follow:             {">"},
	logs.Chart:              {"B"},
	logs.ChartLeft:          {"left"},
	logs.ChartRight:         {"right"},
	journal.OpenSubject:     {">"},
	journal.LookUp:          {"B"},
	journal.MarkChecked:     {"h"},
	journal.Undo:            {"z"},
}
