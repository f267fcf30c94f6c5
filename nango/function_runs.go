package nango

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// Compiled is code as Nango would run it.
type Compiled struct {
	// Size is bytes of Bundle, which is JavaScript.
	Size   int64
	Bundle string
	At     time.Time
}

// CompileFunction lets Nango compile the code of a function. That changes nothing and runs nothing of it, so it
// counts as reading; but it sends somebody's code away and keeps a builder busy for up to three minutes, so it is no
// [Read]: no screen sends it by itself, it is never repeated, and a read-only client refuses it, for it is no GET.
func CompileFunction(code string) Request[Compiled] {
	call, err := newCall(OpFunctionCompile, http.MethodPost, "functions", "compile").withBody(struct {
		Code string `json:"code"`
	}{code})
	return request(call, decodeCompiled, checkCode(code), err)
}

func checkCode(code string) error {
	if code == "" {
		return errors.New("there is no code")
	}
	return nil
}

func decodeCompiled(answer Response) (Compiled, error) {
	wire, err := decodeJSON[struct {
		Size   int64     `json:"bundle_size_bytes"`
		Bundle *string   `json:"bundled_js"`
		At     timestamp `json:"compiled_at"`
	}](answer)
	switch {
	case err != nil:
		return Compiled{}, err
	case wire.Bundle == nil:
		return Compiled{}, missing("bundled_js")
	}
	return Compiled{Size: wire.Size, Bundle: *wire.Bundle, At: wire.At.Time}, nil
}

// RunState is how far a dry run or a deployment is, in Nango's word.
type RunState string

// The states of a run.
const (
	RunWaiting RunState = "waiting"
	RunRunning RunState = "running"
	RunSuccess RunState = "success"
	RunFailed  RunState = "failed"
)

// Ended says that nothing more comes.
func (s RunState) Ended() bool { return s == RunSuccess || s == RunFailed }

// FunctionRun is what dry runs and deployments have in common.
type FunctionRun struct {
	// ID is a UUID.
	ID    string
	State RunState
	// Integration, Function and Type say what it is about; a dry run has no name, and one just begun none of them.
	Integration string
	Function    string
	Type        FunctionType
	// Created and Updated are always there once it is read; Started and Completed come with time, and are nil before.
	Created, Updated   time.Time
	Started, Completed *time.Time
	// Took is how long it ran; 0 until it has ended.
	Duration time.Duration
	// Output is what was logged, of many lines.
	Output string
	// Failure is why it failed; nil where it did not.
	Failure *RunFailure
}

// RunFailure is why a run failed. Its texts come from code, and are as hostile as any.
type RunFailure struct {
	Code    string          `json:"code"`
	Message string          `json:"message"`
	Payload json.RawMessage `json:"payload"`
}

type runWire struct {
	ID          string             `json:"id"`
	State       RunState           `json:"status"`
	Integration string             `json:"integration_id"`
	Function    string             `json:"function_name"`
	Type        FunctionType       `json:"function_type"`
	Created     timestamp          `json:"created_at"`
	Updated     timestamp          `json:"updated_at"`
	Started     timestamp          `json:"started_at"`
	Completed   timestamp          `json:"completed_at"`
	Took        float64            `json:"duration_ms"`
	Output      string             `json:"output"`
	Failure     *RunFailure        `json:"error"`
	Result      json.RawMessage    `json:"result"`
	Deployed    bool               `json:"deployed"`
	Functions   []DeployedFunction `json:"deployed_functions"`
}

func decodeRun(answer Response) (runWire, error) {
	wire, err := decodeJSON[runWire](answer)
	switch {
	case err != nil:
		return wire, err
	case wire.ID == "":
		return wire, missing("id")
	case wire.State == "":
		return wire, missing("status")
	}
	return wire, nil
}

func (w runWire) plain() FunctionRun {
	return FunctionRun{
		ID: w.ID, State: w.State, Integration: w.Integration, Function: w.Function, Type: w.Type,
		Created: w.Created.Time, Updated: w.Updated.Time, Started: w.Started.orNil(), Completed: w.Completed.orNil(),
		Duration: time.Duration(w.Took * float64(time.Millisecond)), Output: w.Output, Failure: w.Failure,
	}
}

// DryRunInput is code to run on a connection without keeping anything of it. It calls the provider all the same.
type DryRunInput struct {
	// On is the connection.
	Connection ConnectionRef
	// Type is [SyncFunction] or [ActionFunction].
	Type FunctionType
	// Code is TypeScript.
	Code string
	// Input is any JSON, or nil; Metadata and Checkpoint are JSON objects, or nil.
	Input, Metadata, Checkpoint json.RawMessage
	// LastSync is when a sync shall believe to have run before; zero for never.
	LastSync time.Time
}

// DryRun is a dry run, as far as it is.
type DryRun struct {
	FunctionRun
	// Result is any JSON, as it was written; nil where there is none.
	Result json.RawMessage
}

// StartDryRun begins a dry run, which may take some eight minutes. See [GetDryRun]. It needs a key that Nango has
// stored: one from the environment of a self-hosted server is refused.
func StartDryRun(input DryRunInput) Request[DryRun] {
	call := newCall(OpDryRunStart, http.MethodPost, "functions", "dryruns")
	call.About = input.Connection
	checked := input.check()
	if checked != nil {
		input.Input, input.Metadata, input.Checkpoint = nil, nil, nil // a malformed piece cannot be put into a body
	}
	call, err := call.withBody(input.body())
	return request(call, decodeDryRun, input.Connection.check(OpDryRunStart), checked, err)
}

type dryRunBody struct {
	Integration string          `json:"integration_id"`
	Type        FunctionType    `json:"function_type"`
	Code        string          `json:"code"`
	Connection  string          `json:"connection_id"`
	Input       json.RawMessage `json:"input,omitempty"`
	Metadata    json.RawMessage `json:"metadata,omitempty"`
	Checkpoint  json.RawMessage `json:"checkpoint,omitempty"`
	LastSync    string          `json:"last_sync_date,omitempty"`
}

func (i DryRunInput) body() dryRunBody {
	body := dryRunBody{i.Connection.Integration, i.Type, i.Code, i.Connection.ID, i.Input, i.Metadata, i.Checkpoint, ""}
	if !i.LastSync.IsZero() {
		body.LastSync = zuluTime(i.LastSync)
	}
	return body
}

// zuluTime is a time as Nango takes it: with milliseconds at most and a Z. Offsets, which it gives itself, it refuses.
func zuluTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.999Z") }

func (i DryRunInput) check() error {
	all := []error{checkFunctionType(i.Type, SyncFunction, ActionFunction), checkCode(i.Code), CheckActionInput(i.Input)}
	if len(i.Metadata) > 0 {
		all = append(all, CheckMetadata(i.Metadata))
	}
	if len(i.Checkpoint) > 0 {
		all = append(all, checkObject("the checkpoint", i.Checkpoint))
	}
	return firstError(all...)
}

// GetDryRun reads how far a dry run is, and what came out.
func GetDryRun(id string) Read[DryRun] {
	return read(newCall(OpDryRunGet, http.MethodGet, "functions", "dryruns", id), decodeDryRun, checkUUID("the id of a dry run", id))
}

func decodeDryRun(answer Response) (DryRun, error) {
	wire, err := decodeRun(answer)
	return DryRun{FunctionRun: wire.plain(), Result: wire.Result}, err
}

// FunctionDeployment is code to deploy as a function of an integration.
type FunctionDeployment struct {
	// Integration is the key.
	Integration string
	// Name is that of the function; Type [SyncFunction] or [ActionFunction].
	Name string
	Type FunctionType
	// Code is TypeScript.
	Code string
	// Version is the author's; empty leaves it to Nango.
	Version string
	// AllowDestructive lets the deployment remove what the new code no longer has, records of a model included.
	AllowDestructive bool
}

// Deployment is a deployment, as far as it is.
type Deployment struct {
	FunctionRun
	// Deployed says that the functions are in place.
	Deployed  bool
	Functions []DeployedFunction
}

// DeployedFunction is a function in place.
type DeployedFunction struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// DeployFunction deploys code, over a function of the same name if there is one that came the same way. It ends a
// while after the answer: see [GetDeployment].
func DeployFunction(input FunctionDeployment) Request[Deployment] {
	call := newCall(OpDeploymentStart, http.MethodPost, "functions", "deployments")
	call.About.Integration = input.Integration
	if input.AllowDestructive {
		call.Effect = Destroys
	}
	call, err := call.withBody(struct {
		Kind             string       `json:"type"`
		Integration      string       `json:"integration_id"`
		Name             string       `json:"function_name"`
		Type             FunctionType `json:"function_type"`
		Code             string       `json:"code"`
		Version          string       `json:"version,omitempty"`
		AllowDestructive bool         `json:"allow_destructive,omitempty"`
	}{"function", input.Integration, input.Name, input.Type, input.Code, input.Version, input.AllowDestructive})
	return request(call, decodeDeployment, input.check(), err)
}

func (d FunctionDeployment) check() error {
	return firstError(CheckIntegrationKey(d.Integration), CheckFunctionName(d.Name), checkFunctionType(d.Type, SyncFunction, ActionFunction), checkCode(d.Code))
}

// DeployTemplate deploys a template of the integration's provider. A type is needed only where a sync and an
// action share the name. Nango answers when it is done.
func DeployTemplate(integration, template string, kind FunctionType) Request[Deployment] {
	call := newCall(OpDeploymentStart, http.MethodPost, "functions", "deployments")
	call.About.Integration = integration
	call, err := call.withBody(struct {
		Kind        string       `json:"type"`
		Integration string       `json:"integration_id"`
		Template    string       `json:"template"`
		Type        FunctionType `json:"function_type,omitempty"`
	}{"template", integration, template, kind})
	var unnamed error
	if template == "" {
		unnamed = errors.New("no template is named")
	}
	return request(call, decodeDeployment, CheckIntegrationKey(integration), unnamed, checkFunctionType(kind, "", SyncFunction, ActionFunction), err)
}

// GetDeployment reads how far a deployment is.
func GetDeployment(id string) Read[Deployment] {
	return read(newCall(OpDeploymentGet, http.MethodGet, "functions", "deployments", id), decodeDeployment, checkUUID("the id of a deployment", id))
}

func decodeDeployment(answer Response) (Deployment, error) {
	wire, err := decodeRun(answer)
	return Deployment{FunctionRun: wire.plain(), Deployed: wire.Deployed, Functions: wire.Functions}, err
}
