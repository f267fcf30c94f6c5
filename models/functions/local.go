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
	fieldPath       = "path"
	fieldWhat       = "what"
	fieldKind       = "function_type"
	fieldName       = "function_name"
	fieldVersion    = "version"
	fieldOver       = "allow_destructive"
	fieldInput      = "input"
	fieldMetadata   = "metadata"
	fieldCheckpoint = "checkpoint"
	fieldLastSync   = "last_sync_date"
)

// What can be done with a file.
const (
	whatCompile = "compile"
	whatDryRun  = "dryrun"
	whatDeploy  = "deploy"
)

// local is the form for a file of the user's: it is compiled, run without keeping anything of it, or deployed.
type local struct {
	screen.Form
	list *List
	on   screen.ConnectionChoice
	file screen.Task[*file]
	// sent is what was last done something with.
	sent form.Values
}

func newLocal(list *List) *local {
	s := &local{list: list}
	s.Form = screen.Form{Name: "Try or deploy a file", Submit: s.submit, Paths: map[string]string{
		"code": fieldPath, "connection_id": screen.FieldConnection, fieldKind: fieldKind, fieldName: fieldName, fieldVersion: fieldVersion,
		fieldInput: fieldInput, fieldMetadata: fieldMetadata, fieldCheckpoint: fieldCheckpoint, fieldLastSync: fieldLastSync,
	}}
	s.Fields = form.New(s.fields()...)
	return s
}

// IsDirty says that something was typed with which nothing was done yet.
func (s *local) IsDirty() bool {
	values := s.Fields.Values()
	return values[fieldPath] != "" && !maps.Equal(values, s.sent)
}

// Open reads which connections a dry run can be made on, beside.
func (s *local) Open(t *screen.Turn) { s.Refresh(t) }

// Refresh reads the connections again. What was typed stays.
func (s *local) Refresh(t *screen.Turn) {
	s.on.Load(t, s.list.integration, s.Fields, func() {
		if screen.SelectedConnection(s.Fields.Values()) == "" {
			s.Fields.Set(screen.FieldConnection, s.on.Healthy())
		}
	})
}

func (s *local) fields() []form.Field {
	does := func(what string) func(form.Values) bool {
		return func(v form.Values) bool { return v[fieldWhat] == what }
	}
	runs := func(kind nango.FunctionType) func(form.Values) bool {
		return func(v form.Values) bool { return v[fieldWhat] == whatDryRun && v[fieldKind] == string(kind) }
	}
	return append([]form.Field{
		{ID: fieldPath, Title: "File", Check: checkPath,
			About: "TypeScript, with one function as its default export. ~/ is your home folder. It is read again each time."},
		{ID: fieldWhat, Kind: form.Choice, Title: "What is done with it", Value: whatCompile, Rows: 3, Options: []form.Option{
			{Value: whatCompile, Title: "Compile: Nango says whether it is right, and runs nothing of it"},
			{Value: whatDryRun, Title: "Dry run: it runs on a connection, calls the provider, and nothing of it is kept"},
			{Value: whatDeploy, Title: "Deploy: it becomes a function of " + s.list.integration},
		}},
		{ID: fieldKind, Kind: form.Choice, Title: "Type", Value: string(nango.SyncFunction), Rows: 2, Options: []form.Option{
			{Value: string(nango.SyncFunction), Title: "Sync"}, {Value: string(nango.ActionFunction), Title: "Action"},
		}, ShowIf: func(v form.Values) bool { return v[fieldWhat] != whatCompile }},
		{ID: fieldName, Title: "Name", Check: nango.CheckFunctionName, ShowIf: does(whatDeploy),
			About: "One of the same name and type is replaced, if it was deployed as code as well."},
		{ID: fieldVersion, Title: "Version (optional)", ShowIf: does(whatDeploy), About: "Such as 1.0.0. Left empty it is the code's own."},
		{ID: fieldOver, Kind: form.YesNo, Title: "Let it remove what the new code no longer has", ShowIf: does(whatDeploy),
			About: "Models that the code gave before and gives no more go, with all their records. Without this, Nango refuses such a deployment."},
	}, s.runFields(does(whatDryRun), runs)...)
}

// runFields are those of a dry run.
func (s *local) runFields(dry func(form.Values) bool, runs func(nango.FunctionType) func(form.Values) bool) []form.Field {
	return append(screen.ConnectionFields("", "The function works with the credentials of this connection.", dry), []form.Field{
		{ID: fieldInput, Kind: form.Lines, Title: "Input (optional)", Rows: 5, ShowIf: runs(nango.ActionFunction),
			About: "Any JSON. 0, \"\" and false arrive as null.", Check: optional(checkInput)},
		{ID: fieldLastSync, Title: "Last sync (optional)", ShowIf: runs(nango.SyncFunction), Check: optional(checkDate),
			About: "When it shall believe to have run before, such as 2026-01-31 or 2026-01-31T12:00:00Z. Left empty: never."},
		{ID: fieldCheckpoint, Kind: form.Lines, Title: "Checkpoint (optional)", Rows: 3, ShowIf: runs(nango.SyncFunction),
			About: "A JSON object, to go on from.", Check: optional(checkObject)},
		{ID: fieldMetadata, Kind: form.Lines, Title: "Metadata (optional)", Rows: 3, ShowIf: dry,
			About: "A JSON object in place of the connection's own.", Check: optional(checkObject)},
	}...)
}

// optional asks a check only about what was typed.
func optional(check func(string) error) func(string) error {
	return func(text string) error {
		if strings.TrimSpace(text) == "" {
			return nil
		}
		return check(text)
	}
}

func checkInput(text string) error {
	if !json.Valid([]byte(text)) {
		return errors.New("this is no JSON; a text stands in quotes")
	}
	return nango.CheckActionInput(json.RawMessage(text))
}

func checkObject(text string) error {
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &object); err != nil {
		return fmt.Errorf("this is no JSON object: %w", err)
	}
	return nil
}

// dateForms are how a time may be typed.
var dateForms = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04", time.DateOnly}

func dateOf(text string) (time.Time, error) {
	for _, form := range dateForms {
		if at, err := time.Parse(form, strings.TrimSpace(text)); err == nil {
			return at.UTC(), nil
		}
	}
	return time.Time{}, errors.New("write it as 2026-01-31 or 2026-01-31T12:00:00Z")
}

func checkDate(text string) error {
	_, err := dateOf(text)
	return err
}

// operations are what the form may end in, and what that is called.
var operations = map[string]screen.Action{
	whatCompile: {Title: "Compile", Operation: nango.OpFunctionCompile},
	whatDryRun:  {Title: "Dry run", Operation: nango.OpDryRunStart},
	whatDeploy:  {Title: "Deploy", Operation: nango.OpDeploymentStart},
}

// Actions is sending the form; everything else is typed.
func (s *local) Actions() []screen.Action {
	actions := s.Form.Actions()
	does := operations[s.Fields.Values()[fieldWhat]]
	actions[0].Title, actions[0].Operation = does.Title, does.Operation
	if s.file.IsRunning() {
		actions[0].Disabled = "the file is just being read"
	}
	return actions
}

// submit reads the file, and then proposes what is to be done with it.
func (s *local) submit(t *screen.Turn, values form.Values) {
	if s.file.IsRunning() {
		return
	}
	s.file.Start(t, readFile(strings.TrimSpace(values[fieldPath])), func(t *screen.Turn) {
		switch {
		case s.file.Err != nil:
			s.Fields.SetError(fieldPath, s.file.Err.Error())
			return
		case values[fieldWhat] == whatCompile:
			s.sent = values
			t.Show(newCompilation(s.file.Value))
			return
		}
		switch err := s.file.Value.checkKind(nango.FunctionType(values[fieldKind])); {
		case err != nil:
			s.Fields.SetError(fieldKind, err.Error())
		case values[fieldWhat] == whatDryRun:
			s.dryRun(t, s.file.Value, values)
		default:
			s.deploy(t, s.file.Value, values)
		}
	})
}

// dryRun proposes to run the code.
func (s *local) dryRun(t *screen.Turn, code *file, v form.Values) {
	input := nango.DryRunInput{
		Connection: nango.ConnectionRef{Integration: s.list.integration, ID: screen.SelectedConnection(v)},
		Type:       nango.FunctionType(v[fieldKind]), Code: code.text,
		Input: typedJSON(v[fieldInput]), Metadata: typedJSON(v[fieldMetadata]), Checkpoint: typedJSON(v[fieldCheckpoint]),
	}
	if text := v[fieldLastSync]; strings.TrimSpace(text) != "" {
		input.LastSync, _ = dateOf(text) // the form has checked it
	}
	request := nango.StartDryRun(input)
	if err := request.Validate(); err != nil {
		s.Fields.SetError("", err.Error())
		return
	}
	r := &run{what: "Dry run", integration: s.list.integration, name: code.name(), kind: input.Type, on: input.Connection,
		file: code, look: lookAtDryRun}
	screen.Propose(t, screen.Proposal[nango.DryRun]{
		Request: request, Title: "Begin the dry run", About: s.list.integration + " · " + input.Connection.ID, ConfirmLabel: "Run",
		SuccessText: "The dry run has begun",
		Consequences: []string{
			"The code runs at Nango on this connection and calls its provider: what it writes there is written.",
			"Nango keeps nothing of it: no records, no checkpoint.",
		},
		Then: func(t *screen.Turn, d nango.DryRun, err error) { s.begun(t, r, dryOutcome(d), err) },
	})
}

// typedJSON is a JSON text as it was typed; nil where there is none.
func typedJSON(text string) json.RawMessage {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return json.RawMessage(text)
}

// deploy proposes to deploy the code.
func (s *local) deploy(t *screen.Turn, code *file, v form.Values) {
	input := nango.FunctionDeployment{
		Integration: s.list.integration, Name: v[fieldName], Type: nango.FunctionType(v[fieldKind]), Code: code.text,
		Version: strings.TrimSpace(v[fieldVersion]), AllowDestructive: v.Bool(fieldOver),
	}
	there := s.there(input)
	if there != "" && there != sources["standalone"].word {
		s.Fields.SetError(fieldName, "the "+string(input.Type)+" "+input.Name+" is there and came from: "+there+
			". Nango replaces only one that was deployed as code")
		return
	}
	request := nango.DeployFunction(input)
	if err := request.Validate(); err != nil {
		s.Fields.SetError("", err.Error())
		return
	}
	r := &run{what: "Deployment", integration: input.Integration, name: input.Name, kind: input.Type, file: code,
		look: lookAtDeployment, changes: request.Call()}
	screen.Propose(t, screen.Proposal[nango.Deployment]{
		Request: request, Title: "Begin the deployment", About: input.Integration + " · " + input.Name, ConfirmLabel: "Deploy",
		SuccessText: "The deployment has begun", Consequences: s.replaces(input, there != ""),
		Then: func(t *screen.Turn, d nango.Deployment, err error) {
			if err == nil {
				s.list.runs = append(s.list.runs, r)
			}
			s.begun(t, r, deployOutcome(d), err)
		},
	})
}

// there is where the function came from that has the name and type already; empty where there is none.
func (s *local) there(input nango.FunctionDeployment) string {
	for r := range s.list.table.Each() {
		if r.key.kind == input.Type && r.key.name == input.Name {
			return r.source
		}
	}
	return ""
}

// replaces says what the deployment does to what is there.
func (s *local) replaces(input nango.FunctionDeployment, there bool) []string {
	goes := []string{"It becomes a new " + string(input.Type) + " of " + input.Integration + "."}
	if there {
		goes = []string{"It takes the place of the " + string(input.Type) + " " + input.Name + ", which was deployed as code as well."}
	}
	if input.Type == nango.SyncFunction {
		goes = append(goes, "It runs on the connections of "+input.Integration+" from then on, as its code says.")
	}
	if input.AllowDestructive {
		goes = append(goes, "Models that the code gives no more go for good, with all their records. How many that are was not counted.")
	}
	return goes
}

// begun shows the run, or brings the form back as it was typed with what the server says of it.
func (s *local) begun(t *screen.Turn, r *run, now outcome, err error) {
	switch {
	case err == nil:
		s.sent = s.Fields.Values()
		r.followed(t, now)
		t.Show(r.Screen())
	case !errors.Is(err, screen.ErrDeclined):
		s.ShowErrors(err)
	}
}
