package main

import (
	"nango-tui/models"
	"nango-tui/models/connections"
	env "nango-tui/models/environment"
	"nango-tui/models/integrations"
	"nango-tui/models/logs"
	"nango-tui/models/providers"
	"nango-tui/models/proxy"
	"nango-tui/models/screen"
	"nango-tui/models/sessions"
	"nango-tui/models/welcome"
)

// keymap is every key of the program. Two actions may share a key where they never compete for it: they stand on
// different screens. A screen may take esc from App, and no other key.
func keymap() models.Keymap {
	return models.Keymap{
		models.Back:         {"esc"},
		models.Quit:         {"q"},
		models.Help:         {"?"},
		models.Palette:      {"ctrl+p"},
		models.GoTo:         {":"},
		models.Connections:  {"1"},
		models.Integrations: {"2"},
		models.Requests:     {"3"},
		models.Providers:    {"4"},
		models.Environment:  {"5"},
		models.NewLink:      {"L"},
		models.Waited:       {"W"},
		models.Switch:       {"P"},
		models.Arm:          {"A"},
		models.ErrorDetails: {"E"},
		models.ErrorDismiss: {"x"},
		models.Suspend:      {"ctrl+z"},
		models.Mouse:        {"M"},

		screen.Up:          {"up", "k"},
		screen.Down:        {"down", "j"},
		screen.PageUp:      {"pgup", "ctrl+b"},
		screen.PageDown:    {"pgdown", "ctrl+f"},
		screen.Top:         {"home", "g"},
		screen.Bottom:      {"end", "G"},
		screen.Refresh:     {"r"},
		screen.Filter:      {"/"},
		screen.ClearFilter: {"esc", "ctrl+u"},
		screen.Sort:        {"s"},
		screen.Reverse:     {"S"},
		screen.FilterDone:  {"enter"},
		screen.FilterDrop:  {"esc"},
		screen.FilterUp:    {"up"},
		screen.FilterDown:  {"down"},
		screen.Submit:      {"ctrl+s"},

		screen.JSONToggle:   {"enter", "space"},
		screen.JSONFold:     {"-"},
		screen.JSONUnfold:   {"+"},
		screen.JSONSearch:   {"/"},
		screen.JSONNext:     {"n"},
		screen.JSONPrevious: {"N"},
		screen.JSONCopy:     {"y"},
		screen.JSONCopyPath: {"Y"},
		screen.JSONWrap:     {"w"},
		screen.JSONReveal:   {"v"},

		connections.OpenConnection:   {"enter"},
		connections.Reconnect:        {"R"},
		connections.Copy:             {"y"},
		connections.Delete:           {"D"},
		connections.BrokenOnly:       {"b"},
		connections.AllOfCustomer:    {"u"},
		connections.AllOfIntegration: {"i"},
		connections.OpenIntegration:  {"I"},
		connections.LinkFor:          {"n"},
		connections.Mark:             {"space"},
		connections.MarkAll:          {"ctrl+a"},
		connections.ClearMarks:       {"ctrl+x"},
		connections.Preview:          {"v"},
		connections.LiftBound:        {"+"},
		connections.OpenRow:          {"enter"},
		connections.Fetch:            {"c"},
		connections.ForceRefresh:     {"F"},
		connections.Edit:             {"e"},
		connections.EditTags:         {"t"},
		connections.EditMetadata:     {"m"},
		connections.EditWebhook:      {"w"},
		connections.Reveal:           {"v"},
		connections.Proxy:            {"p"},
		connections.ImportConnection: {"m"},
		connections.ImportRead:       {"ctrl+r"},
		connections.ImportLeave:      {"esc"},

		integrations.Open:         {"enter"},
		integrations.Connections:  {"c"},
		integrations.NewLink:      {"n"},
		integrations.Import:       {"m"},
		integrations.Copy:         {"y"},
		integrations.Delete:       {"D"},
		integrations.CountFarther: {"+"},
		integrations.OpenRow:      {"enter"},
		integrations.CopyRow:      {"y"},
		integrations.Reveal:       {"v"},
		integrations.Docs:         {"o"},
		integrations.CopyJSON:     {"J"},
		integrations.CopyCurl:     {"C"},
		integrations.New:          {"N"},
		integrations.Edit:         {"e"},

		providers.Open:         {"enter"},
		providers.Make:         {"n"},
		providers.Integrations: {"i"},
		providers.Copy:         {"y"},
		providers.Docs:         {"o"},
		providers.OpenRow:      {"enter"},
		providers.CopyRow:      {"y"},

		sessions.SubmitLast:     {"enter"},
		sessions.MakeReconnect:  {"enter"},
		sessions.ReadWhole:      {"c"},
		sessions.CopyLink:       {"y"},
		sessions.ShowQR:         {"Q"},
		sessions.Revoke:         {"X"},
		sessions.OpenConnection: {"enter"},
		sessions.Look:           {"c"},
		sessions.CopyMetadata:   {"m"},
		sessions.LeaveForm:      {"esc"},

		proxy.SendHere:     {"enter"},
		proxy.Complete:     {"ctrl+n"},
		proxy.EditBody:     {"ctrl+e"},
		proxy.ShowAnyway:   {"ctrl+o"},
		proxy.Leave:        {"esc"},
		proxy.ChooseInList: {"ctrl+l"},
		proxy.SendAgain:    {"R"},
		proxy.EditAgain:    {"e"},
		proxy.Headers:      {"h"},
		proxy.CopyHeader:   {"y"},
		proxy.Save:         {"s"},
		proxy.CopyCurl:     {"C"},

		env.Reveal:         {"v"},
		env.Copy:           {"y"},
		env.CopyName:       {"Y"},
		env.Rotate:         {"R"},
		env.NewEnvironment: {"N"},
		env.NewKey:         {"n"},
		env.Delete:         {"D"},

		logs.OpenRequest: {"enter"},
		logs.CopyRequest: {"y"},

		welcome.Demo:        {"d"},
		welcome.CopyExample: {"y"},
	}
}
