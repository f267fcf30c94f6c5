package nango

import (
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

// bodyField is a field of the recorded answer, as it was written.
func bodyField(r recording, name string) json.RawMessage {
	var body map[string]json.RawMessage
	if json.Unmarshal(r.Response.Body, &body) != nil {
		return nil
	}
	return body[name]
}

func checkFunction(t *testing.T, r recording, f Function) {
	t.Helper()
	event := f.Type == OnEventFunction
	if f.ID == 0 || f.Name == "" || f.Deployed == nil || f.Source == "" || !f.Enabled || len(f.Raw) == 0 || event != (f.Event != "") || event == (len(f.Schema) > 0) || event == (len(f.Returns) > 0) {
		t.Errorf("%s: incomplete: %+v", r.name(), f)
	}
	if _, err := ParseFrequency(f.Frequency); f.Type == SyncFunction && err != nil {
		t.Errorf("%s: runs %q: %v", r.name(), f.Frequency, err)
	}
}

func checkFunctionPage(t *testing.T, r recording, page FunctionPage) {
	t.Helper()
	checkField(t, r, page.Functions, "data")
	if page.Total < len(page.Functions) {
		t.Errorf("%s: %d of %d", r.name(), len(page.Functions), page.Total)
	}
	for _, function := range page.Functions {
		checkFunction(t, r, function)
	}
}

func checkScripts(t *testing.T, r recording, all []ProviderScripts) {
	t.Helper()
	var body []map[string]json.RawMessage
	if err := json.Unmarshal(r.Response.Body, &body); err != nil || len(body) != len(all) || len(all) == 0 {
		t.Errorf("%s: %d of %d: %v", r.name(), len(all), len(body), err)
	}
	for _, one := range all {
		if one.Integration == "" || one.Provider == "" || len(one.Functions) == 0 {
			t.Errorf("%s: %+v", r.name(), one)
		}
		for _, function := range one.Functions {
			checkFunction(t, r, function)
			if function.Version == "" && function.Source == "repo" {
				t.Errorf("%s: no version: %+v", r.name(), function)
			}
		}
	}
}

func checkRun(t *testing.T, r recording, run FunctionRun) {
	t.Helper()
	if checkUUID("", run.ID) != nil || run.Integration == "" || run.Type == "" || run.Created.IsZero() || run.Updated.IsZero() {
		t.Errorf("%s: incomplete: %+v", r.name(), run)
	}
	if (run.Completed != nil) != run.State.Ended() || (run.Failure != nil) != (run.State == RunFailed) || (run.State == RunSuccess) != (run.Duration == 1234*time.Millisecond && run.Output != "") {
		t.Errorf("%s: %+v", r.name(), run)
	}
	if run.Failure != nil && (run.Failure.Code == "" || run.Failure.Message == "") {
		t.Errorf("%s: %+v", r.name(), run.Failure)
	}
}

func readFunctions(r recording) (meaning, error) {
	query, err := url.ParseQuery(r.Request.Query)
	if err != nil {
		return meaning{}, err
	}
	_, key, _ := r.routed()
	q := FunctionQuery{Integration: key, Type: FunctionType(query.Get("type")), Search: query.Get("search")}
	q.Limit, _ = strconv.Atoi(query.Get("limit")) // none is 0
	q.Page, _ = strconv.Atoi(query.Get("page"))
	return meansRead(ListFunctions(q))
}

func readFunction(r recording) (meaning, error) {
	query, err := url.ParseQuery(r.Request.Query)
	if err != nil {
		return meaning{}, err
	}
	operation, key, _ := r.routed()
	name, err := url.PathUnescape(strings.Split(r.Request.Path, "/")[4])
	if err != nil {
		return meaning{}, err
	}
	kind := FunctionType(query.Get("type"))
	switch operation {
	case OpFunctionCode:
		return meansRead(GetFunctionCode(key, name, kind))
	case OpFunctionDelete:
		return means(DeleteFunction(key, name, kind))
	}
	return meansRead(GetFunction(key, name, kind))
}

func readCompile(r recording) (meaning, error) {
	var body struct{ Code string }
	if err := strictly(r.Request.Body, &body); err != nil {
		return meaning{}, err
	}
	return means(CompileFunction(body.Code))
}

func readDryRun(r recording) (meaning, error) {
	var body dryRunBody
	if err := strictly(r.Request.Body, &body); err != nil {
		return meaning{}, err
	}
	return means(StartDryRun(DryRunInput{Connection: ConnectionRef{body.Integration, body.Connection}, Type: body.Type, Code: body.Code}))
}

func readDeployment(r recording) (meaning, error) {
	var body struct {
		Kind        string       `json:"type"`
		Integration string       `json:"integration_id"`
		Name        string       `json:"function_name"`
		Type        FunctionType `json:"function_type"`
		Code        string       `json:"code"`
	}
	if err := strictly(r.Request.Body, &body); err != nil {
		return meaning{}, err
	}
	if body.Kind != "function" {
		return meaning{}, errors.New("only deployments of code were recorded")
	}
	return means(DeployFunction(FunctionDeployment{Integration: body.Integration, Name: body.Name, Type: body.Type, Code: body.Code}))
}

func readRun(r recording) (meaning, error) {
	operation, id, _ := r.routed()
	if operation == OpDryRunGet {
		return meansRead(GetDryRun(id))
	}
	return meansRead(GetDeployment(id))
}
