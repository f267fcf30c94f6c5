package sandbox

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"sync"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

// functionsJSON are the seeded functions by integration.
//
//go:embed functions.json
var functionsJSON []byte

const (
	sdkVersion       = "0.71.4-zero"
	largeConnections = 3 // per integration: so many connections have many records
)

// itemModel is the model of a sync that is deployed from code.
const itemModel = `{"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},` +
	`"updated_at":{"type":"string","format":"date-time"}},"required":["id"]}`

// auditModel is the model of extraTemplate.
const auditModel = `{"type":"object","properties":{"id":{"type":"string"},"author":{"type":"string"},` +
	`"action":{"type":"string","enum":["create","update","delete"]},"at":{"type":"string","format":"date-time"}},"required":["id"]}`

// models returns a json_schema of names and schemas.
func models(pairs ...string) *js.Object {
	definitions := js.NewObject()
	for i := 0; i+1 < len(pairs); i += 2 {
		definitions.Set(pairs[i], js.MustDecode(pairs[i+1]))
	}
	return js.NewObject("definitions", definitions)
}

// FunctionSpec is a function to add. Kind is "sync", "action" or "on-event".
type FunctionSpec struct {
	Kind          string          `json:"type"`
	Name          string          `json:"name"`
	Description   string          `json:"description"`
	Scopes        []string        `json:"scopes"`
	Input         string          `json:"input"` // model, "" for none
	Returns       []string        `json:"returns"`
	Definitions   json.RawMessage `json:"definitions"` // models by name; nil = json_schema null
	Strict        bool            `json:"strict"`      // check the input of an action before it runs
	Runs          string          `json:"runs"`        // frequency of a sync
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
		Many   int    `json:"many"` // of the first connections of the integration
		Every  int64  `json:"every"`
		Bytes  int    `json:"bytes"`
		Prefix string `json:"prefix"`
	} `json:"records"`
	Output json.RawMessage `json:"output"` // of an action; nil = by its name, or made up by its schema
	Takes  time.Duration   `json:"takes"`  // duration of the action with this Output
}

// function returns the function of a spec, not deployed yet.
func (spec FunctionSpec) function() (*function, error) {
	z := spec.Records
	f := &function{
		kind: spec.Kind, name: spec.Name, description: spec.Description, hasDescription: true, scopes: spec.Scopes,
		input: spec.Input, returns: spec.Returns, runs: spec.Runs, autoStart: spec.AutoStart, trackDelete: spec.TracksDeletes,
		syncType: cmp.Or(spec.SyncType, "incremental"), event: spec.Event, source: cmp.Or(spec.Source, "repo"),
		disabled: spec.Enabled != nil && !*spec.Enabled, validatesInput: spec.Strict,
		version: "1.0.0", sdkVersion: sdkVersion, code: spec.Code,
		sizes: recordSizes{least: z.Least, most: z.Most, large: z.Many, every: z.Every, bytes: z.Bytes, prefix: z.Prefix},
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

// seededFunction is a seeded function before an environment deploys it.
type seededFunction struct {
	function
	daysAgo int
}

// readSeeded reads the seeded functions by integration. Each environment deploys copies.
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
			f.nameModels(key)
			all[key] = append(all[key], seededFunction{*f, spec.DaysAgo})
		}
	}
	return all
})

// deployedBefore returns the time that many days ago.
func deployedBefore(now time.Time, days int) timestamp { return timestampMs(now.AddDate(0, 0, -days)) }

// seedFunctions adds the seeded functions, and the providers' templates: those deployed from the catalog, and one more.
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

// extraTemplate is a template that is not deployed.
func extraTemplate(provider string) *function {
	return &function{kind: kindSync, name: "audit-log", description: "Audit log of " + provider + ".", hasDescription: true,
		scopes: []string{}, returns: []string{"AuditEntry"}, runs: "every hour", autoStart: true, syncType: "incremental",
		schema: auditModels()}
}

var auditModels = sync.OnceValue(func() *js.Object { return models("AuditEntry", auditModel) })

// markLarge marks a few connections of each integration as large: the oldest without errors.
func (env *environment) markLarge() {
	marked := map[*integration]int{}
	for _, conn := range env.connections {
		if i := conn.integration; marked[i] < largeConnections && conn.syncErrorLog == "" && conn.authErrorLog == "" {
			marked[i]++
			conn.large = true
		}
	}
}

// actByName returns the seeded action of that name, or one that returns made-up output by its schema.
func actByName(f *function) actionFunc {
	if act, ok := seededActions[f.name]; ok {
		return act
	}
	return func(a actionCall) outcome {
		model := f.outputModel()
		if len(model.Keys()) == 0 {
			return result(js.NewObject("ok", true))
		}
		g := &fake.Generator{Seed: fake.Hash(a.env.seed, uint64(a.env.actionsRun), fake.HashString(f.name))}
		return result(g.Value(f.name, model))
	}
}
