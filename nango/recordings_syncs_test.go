package nango

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"
)

// readers read a recorded request as arguments of the operation's function, as [understood] does.
var readers = map[Operation]func(recording) (meaning, error){
	OpSyncsList:     readSyncStatus,
	OpSyncTrigger:   readSyncTrigger,
	OpSyncStart:     readSyncStart,
	OpSyncPause:     readSyncPause,
	OpSyncFrequency: readFrequency,
	OpVariantCreate: readVariant,
	OpVariantDelete: readVariant,
	OpRecordsList:   readRecords,
	OpRecordsPrune:  readPrune,
	OpActionRun:     readAction,
	OpActionStart:   readAction,
	OpActionResult:  readActionResult,

	OpScriptsList:     func(recording) (meaning, error) { return meansRead(ListScripts()) },
	OpFunctionsList:   readFunctions,
	OpFunctionGet:     readFunction,
	OpFunctionCode:    readFunction,
	OpFunctionDelete:  readFunction,
	OpFunctionCompile: readCompile,
	OpDryRunStart:     readDryRun,
	OpDryRunGet:       readRun,
	OpDeploymentStart: readDeployment,
	OpDeploymentGet:   readRun,

	OpProxyGet:    readProxy,
	OpProxyPost:   readProxy,
	OpProxyPut:    readProxy,
	OpProxyPatch:  readProxy,
	OpProxyDelete: readProxy,

	OpWebhookKeyRotate:  func(recording) (meaning, error) { return means(RotateWebhookKey()) },
	OpEnvironmentCreate: readEnvironment,
	OpEnvironmentDelete: readEnvironmentDelete,
	OpAPIKeyCreate:      readAPIKey,
	OpAPIKeyDelete:      readAPIKeyDelete,
}

// checkMore is checkOther for syncs and what is made with them.
func checkMore(t *testing.T, r recording, value any) {
	t.Helper()
	switch value := value.(type) {
	case []SyncStatus:
		checkCount(t, r, len(value), "syncs")
		for _, sync := range value {
			checkSync(t, r, sync)
		}
	case string: // a frequency
		if _, err := ParseFrequency(value); err != nil {
			t.Errorf("%s: %q: %v", r.name(), value, err)
		}
	case Variant:
		if value.ID == "" || value.Name.check() != nil || value.Name.Variant == "" {
			t.Errorf("%s: %+v", r.name(), value)
		}
	case ActionRun:
		if checkUUID("", value.ID) != nil {
			t.Errorf("%s: %+v", r.name(), value)
		}
	case RecordPage:
		checkRecords(t, r, value)
	case Pruned:
		var body map[string]any
		if err := json.Unmarshal(r.Response.Body, &body); err != nil || body["count"] != float64(value.Count) || body["has_more"] != value.More {
			t.Errorf("%s: %+v: %v", r.name(), value, err)
		}
	default:
		checkFunctions(t, r, value)
	}
}

// checkFunctions is checkMore for functions and what is made of them.
func checkFunctions(t *testing.T, r recording, value any) {
	t.Helper()
	switch value := value.(type) {
	case []ProviderScripts:
		checkScripts(t, r, value)
	case FunctionPage:
		checkFunctionPage(t, r, value)
	case Function:
		checkFunction(t, r, value)
	case FunctionCode:
		if value.Type == "" || value.Code == "" {
			t.Errorf("%s: %+v", r.name(), value)
		}
	case DryRun:
		checkRun(t, r, value.FunctionRun)
		sameJSON(t, r.name(), value.Result, bodyField(r, "result"))
	case Deployment:
		checkRun(t, r, value.FunctionRun)
		if value.Deployed != (value.State == RunSuccess) || value.Deployed != (len(value.Functions) > 0 && value.Functions[0].Version != "") {
			t.Errorf("%s: %+v", r.name(), value)
		}
	default:
		checkEnvironments(t, r, value)
	}
}

// checkEnvironments is checkMore for environments and their keys.
func checkEnvironments(t *testing.T, r recording, value any) {
	t.Helper()
	switch value := value.(type) {
	case Secret:
		if checkUUID("", value.Reveal()) != nil {
			t.Errorf("%s: a webhook key", r.name())
		}
	case Environment:
		if value.ID == 0 || value.Name == "" {
			t.Errorf("%s: %+v", r.name(), value)
		}
	case APIKey:
		if value.ID == 0 || value.Name == "" || len(value.Scopes) != 1 || value.Secret != "NEW_SECRET" || value.Created.IsZero() {
			t.Errorf("%s: %+v", r.name(), value)
		}
	default:
		t.Errorf("%s: nobody looks at a %T", r.name(), value)
	}
}

func checkSync(t *testing.T, r recording, s SyncStatus) {
	t.Helper()
	if s.ID == "" || s.Connection == "" || s.Name.check() != nil || s.State == "" || s.Type == "" || s.Records == nil || s.Checkpoint != nil {
		t.Errorf("%s: incomplete: %+v", r.name(), s)
	}
	if _, err := ParseFrequency(s.Frequency); err != nil {
		t.Errorf("%s: frequency %q: %v", r.name(), s.Frequency, err)
	}
	if (s.NextAt == nil) != (s.State == SyncStatePaused) || (s.FinishedAt == nil) != (s.LatestState == "") {
		t.Errorf("%s: times of %+v", r.name(), s)
	}
	if s.Name.Variant == BaseVariant {
		t.Errorf("%s: the base variant has no name of its own: %+v", r.name(), s)
	}
}

// syncNames reads names as a request has them.
func syncNames(texts []string) []SyncName {
	var all []SyncName
	for _, text := range texts {
		name, variant, _ := strings.Cut(text, "::")
		all = append(all, SyncName{name, variant})
	}
	return all
}

func readSyncStatus(r recording) (meaning, error) {
	query, err := url.ParseQuery(r.Request.Query)
	if err != nil {
		return meaning{}, err
	}
	selection := SyncSelection{Of: ConnectionRef{query.Get("provider_config_key"), query.Get("connection_id")}, All: query.Get("syncs") == "*"}
	if !selection.All {
		selection.Syncs = syncNames(strings.Split(query.Get("syncs"), ","))
	}
	return meansRead(ListSyncs(selection))
}

type recordedSelection struct {
	Integration string    `json:"provider_config_key"`
	Connection  string    `json:"connection_id"`
	Syncs       *[]string `json:"syncs"`
	Options     struct {
		Reset      bool `json:"reset"`
		EmptyCache bool `json:"emptyCache"`
	} `json:"opts"`
}

func readSelection(r recording) (SyncSelection, recordedSelection, error) {
	var body recordedSelection
	if err := strictly(r.Request.Body, &body); err != nil {
		return SyncSelection{}, body, err
	}
	if body.Syncs == nil {
		return SyncSelection{}, body, errors.New("syncs are always named")
	}
	of := ConnectionRef{body.Integration, body.Connection}
	return SyncSelection{Of: of, Syncs: syncNames(*body.Syncs), All: len(*body.Syncs) == 0}, body, nil
}

func readSyncTrigger(r recording) (meaning, error) {
	selection, body, err := readSelection(r)
	if err != nil {
		return meaning{}, err
	}
	return means(TriggerSyncs(selection, TriggerOptions(body.Options)))
}

func readSyncStart(r recording) (meaning, error) {
	selection, _, err := readSelection(r)
	if err != nil {
		return meaning{}, err
	}
	return means(StartSyncs(selection))
}

func readSyncPause(r recording) (meaning, error) {
	selection, _, err := readSelection(r)
	if err != nil {
		return meaning{}, err
	}
	return means(PauseSyncs(selection))
}

func readFrequency(r recording) (meaning, error) {
	var body struct {
		Integration string  `json:"provider_config_key"`
		Connection  string  `json:"connection_id"`
		Sync        string  `json:"sync_name"`
		Variant     string  `json:"sync_variant"`
		Frequency   *string `json:"frequency"`
	}
	if err := strictly(r.Request.Body, &body); err != nil {
		return meaning{}, err
	}
	frequency := ""
	if body.Frequency != nil {
		frequency = *body.Frequency
	}
	return means(SetFrequency(ConnectionRef{body.Integration, body.Connection}, SyncName{body.Sync, body.Variant}, frequency))
}

func readVariant(r recording) (meaning, error) {
	var body struct {
		Integration string `json:"provider_config_key"`
		Connection  string `json:"connection_id"`
	}
	if err := strictly(r.Request.Body, &body); err != nil {
		return meaning{}, err
	}
	path, err := url.PathUnescape(r.Request.Path)
	if err != nil {
		return meaning{}, err
	}
	parts := strings.Split(path, "/")
	ref, sync := ConnectionRef{body.Integration, body.Connection}, SyncName{parts[2], parts[4]}
	if r.Request.Method == "DELETE" {
		return means(DeleteVariant(ref, sync))
	}
	return means(CreateVariant(ref, sync))
}
