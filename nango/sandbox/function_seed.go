package sandbox

import (
	_ "embed"
	"encoding/json"
	"sync"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

// functionsJSON are the functions of the made-up environment, by integration.
//
//go:embed functions.json
var functionsJSON []byte

const (
	sdkVersion       = "0.71.4-zero"
	largeConnections = 3 // of the integration with many records: so many connections have them
)

// itemModel is what a function deployed from code saves.
const itemModel = `{"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},"updated_at":{"type":"string","format":"date-time"}},"required":["id"]}`

// models makes a json_schema of names and schemas.
func models(pairs ...string) *js.Object {
	definitions := js.NewObject()
	for i := 0; i+1 < len(pairs); i += 2 {
		definitions.Set(pairs[i], js.MustDecode(pairs[i+1]))
	}
	return js.NewObject("definitions", definitions)
}

// FunctionSpec is a function to put into the world. Kind is "sync", "action" or "on-event".
type FunctionSpec struct {
	Kind          string          `json:"type"`
	Name          string          `json:"name"`
	Description   string          `json:"description"`
	Scopes        []string        `json:"scopes"`
	Input         string          `json:"input"` // the model of the input, "" for none
	Returns       []string        `json:"returns"`
	Definitions   json.RawMessage `json:"definitions"` // the models by name; nil = json_schema null
	Strict        bool            `json:"strict"`      // an action's input is checked before it runs
	Runs          string          `json:"runs"`        // a sync's frequency
	AutoStart     bool            `json:"auto_start"`
	TracksDeletes bool            `json:"track_deletes"`
	SyncType      string          `json:"sync_type"` // "" = incremental
	Event         string          `json:"event"`
	Source        string          `json:"source"` // "" = repo
	Enabled       *bool           `json:"enabled"`
	DaysAgo       int             `json:"days"` // since it was deployed
	Code          string          `json:"code"` // "" = made up
	Records       struct {
		Least  int    `json:"least"`
		Most   int    `json:"most"`
		Many   int    `json:"many"` // for the first connections of the integration
		Every  int64  `json:"every"`
		Bytes  int    `json:"bytes"`
		Prefix string `json:"prefix"`
	} `json:"records"`
	Output json.RawMessage `json:"output"` // of an action; nil = by its name, or made up by its schema
	Takes  time.Duration   `json:"takes"`  // how long the action with this Output takes
}

// function makes a function of a spec that was never deployed.
func (spec FunctionSpec) function() (*function, error) {
	z := spec.Records
	f := &function{
		kind: spec.Kind, name: spec.Name, description: spec.Description, hasDescription: true, scopes: spec.Scopes,
		input: spec.Input, returns: spec.Returns, runs: spec.Runs, autoStart: spec.AutoStart, trackDelete: spec.TracksDeletes,
		syncType: spec.SyncType, event: spec.Event, source: spec.Source, disabled: spec.Enabled != nil && !*spec.Enabled,
		validatesInput: spec.Strict, version: "1.0.0", sdkVersion: sdkVersion, code: spec.Code,
		sizes: recordSizes{least: z.Least, most: z.Most, large: z.Many, every: z.Every, bytes: z.Bytes, prefix: z.Prefix},
	}
	if f.source == "" {
		f.source = "repo"
	}
	if f.syncType == "" {
		f.syncType = "incremental"
	}
	definitions, err := js.DecodeObject(spec.Definitions)
	if err != nil {
		return nil, err
	}
	if definitions != nil {
		f.schema = js.NewObject("definitions", definitions)
	}
	if f.code == "" {
		f.code = writeCode(f)
	}
	if f.kind != kindAction {
		return f, nil
	}
	if spec.Output == nil {
		f.run = actByName(f)
		return f, nil
	}
	output, err := js.Decode(spec.Output)
	f.run = func(actionCall) outcome { return outcome{output: output, duration: spec.Takes} }
	return f, err
}

// seededFunction is a function of the made-up environment before a world deploys it.
type seededFunction struct {
	function
	daysAgo int
}

// readSeeded reads the functions of the made-up environment, by integration, once for all worlds: each deploys copies.
var readSeeded = sync.OnceValue(func() map[string][]seededFunction {
	var specs map[string][]FunctionSpec
	if err := json.Unmarshal(functionsJSON, &specs); err != nil {
		panic("sandbox: embedded functions: " + err.Error())
	}
	all := map[string][]seededFunction{}
	for key, list := range specs {
		for _, spec := range list {
			f, err := spec.function()
			if err != nil {
				panic("sandbox: embedded function " + spec.Name + ": " + err.Error())
			}
			all[key] = append(all[key], seededFunction{*f, spec.DaysAgo})
		}
	}
	return all
})

// deployedBefore is when a function was deployed that many days before now.
func deployedBefore(now time.Time, days int) timestamp { return timestampMs(now.AddDate(0, 0, -days)) }

// seedFunctions gives the made-up integrations their functions, and their providers templates:
// what is deployed from the catalogue, and one more.
func (env *environment) seedFunctions() {
	templates := map[string][]any{}
	for _, i := range env.integrations {
		seeded := readSeeded()[i.key]
		for _, s := range seeded {
			f := s.function
			f.deployed = deployedBefore(env.start, s.daysAgo)
			env.deploy(i, &f)
			if f.source == "catalog" {
				templates[i.provider.Name] = append(templates[i.provider.Name], f.view())
			}
		}
		name := i.provider.Name
		if len(seeded) > 0 && len(templates[name]) < 2 {
			templates[name] = append(templates[name], extraTemplate(i.provider.DisplayName).view())
		}
	}
	for name, list := range templates {
		env.catalog.Templates[name] = js.AppendValue(nil, list)
	}
}

// extraTemplate is one that nobody has deployed yet.
func extraTemplate(provider string) *function {
	return &function{kind: kindSync, name: "audit-log", description: "Audit log of " + provider + ".", hasDescription: true, scopes: []string{},
		returns: []string{"AuditEntry"}, runs: "every hour", autoStart: true, syncType: "incremental",
		schema: models("AuditEntry", `{"type":"object","properties":{"id":{"type":"string"},"author":{"type":"string"},"action":{"type":"string","enum":["create","update","delete"]},"at":{"type":"string","format":"date-time"}},"required":["id"]}`)}
}

// markMany gives a few connections of each integration the many records that its syncs can have:
// the oldest, which have gathered them.
func (env *environment) markLarge() {
	marked := map[*integration]int{}
	for _, conn := range env.connections {
		if i := conn.integration; marked[i] < largeConnections && conn.syncErrorLog == "" && conn.authErrorLog == "" {
			marked[i]++
			conn.large = true
		}
	}
}

// actByName is what the seeded actions do; the others answer what their schema promises.
func actByName(f *function) actionFunc {
	if act, ok := seededActions[f.name]; ok {
		return act
	}
	return func(a actionCall) outcome {
		m := &fake.Generator{Seed: fake.Hash(a.env.seed, uint64(a.env.actionsRun), fake.HashString(f.name))}
		if len(f.returns) == 0 || f.modelSchema(f.returns[0]) == nil {
			return result(js.NewObject("ok", true))
		}
		return result(m.Value(f.name, f.modelSchema(f.returns[0])))
	}
}
