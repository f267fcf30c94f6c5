package nango

import (
	"encoding/json"
	"strings"
	"testing"

	"nango-tui/internal/contract/facts"
)

// failures counts what a check reports, in place of failing the test.
type failures struct {
	testing.TB
	count int
}

func (f *failures) Errorf(string, ...any) { f.count++ }
func (f *failures) Fatal(...any)          { f.count++ }
func (f *failures) Helper()               {}

// decodedFields are fields that the client reads, by case.
var decodedFields = map[string]string{
	"GET_connections/good": "connections connections.connection_id connections.provider_config_key connections.provider " +
		"connections.created connections.tags connections.metadata",
	"GET_connections_connectionId/oauth2-force_refresh-ok": "connection_id provider_config_key provider created_at updated_at " +
		"credentials connection_config",
	"GET_integrations/good": "data data.unique_key data.provider data.display_name data.created_at data.updated_at " +
		"data.logo",
	"GET_integrations_uniqueKey/include-webhook":     "data data.unique_key data.provider data.display_name data.created_at",
	"GET_providers_provider/good-github":             "data data.name data.display_name data.auth_mode data.categories data.docs",
	"GET_providers/catalog":                          "data data.name data.auth_mode data.categories",
	"GET_providers_provider_templates/good-airtable": "data data.name data.type",
	"POST_connect_sessions/good":                     "data data.token data.connect_link data.expires_at",
	"GET_environment-variables/good":                 "name value",
	"GET_sync_status/good-all": "syncs syncs.id syncs.connection_id syncs.name syncs.status syncs.type syncs.frequency " +
		"syncs.nextScheduledSyncAt syncs.finishedAt",
	"GET_records/good": "records records.id records._nango_metadata records._nango_metadata.first_seen_at " +
		"records._nango_metadata.last_modified_at records._nango_metadata.last_action records._nango_metadata.cursor",
	"GET_scripts_config/good": "providerConfigKey provider",
	"GET_functions_dryruns_id/success": "id status integration_id function_type created_at updated_at completed_at duration_ms " +
		"output",
	"GET_functions_deployments_id/success": "id status deployed deployed_functions deployed_functions.version",
	"GET_functions_dryruns_id/failed":      "error error.code error.message",
	"POST_environments/good":               "data data.id data.name",
	"POST_environment_api-keys/good":       "data data.id data.display_name data.scopes data.secret data.created_at",
	"POST_environments/good-uuid":          "data data.id data.uuid data.name",
	"GET_environments/good":                "data data.id data.uuid data.name data.is_production",
	"GET_environments_environmentUuid_api-keys/good-used": "data data.id data.uuid data.display_name data.scopes data.last_used_at " +
		"data.created_at",
	"GET_environments_environmentUuid_api-keys_keyUuid/good": "data data.id data.uuid data.display_name data.scopes data.secret " +
		"data.created_at",
	"POST_environments_environmentUuid_api-keys/good": "data data.id data.uuid data.display_name data.scopes data.secret " +
		"data.created_at",
	"POST_sync_trigger/good-names": "success",
	"GET_integrations/no-auth":     "error error.code",
}

// A check that accepts a response with a field renamed or of another type would not notice a server that changes it.
func TestChecksNoticeChangedFacts(t *testing.T) {
	t.Parallel()
	cases := map[string]facts.Case{}
	for _, c := range readFacts(t) {
		cases[c.Name()] = c
	}
	for name, paths := range decodedFields {
		c, found := cases[name]
		if !found {
			t.Errorf("no case %s", name)
			continue
		}
		for path := range strings.FieldsSeq(paths) {
			for change, edit := range map[string]func(*facts.Object, string){"renamed": rename, "of another type": retype} {
				if change == "of another type" && path == "connections.tags" {
					continue // a list shows such a connection without tags
				}
				changed := c
				changed.Shape = editShape(t, c.Shape, strings.Split(path, "."), edit)
				r := recording{changed.Sample()}
				operation, _, _ := r.operation()
				if seen := (&failures{TB: t}); !noticed(seen, operation, r) {
					t.Errorf("%s: %s %s is not noticed", name, path, change)
				}
			}
		}
	}
}

func noticed(seen *failures, operation Operation, r recording) bool {
	checkResponse(seen, operation, r)
	return seen.count > 0
}

func rename(o *facts.Object, key string) {
	value := o.Values[key]
	delete(o.Values, key)
	for i := range o.Keys {
		if o.Keys[i] == key {
			o.Keys[i] = key + "Renamed"
		}
	}
	o.Values[key+"Renamed"] = value
}

// retype makes a field a list in a list, which no field is.
func retype(o *facts.Object, key string) { o.Values[key] = []any{[]any{facts.Integer}} }

// editShape returns a copy of a shape with a field edited in every object that the path leads to. Lists take no part of it.
func editShape(t *testing.T, shape any, path []string, edit func(o *facts.Object, key string)) any {
	t.Helper()
	raw, err := json.Marshal(shape)
	if err != nil {
		t.Fatal(err)
	}
	edited, err := facts.Decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	if !editValue(edited, path, edit) {
		t.Errorf("no field %s", strings.Join(path, "."))
	}
	return edited
}

func editValue(value any, path []string, edit func(o *facts.Object, key string)) bool {
	found := false
	switch value := value.(type) {
	case *facts.Object:
		child, has := value.Values[path[0]]
		if has && len(path) == 1 {
			edit(value, path[0])
			return true
		}
		return has && editValue(child, path[1:], edit)
	case []any:
		for _, item := range value {
			found = editValue(item, path, edit) || found
		}
	}
	return found
}
