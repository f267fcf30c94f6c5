package nango

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// notExpressible are recorded requests that the client cannot build, by case, with the reason. A "*" matches all but a slash.
var notExpressible = map[string]string{
	"*/no-auth":            "the client always authenticates",
	"*/wrong-auth*":        "a malformed key is rejected before anything is sent; a key of no account looks like any other",
	"*/auth-*":             "the client sends a bearer token",
	"*/bad-extra-query":    "the client sends only parameters of the operation",
	"*/bad-malformed-json": "the client sends valid JSON",
	"*/bad-no-body":        "the client always sends a body",
	"*/no-body":            "the client always sends a body",
	"*/bad-unrecognized*":  "the client sends only fields of the operation",
	"*/bad-wrong-types":    "each field has its type in the client",
	"*/bad-types":          "each field has its type in the client",
	"*/bad-extra":          "the client sends only fields of the operation",

	"GET_connections/connect-session-token":                      "a session token is used for its own session only",
	"GET_integrations/connect-session-token":                     "a session token is used for its own session only",
	"DELETE_connect_session/with-secret-key":                     "the client uses the session's token",
	"rate_limit/exceeded-script-bucket":                          "the client doesn't send Nango-Is-Script",
	"rate_limit/invalid-key-while-limited":                       "a malformed key is rejected before anything is sent",
	"order/nango-is-script-*":                                    "the client doesn't send Nango-Is-Script",
	"order/content-type-merge-patch":                             "the client sends application/json",
	"order/post-json-without-content-type":                       "the client sends application/json",
	"order/post-with-content-type-charset":                       "the client sends application/json without a charset",
	"order/get-with-*":                                           "the client doesn't send a body with GET",
	"order/bad-body-without-scope":                               "the client always sends an integration",
	"POST_integrations/bad-content-type-text":                    "the client sends application/json",
	"POST_integrations/form-urlencoded":                          "the client sends JSON",
	"POST_integrations/bad-json-*":                               "the client sends an object",
	"POST_integrations/bad-credentials-unknown-type":             "each type of credentials has its own type in the client",
	"POST_integrations/bad-credentials-missing-secret":           "the client always sends id and secret",
	"POST_integrations/bad-scopes-null":                          "the client omits what is not set",
	"GET_connections/limit-0":                                    "a limit of 0 means no limit",
	"GET_connections/limit-1.5":                                  "a limit is an integer",
	"GET_connections/limit-abc":                                  "a limit is an integer",
	"GET_connections/limit-empty":                                "a limit is an integer",
	"GET_connections/limit-5-page-0":                             "the client omits page 0, the default",
	"GET_connections/page-1.5":                                   "a page is an integer",
	"GET_connections/provider_config_key-param":                  "the filter is called integrationId",
	"GET_connections/search-empty":                               "an empty search means no search",
	"GET_connections/tags-array-dup":                             "a tag has one value",
	"GET_connections/tags-json-string":                           "tags are a map",
	"GET_connections_connectionId/bad-force_refresh-value":       "the client sends true, or omits it",
	"GET_connections_connectionId/boolean-1":                     "the client sends true, or omits it",
	"GET_connections_connectionId/refresh_github_app_jwt_token":  "the client has no such option",
	"PATCH_connections_connectionId/bad-missing-pck":             "the client always names the integration",
	"POST_connections/bad-BILL-type":                             "cannot be imported, so the client has no type for it",
	"POST_connections/bad-JWT-type":                              "cannot be imported, so the client has no type for it",
	"POST_connections/bad-credentials-no-type":                   "credentials always have a type",
	"POST_connections/bad-missing-apiKey":                        "the client always sends the key, even if empty",
	"POST_connections/bad-oauth2-expires_at-not-a-date":          "a time has its own type in the client",
	"POST_connections/bad-tags-non-string":                       "tags are strings",
	"POST_connect_sessions/bad-tags":                             "tags are strings",
	"POST_connect_sessions/bad-end_user-no-id":                   "the client always sends the id, even if empty",
	"POST_connections_metadata/bad-missing-metadata":             "the client always sends metadata",
	"*_connections_metadata/bad-metadata-[as]*":                  "the client sends objects only",
	"GET_integrations_uniqueKey/include-both-brackets":           "the client repeats the parameter",
	"GET_providers/accept-language-de":                           "the client doesn't request a language",
	"GET_providers_provider/trailing-slash":                      "the client's paths don't end in a slash",
	"POST_sync_*/bad-empty":                                      "the client always sends syncs and integration",
	"POST_sync_*/bad-missing-syncs":                              "the client always sends syncs",
	"POST_sync_*/good-objects":                                   "the client sends a sync as a string",
	"POST_sync_*/pck-in-header":                                  "the client sends the connection in the body",
	"POST_sync_trigger/bad-syncs-string":                         "syncs are a list",
	"POST_sync_trigger/*-undocumented":                           "deprecated: the client sends the newer options",
	"PUT_sync_update-connection-frequency/bad-missing-frequency": "the client sends null for no frequency",
	"GET_sync_status/bad-missing-*":                              "the client always sends syncs and integration",
	"DELETE_sync_name_variant_variant/bad-query-instead-of-body": "the client sends the connection in the body",
	"*/bad-no-headers":                                           "the client always sends the connection",
	"GET_records/*delta-*":                                       "deprecated: the client sends modified_after",
	"GET_records/bad-limit-0":                                    "a limit of 0 means no limit",
	"GET_records/bad-limit-abc":                                  "a limit is an integer",
	"GET_records/bad-missing-model":                              "the client always sends the model",
	"GET_records/bad-modified_after":                             "a time has its own type in the client",
	"POST_action_trigger/bad-no-action_name":                     "the client always sends the name, even if empty",
	"POST_action_trigger/extra-field-ignored":                    "the client sends only fields of the operation",
	"POST_action_trigger/good-async-upstream-404":                "the client sends true, or omits it",
	"GET_integrations_uniqueKey_functions/bad-limit-0":           "a limit of 0 means no limit",
	"GET_integrations_uniqueKey_functions/bad-search-empty":      "an empty search means no search",
	"POST_functions_*/bad-empty":                                 "the client always sends the required fields, even if empty",
	"POST_functions_compile/bad-type":                            "code is a string",
	"GET_scripts_config/*format*":                                "the client requests Nango's own format",
	"DELETE_environment_api-keys/bad-environment-key":            "the client sends the number of the key",
	"DELETE_environment_api-keys/probe-body":                     "the client sends the number of the key",
	"DELETE_environment_api-keys/unknown":                        "the client sends the number of the key",
	"GET_environments*/*name*":                                   "the client lists all",
	"GET_environments_environmentUuid_api-keys/good-used":        "the client lists all",
	"POST_environments_environmentUuid_api-keys/bad-number":      "the client sends a number in the older form only",
	"POST_environment*/bad-empty":                                "the client always sends the required fields, even if empty",
	"POST_environment_webhook-signing-key_rotate/good":           "the client doesn't send a body",
	"POST_environment_webhook-signing-key_rotate/scope-missing":  "the client doesn't send a body",
	"POST_proxy/binary-[ai]*":                                    "the client also sends the content type for the provider",
	"POST_proxy/good-form":                                       "the client also sends the content type for the provider",
	"POST_proxy/good-multipart":                                  "the client also sends the content type for the provider",
	"POST_proxy/good-octet-stream":                               "the client also sends the content type for the provider",
	"POST_proxy/good-text-plain":                                 "the client also sends the content type for the provider",
	"POST_proxy/good-xml":                                        "the client also sends the content type for the provider",
	"POST_proxy/text-with-percent":                               "the client also sends the content type for the provider",
	"POST_proxy/json-scalar":                                     "the client sends an object or a list",
	"GET_proxy/absolute-url-in-path":                             "the client sends the host in the base URL, where it is visible",
	"GET_proxy/bad-no-pck":                                       "the client always sends the connection",
	"GET_proxy/bad-retries-abc":                                  "the number of retries is an integer",
	"GET_proxy/bad-retry-on":                                     "the statuses to retry are integers",
	"GET_proxy/base-url-override-empty":                          "an empty base URL means no base URL",
	"GET_proxy/big-5MB-accept-gzip":                              "the transport handles compression",
	"GET_proxy/good":                                             "the client doesn't send headers that Nango doesn't forward",
	"GET_proxy/params-in-query":                                  "the client sends the connection in headers",
	"GET_proxy/query-only-path":                                  "a path begins with a slash",
	"GET_proxy/root-no-slash":                                    "a path begins with a slash",
	"POST_management_mcp/api-host-same-path":                     "the client calls the tools on a host of their own",
	"POST_management_mcp/bad-period":                             "a time has its own type in the client",
	"POST_management_mcp/unknown-argument":                       "the client sends only arguments of the tool",
	"order/malformed-json-on-get-route-proxy":                    "the client doesn't send a body with GET",
}

// onlyClientRefuses are requests that the server accepts and the client refuses, with the reason.
var onlyClientRefuses = map[string]string{
	"PATCH_connections_metadata/bad-empty-array": "it changes nothing",
	"POST_connections_metadata/bad-empty-array":  "it changes nothing",
	"GET_sync_status/bad-empty-syncs":            "it requests no sync",
	"POST_management_mcp/bad-arguments":          "the server refuses it, too, with status 200",
	"POST_management_mcp/logs-get-bad-id":        "the server refuses it, too, with status 200",
	"GET_proxy/path-dotdot":                      "a proxy in front of Nango would resolve it to another path",
}

func TestClientBuildsEveryRecordedRequest(t *testing.T) {
	forEachSource(t, func(t *testing.T, found map[Operation][]recording) {
		used := map[string]bool{}
		for operation, all := range found {
			build, ok := builders[operation]
			if !ok {
				t.Errorf("%s: add it to builders in recordings_arguments_test.go", operation)
				continue
			}
			for _, r := range all {
				exceptions := matches(notExpressible, r.Name())
				for _, pattern := range exceptions {
					used[pattern] = true
				}
				request, err := build(r)
				if err == nil {
					err = compareRequest(t, r, request)
				}
				switch {
				case err == nil && len(exceptions) > 0:
					t.Errorf("%s: listed as a request that the client can't build, but it does", r.Name())
				case err != nil && len(exceptions) == 0:
					t.Errorf("%s: %v", r.Name(), err)
				case err == nil && request.refusal != nil && r.Response.Status < 300 && len(matches(onlyClientRefuses,
					r.Name())) == 0:
					t.Errorf("%s: the client refuses what the server accepted: %v", r.Name(), request.refusal)
				}
			}
		}
		for pattern := range notExpressible {
			if !used[pattern] && strings.HasSuffix(t.Name(), "/facts") { // recordings may be of an older server
				t.Errorf("%s is listed, but there is no such recording", pattern)
			}
		}
	})
}

// compareRequest compares what the client would send with what was recorded.
func compareRequest(t testing.TB, r recording, built builtRequest) error {
	t.Helper()
	client := clientFor(t, "http://localhost:3003", nil)
	sent, err := client.httpRequest(context.Background(), built.call)
	if err != nil {
		return err
	}
	query, err := url.ParseQuery(r.Request.Query)
	if err != nil {
		return err
	}
	switch {
	case sent.Method != r.Request.Method:
		return fmt.Errorf("method %s", sent.Method)
	case sent.URL.EscapedPath() != r.Request.Path && sent.URL.Path != r.Request.Path:
		return fmt.Errorf("path %s", sent.URL.EscapedPath())
	case sent.URL.Query().Encode() != query.Encode():
		return fmt.Errorf("query %q, recorded %q", sent.URL.RawQuery, r.Request.Query)
	}
	return firstError(compareHeaders(r, sent), compareBody(r, sent))
}

func compareHeaders(r recording, sent *http.Request) error {
	if sent.Header.Get("Content-Type") != r.Request.Headers["Content-Type"] {
		return fmt.Errorf("content type %q", sent.Header.Get("Content-Type"))
	}
	recorded := http.Header{}
	for name, value := range r.Request.Headers {
		recorded.Set(name, value)
	}
	for _, own := range []string{"Authorization", "Content-Type", "Accept", "User-Agent"} {
		recorded.Del(own)
	}
	if host := recorded.Get("Host"); host != "" && sent.Host != host {
		return fmt.Errorf("host %s, recorded %s", sent.Host, host)
	}
	recorded.Del("Host")
	for name := range recorded {
		if got, there := sent.Header[name]; !there || got[0] != recorded.Get(name) {
			return fmt.Errorf("header %s: %q, recorded %q", name, got, recorded.Get(name))
		}
	}
	for name := range sent.Header {
		if recorded[name] == nil && !slices.Contains([]string{"Authorization", "Content-Type", "Accept", "User-Agent"},
			name) {
			return fmt.Errorf("a header %s", name)
		}
	}
	want := r.Request.Headers["Authorization"]
	if strings.HasSuffix(want, "SECRET") && strings.HasPrefix(want, "Bearer ") {
		want = "Bearer " + testKey.Reveal() // the recordings say SECRET for a key
	}
	if sent.Header.Get("Authorization") != want {
		return errors.New("authenticates in another way")
	}
	return nil
}

func compareBody(r recording, sent *http.Request) error {
	var body []byte
	if sent.Body != nil {
		body, _ = io.ReadAll(sent.Body)
	}
	var text string
	if sent.Header.Get("Nango-Proxy-Content-Type") != "" && json.Unmarshal(r.Request.Body, &text) == nil {
		if string(body) != text {
			return fmt.Errorf("body %q, recorded %q", body, text)
		}
		return nil
	}
	if a, b := canonical(body), canonical(r.Request.Body); a != b {
		return fmt.Errorf("body %s, recorded %s", a, b)
	}
	return nil
}
