package nango

import (
	"encoding/json"
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
