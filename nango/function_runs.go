package nango

import (
	"encoding/json"
	"net/http"
	"time"
)

// Compiled is code compiled for Nango's runner.
type Compiled struct {
	Size   int64  // of Bundle, in bytes
	Bundle string // JavaScript
	At     time.Time
}

// CompileFunction compiles a function's code on Nango. It changes and runs nothing, so its effect is [Reads]. But it
// uploads code and occupies a builder for up to three minutes, so it isn't a [Read]: no screen sends it by itself, it
// is never repeated, and a read-only client refuses it, because it isn't a GET.
func CompileFunction(code string) Request[Compiled] {
	call, err := newCall(OpFunctionCompile, http.MethodPost, "functions", "compile").withBody(struct {
		Code string `json:"code"`
	}{code})
	return request(call, decodeCompiled, checkCode(code), err)
}

func checkCode(code string) error { return refuseIf(code == "", "the code is empty") }

func decodeCompiled(response Response) (Compiled, error) {
	wire, err := decodeJSON[struct {
		Size   int64     `json:"bundle_size_bytes"`
		Bundle *string   `json:"bundled_js"`
		At     timestamp `json:"compiled_at"`
	}](response)
	switch {
	case err != nil:
		return Compiled{}, err
	case wire.Bundle == nil:
		return Compiled{}, missing("bundled_js")
	}
	return Compiled{Size: wire.Size, Bundle: *wire.Bundle, At: wire.At.Time}, nil
}

// RunState is the state of a dry run or a deployment, in Nango's terms.
type RunState string

// The states of a run.
const (
	RunWaiting RunState = "waiting"
	RunRunning RunState = "running"
	RunSuccess RunState = "success"
	RunFailed  RunState = "failed"
)

// Ended reports whether the run is over.
func (s RunState) Ended() bool { return s == RunSuccess || s == RunFailed }

// FunctionRun has the common fields of dry runs and deployments.
type FunctionRun struct {
	// ID is a UUID.
	ID    string   `json:"id"`
	State RunState `json:"status"`
	// Integration, Function and Type identify the function. A dry run has no name, and one just started has none of
	// them.
	Integration string       `json:"integration_id"`
	Function    string       `json:"function_name"`
	Type        FunctionType `json:"function_type"`
	// Created and Updated are set once the run was read. Started and Completed are nil until it starts or completes.
	Created, Updated   time.Time     `json:"-"`
	Started, Completed *time.Time    `json:"-"`
	Duration           time.Duration `json:"-"`      // how long it ran; 0 until it ended
	Output             string        `json:"output"` // the log output, with many lines
	Failure            *RunFailure   `json:"error"`  // why it failed; nil if it didn't
}

// RunFailure is why a run failed. Its texts come from the function's code and are untrusted.
type RunFailure struct {
	Code    string          `json:"code"`
	Message string          `json:"message"`
	Payload json.RawMessage `json:"payload"`
}

// runWire is what encoding/json can't decode in a [FunctionRun].
type runWire struct {
	Created   timestamp `json:"created_at"`
	Updated   timestamp `json:"updated_at"`
	Started   timestamp `json:"started_at"`
	Completed timestamp `json:"completed_at"`
	Took      float64   `json:"duration_ms"`
}

// decodeRun decodes a dry run or a deployment; common is its [FunctionRun].
func decodeRun[T any](response Response, common func(*T) *FunctionRun) (T, error) {
	value, err := decodeJSON[T](response)
	if err != nil {
		return value, err
	}
	wire, err := decodeJSON[runWire](response)
	run := common(&value)
	switch {
	case err != nil:
	case run.ID == "":
		err = missing("id")
	case run.State == "":
		err = missing("status")
	}
	run.Created, run.Updated, run.Started, run.Completed = wire.Created.Time, wire.Updated.Time, wire.Started.orNil(), wire.Completed.orNil()
	run.Duration = time.Duration(wire.Took * float64(time.Millisecond))
	return value, err
}

// DryRunInput is code to run on a connection without storing its results. It does call the provider.
type DryRunInput struct {
	Connection ConnectionRef // the connection to run on
	Type       FunctionType  // [SyncFunction] or [ActionFunction]
	Code       string        // TypeScript
	// Input is any JSON, or nil; Metadata and Checkpoint are JSON objects, or nil.
	Input, Metadata, Checkpoint json.RawMessage
	LastSync                    time.Time // the time of the last run that the sync sees; zero means that it never ran
}

// DryRun is the state of a dry run.
type DryRun struct {
	FunctionRun
	Result json.RawMessage `json:"result"` // any JSON, unchanged; nil if there is none
}

// StartDryRun starts a dry run, which may take about eight minutes. See [GetDryRun]. It requires a key stored by
// Nango: a self-hosted server refuses one that comes from its environment variables.
func StartDryRun(input DryRunInput) Request[DryRun] {
	call := newCall(OpDryRunStart, http.MethodPost, "functions", "dryruns").about(input.Connection)
	checked := input.check()
	if checked != nil {
		input.Input, input.Metadata, input.Checkpoint = nil, nil, nil // malformed JSON cannot be part of a body
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

// zuluTime formats a time as Nango accepts it: with Z and at most milliseconds. Nango refuses offsets, although it
// returns them.
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

// GetDryRun reads the state and result of a dry run.
func GetDryRun(id string) Read[DryRun] {
	return read(newCall(OpDryRunGet, http.MethodGet, "functions", "dryruns", id), decodeDryRun, checkUUID("the dry run id", id))
}

func decodeDryRun(response Response) (DryRun, error) {
	return decodeRun(response, func(d *DryRun) *FunctionRun { return &d.FunctionRun })
}

// FunctionDeployment is code to deploy as a function of an integration.
type FunctionDeployment struct {
	Integration string       // the integration key
	Name        string       // the function's name
	Type        FunctionType // [SyncFunction] or [ActionFunction]
	Code        string       // TypeScript
	Version     string       // set by the author; if it is empty, Nango chooses one
	// AllowDestructive allows the deployment to remove what the new code no longer has, including the records of a
	// model.
	AllowDestructive bool
}

// Deployment is the state of a deployment.
type Deployment struct {
	FunctionRun
	// Deployed reports whether the functions are deployed.
	Deployed  bool               `json:"deployed"`
	Functions []DeployedFunction `json:"deployed_functions"`
}

// DeployedFunction is a function of a finished deployment.
type DeployedFunction struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// DeployFunction deploys code. It replaces a function of the same name that was deployed the same way. It completes
// after the response: see [GetDeployment].
func DeployFunction(input FunctionDeployment) Request[Deployment] {
	call := newCall(OpDeploymentStart, http.MethodPost, "functions", "deployments").about(ConnectionRef{Integration: input.Integration})
	call.Name = input.Name
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
	return firstError(CheckIntegrationKey(d.Integration), CheckFunctionName(d.Name),
		checkFunctionType(d.Type, SyncFunction, ActionFunction), checkCode(d.Code))
}

// DeployTemplate deploys a template of the integration's provider. The type is only needed if a sync and an action
// share the name. It is complete when Nango responds.
func DeployTemplate(integration, template string, kind FunctionType) Request[Deployment] {
	call := newCall(OpDeploymentStart, http.MethodPost, "functions", "deployments").about(ConnectionRef{Integration: integration})
	call, err := call.withBody(struct {
		Kind        string       `json:"type"`
		Integration string       `json:"integration_id"`
		Template    string       `json:"template"`
		Type        FunctionType `json:"function_type,omitempty"`
	}{"template", integration, template, kind})
	return request(call, decodeDeployment, CheckIntegrationKey(integration), refuseIf(template == "", "no template is given"),
		checkFunctionType(kind, "", SyncFunction, ActionFunction), err)
}

// GetDeployment reads the state of a deployment.
func GetDeployment(id string) Read[Deployment] {
	return read(newCall(OpDeploymentGet, http.MethodGet, "functions", "deployments", id), decodeDeployment, checkUUID("the deployment id", id))
}

func decodeDeployment(response Response) (Deployment, error) {
	return decodeRun(response, func(d *Deployment) *FunctionRun { return &d.FunctionRun })
}
