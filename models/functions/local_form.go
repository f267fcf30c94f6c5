package functions

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

// Fields of the form.
const (
	fieldPath        = "path"
	fieldTask        = "what"
	fieldKind        = "function_type"
	fieldName        = "function_name"
	fieldVersion     = "version"
	fieldDestructive = "allow_destructive"
	fieldInput       = "input"
	fieldMetadata    = "metadata"
	fieldCheckpoint  = "checkpoint"
	fieldLastSync    = "last_sync_date"
)

// What the form can do with a file.
const (
	taskCompile = "compile"
	taskDryRun  = "dryrun"
	taskDeploy  = "deploy"
)

// localForm compiles, test-runs or deploys a local file.
type localForm struct {
	screen.Form
	list        *List
	connections screen.ConnectionChoice
	file        screen.Task[*file]
	submitted   form.Values
}

func newLocalForm(list *List) *localForm {
	s := &localForm{list: list}
	s.Form = screen.Form{Name: textTestOrDeployFile, Submit: s.submit, Paths: map[string]string{
		"code": fieldPath, "connection_id": screen.FieldConnection, fieldKind: fieldKind, fieldName: fieldName, fieldVersion: fieldVersion,
		fieldInput: fieldInput, fieldMetadata: fieldMetadata, fieldCheckpoint: fieldCheckpoint, fieldLastSync: fieldLastSync,
	}}
	s.Fields = form.New(s.fields()...)
	return s
}

// IsDirty reports whether the form has values that were not submitted.
func (s *localForm) IsDirty() bool {
	values := s.Fields.Values()
	return values[fieldPath] != "" && !maps.Equal(values, s.submitted)
}

// Refresh reloads the connections. Typed values stay.
func (s *localForm) Refresh(t *screen.Turn) {
	s.connections.Load(t, s.list.integration, s.Fields, func() {
		if screen.SelectedConnection(s.Fields.Values()) == "" {
			s.Fields.Set(screen.FieldConnection, s.connections.Healthy())
		}
	})
}

func (s *localForm) fields() []form.Field {
	return append([]form.Field{
		{ID: fieldPath, Title: "File", Check: checkPath, About: textAboutFile},
		{ID: fieldTask, Kind: form.Choice, Title: "What to do", Value: taskCompile, Rows: 3, Options: []form.Option{
			{Value: taskCompile, Title: textTaskCompile},
			{Value: taskDryRun, Title: textTaskDryRun},
			{Value: taskDeploy, Title: textTaskDeploy + s.list.integration},
		}},
		{ID: fieldKind, Kind: form.Choice, Title: "Type", Value: string(nango.SyncFunction), Rows: 2, Options: []form.Option{
			{Value: string(nango.SyncFunction), Title: "Sync"}, {Value: string(nango.ActionFunction), Title: "Action"},
		}, ShowIf: func(v form.Values) bool { return v[fieldTask] != taskCompile }},
		{ID: fieldName, Title: "Name", Check: nango.CheckFunctionName, ShowIf: does(taskDeploy), About: textAboutName},
		{ID: fieldVersion, Title: "Version", ShowIf: does(taskDeploy), About: textAboutVersion},
		{ID: fieldDestructive, Kind: form.YesNo, Title: "Allow removing models", ShowIf: does(taskDeploy), About: textAboutDestructive},
	}, runFields()...)
}

func does(task string) func(form.Values) bool {
	return func(v form.Values) bool { return v[fieldTask] == task }
}

func runs(kind nango.FunctionType) func(form.Values) bool {
	return func(v form.Values) bool { return v[fieldTask] == taskDryRun && v[fieldKind] == string(kind) }
}

func runFields() []form.Field {
	dry := does(taskDryRun)
	return append(screen.ConnectionFields("", textAboutConnection, dry), []form.Field{
		{ID: fieldInput, Kind: form.Lines, Title: "Input", Rows: 5, ShowIf: runs(nango.ActionFunction),
			About: textAboutInput, Check: form.Optional(checkInput)},
		{ID: fieldLastSync, Title: "Last sync", ShowIf: runs(nango.SyncFunction), Check: form.Optional(checkDate),
			About: textAboutLastSync},
		{ID: fieldCheckpoint, Kind: form.Lines, Title: "Checkpoint", Rows: 3, ShowIf: runs(nango.SyncFunction),
			About: textAboutCheckpoint, Check: form.Optional(checkObject)},
		{ID: fieldMetadata, Kind: form.Lines, Title: "Metadata", Rows: 3, ShowIf: dry,
			About: textAboutMetadata, Check: form.Optional(checkObject)},
	}...)
}

func checkInput(text string) error {
	if !json.Valid([]byte(text)) {
		return errors.New(textNotJSON)
	}
	return nango.CheckActionInput(json.RawMessage(text))
}

func checkObject(text string) error {
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &object); err != nil {
		return fmt.Errorf(textNotJSONObject, err)
	}
	return nil
}

var dateLayouts = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04", time.DateOnly}

func checkDate(text string) error {
	_, err := parseDate(text)
	return err
}

func parseDate(text string) (time.Time, error) {
	for _, layout := range dateLayouts {
		if at, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
			return at.UTC(), nil
		}
	}
	return time.Time{}, errors.New(textDateFormat)
}

var operations = map[string]screen.Action{
	taskCompile: {Title: "Compile", Operation: nango.OpFunctionCompile},
	taskDryRun:  {Title: "Start dry run", Operation: nango.OpDryRunStart},
	taskDeploy:  {Title: "Deploy", Operation: nango.OpDeploymentStart},
}

// Actions names the submit action by its operation.
func (s *localForm) Actions() []screen.Action {
	actions := s.Form.Actions()
	does := operations[s.Fields.Values()[fieldTask]]
	actions[0].Title, actions[0].Operation = does.Title, does.Operation
	if s.file.IsRunning() {
		actions[0].Disabled = textReadingFile
	}
	return actions
}

func (s *localForm) submit(t *screen.Turn, values form.Values) {
	if s.file.IsRunning() {
		return
	}
	s.file.Start(t, readFile(strings.TrimSpace(values[fieldPath])), func(t *screen.Turn) {
		switch {
		case s.file.Err != nil:
			s.Fields.SetError(fieldPath, s.file.Err.Error())
			return
		case values[fieldTask] == taskCompile:
			s.submitted = values
			t.Show(&compilation{code: s.file.Value})
			return
		}
		switch err := s.file.Value.checkKind(nango.FunctionType(values[fieldKind])); {
		case err != nil:
			s.Fields.SetError(fieldKind, err.Error())
		case values[fieldTask] == taskDryRun:
			s.dryRun(t, s.file.Value, values)
		default:
			s.deploy(t, s.file.Value, values)
		}
	})
}

func (s *localForm) dryRun(t *screen.Turn, code *file, v form.Values) {
	input := nango.DryRunInput{
		Connection: nango.ConnectionRef{Integration: s.list.integration, ID: screen.SelectedConnection(v)},
		Type:       nango.FunctionType(v[fieldKind]), Code: code.text,
		Input: typedJSON(v[fieldInput]), Metadata: typedJSON(v[fieldMetadata]), Checkpoint: typedJSON(v[fieldCheckpoint]),
	}
	input.LastSync, _ = parseDate(v[fieldLastSync]) // checked by the form; zero if empty
	request := nango.StartDryRun(input)
	if err := request.Validate(); err != nil {
		s.Fields.SetError("", err.Error())
		return
	}
	r := &run{label: "Dry run", integration: s.list.integration, name: code.name(), kind: input.Type, connection: input.Connection,
		file: code, fetchStatus: fetchDryRun}
	screen.Propose(t, screen.Proposal[nango.DryRun]{
		Request: request, Title: "Start dry run", About: input.Connection.String(), ConfirmLabel: "Run",
		SuccessText: "Dry run started", Consequences: []string{textDryRunCalls, textDryRunSavesNothing},
		Then: func(t *screen.Turn, d nango.DryRun, err error) { s.handleStart(t, r, dryRunStatus(d), err) },
	})
}

// typedJSON is a typed JSON text; nil if it is empty.
func typedJSON(text string) json.RawMessage {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return json.RawMessage(text)
}

func (s *localForm) deploy(t *screen.Turn, code *file, v form.Values) {
	input := nango.FunctionDeployment{
		Integration: s.list.integration, Name: v[fieldName], Type: nango.FunctionType(v[fieldKind]), Code: code.text,
		Version: strings.TrimSpace(v[fieldVersion]), AllowDestructive: v.Bool(fieldDestructive),
	}
	there := s.existingSource(input)
	if there != "" && there != sources["standalone"].word {
		s.Fields.SetError(fieldName, fmt.Sprintf(textAlreadyExists, input.Type, input.Name, there))
		return
	}
	request := nango.DeployFunction(input)
	if err := request.Validate(); err != nil {
		s.Fields.SetError("", err.Error())
		return
	}
	r := &run{label: "Deployment", integration: input.Integration, name: input.Name, kind: input.Type, file: code,
		fetchStatus: fetchDeployment, changes: request.Call()}
	screen.Propose(t, screen.Proposal[nango.Deployment]{
		Request: request, Title: "Deploy function", About: input.Integration + " · " + input.Name, ConfirmLabel: "Deploy",
		SuccessText: "Deployment started", Consequences: s.consequences(input, there != ""),
		Then: func(t *screen.Turn, d nango.Deployment, err error) {
			if err == nil {
				s.list.runs = append(s.list.runs, r)
			}
			s.handleStart(t, r, deploymentStatus(d), err)
		},
	})
}

func (s *localForm) existingSource(input nango.FunctionDeployment) string {
	for r := range s.list.Table.Each() {
		if r.key.kind == input.Type && r.key.name == input.Name {
			return r.source
		}
	}
	return ""
}

func (s *localForm) consequences(input nango.FunctionDeployment, there bool) []string {
	goes := []string{"Creates a new " + string(input.Type) + " of " + input.Integration + "."}
	if there {
		goes = []string{fmt.Sprintf(textReplaces, input.Type, input.Name)}
	}
	if input.Type == nango.SyncFunction {
		goes = append(goes, fmt.Sprintf(textThenRuns, input.Integration))
	}
	if input.AllowDestructive {
		goes = append(goes, textDeletesModels)
	}
	return goes
}

// handleStart shows the run, or the server's error in the form.
func (s *localForm) handleStart(t *screen.Turn, r *run, now runStatus, err error) {
	switch {
	case err == nil:
		s.submitted = s.Fields.Values()
		r.watch(t, now)
		t.Show(r.Screen())
	case !errors.Is(err, screen.ErrDeclined):
		s.ShowErrors(err)
	}
}
