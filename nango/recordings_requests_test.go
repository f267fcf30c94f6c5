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

// notExpressible are recorded requests that the client has no words for, by file and case, with the reason. A "*" stands for
// anything but a colon.
var notExpressible = map[string]string{
	"*/no-auth":            "the client always authenticates",
	"*/wrong-auth*":        "a key that is none is found before anything is sent, and one of no account cannot be told from another",
	"*/auth-*":             "the client authenticates in one way",
	"*/bad-extra-query":    "the client has no parameter but those of the operation",
	"*/bad-malformed-json": "the client makes valid JSON",
	"*/bad-no-body":        "the client sends the body that the operation has",
	"*/no-body":            "the client sends the body that the operation has",
	"*/bad-unrecognized*":  "the client has no field but those of the operation",
	"*/bad-wrong-types":    "the client has a type for each field",
	"*/bad-types":          "the client has a type for each field",
	"*/bad-extra":          "the client has no field but those of the operation",

	"GET_connections/connect-session-token":                      "a session token is for its session alone",
	"GET_integrations/connect-session-token":                     "a session token is for its session alone",
	"DELETE_connect_session/with-secret-key":                     "the session's token authenticates",
	"rate_limit/exceeded-script-bucket":                          "the client does not call itself a script",
	"rate_limit/invalid-key-while-limited":                       "a key that is none is found before anything is sent",
	"order/nango-is-script-*":                                    "the client does not call itself a script",
	"order/content-type-merge-patch":                             "the client sends JSON and says so",
	"order/post-json-without-content-type":                       "the client sends JSON and says so",
	"order/post-with-content-type-charset":                       "the client sends JSON and says so, without a charset",
	"order/get-with-*":                                           "the client sends no body with GET",
	"order/bad-body-without-scope":                               "the client always names an integration",
	"POST_integrations/bad-content-type-text":                    "the client sends JSON and says so",
	"POST_integrations/form-urlencoded":                          "the client sends JSON",
	"POST_integrations/bad-json-*":                               "the client sends an object",
	"POST_integrations/bad-credentials-unknown-type":             "the client has a type for each kind of credentials",
	"POST_integrations/bad-credentials-missing-secret":           "the client always sends id and secret",
	"POST_integrations/bad-scopes-null":                          "the client leaves out what it does not set",
	"GET_connections/limit-0":                                    "a limit of 0 is none",
	"GET_connections/limit-1.5":                                  "a limit is a whole number",
	"GET_connections/limit-abc":                                  "a limit is a whole number",
	"GET_connections/limit-empty":                                "a limit is a whole number",
	"GET_connections/limit-5-page-0":                             "the client leaves out page 0, which is the first anyway",
	"GET_connections/page-1.5":                                   "a page is a whole number",
	"GET_connections/provider_config_key-param":                  "the filter is called integrationId",
	"GET_connections/search-empty":                               "an empty search is none",
	"GET_connections/tags-array-dup":                             "a tag has one value",
	"GET_connections/tags-json-string":                           "tags are a map",
	"GET_connections_connectionId/bad-force_refresh-value":       "the client says true, or nothing",
	"GET_connections_connectionId/boolean-1":                     "the client says true, or nothing",
	"GET_connections_connectionId/refresh_github_app_jwt_token":  "the client does not ask for it: no screen shows it",
	"PATCH_connections_connectionId/bad-missing-pck":             "the client always names the integration",
	"POST_connections/bad-BILL-type":                             "not importable, so there is no type for it",
	"POST_connections/bad-JWT-type":                              "not importable, so there is no type for it",
	"POST_connections/bad-credentials-no-type":                   "credentials have a type",
	"POST_connections/bad-missing-apiKey":                        "the client always sends the key, empty or not",
	"POST_connections/bad-oauth2-expires_at-not-a-date":          "a time is a time",
	"POST_connections/bad-tags-non-string":                       "tags are texts",
	"POST_connect_sessions/bad-tags":                             "tags are texts",
	"POST_connect_sessions/bad-end_user-no-id":                   "the client always sends the id, empty or not",
	"POST_connections_metadata/bad-missing-metadata":             "the client always sends metadata",
	"*_connections_metadata/bad-metadata-[as]*":                  "what is no object is not put into a body",
	"GET_integrations_uniqueKey/include-both-brackets":           "the client repeats the parameter",
	"GET_providers/accept-language-de":                           "the client asks for no language",
	"GET_providers_provider/trailing-slash":                      "paths have no slash at their end",
	"POST_sync_*/bad-empty":                                      "the client always names syncs and integration",
	"POST_sync_*/bad-missing-syncs":                              "the client always names syncs",
	"POST_sync_*/good-objects":                                   "the client names a sync in a text",
	"POST_sync_*/pck-in-header":                                  "the client names the connection in the body",
	"POST_sync_trigger/bad-syncs-string":                         "syncs are a list",
	"POST_sync_trigger/*-undocumented":                           "deprecated: the client has the options that came after",
	"PUT_sync_update-connection-frequency/bad-missing-frequency": "the client says null for no frequency",
	"GET_sync_status/bad-missing-*":                              "the client always names syncs and integration",
	"DELETE_sync_name_variant_variant/bad-query-instead-of-body": "the client names the connection in the body",
	"*/bad-no-headers":                                           "the client always names the connection",
	"GET_records/*delta-*":                                       "deprecated: the client says modified_after",
	"GET_records/bad-limit-0":                                    "a limit of 0 is none",
	"GET_records/bad-limit-abc":                                  "a limit is a whole number",
	"GET_records/bad-missing-model":                              "the client always names the model",
	"GET_records/bad-modified_after":                             "a time is a time",
	"POST_action_trigger/bad-no-action_name":                     "the client always sends the name, empty or not",
	"POST_action_trigger/extra-field-ignored":                    "the client has no field but those of the operation",
	"POST_action_trigger/good-async-upstream-404":                "the client says true, or nothing",
	"GET_integrations_uniqueKey_functions/bad-limit-0":           "a limit of 0 is none",
	"GET_integrations_uniqueKey_functions/bad-search-empty":      "an empty search is none",
	"POST_functions_*/bad-empty":                                 "the client always sends what the operation needs, empty or not",
	"POST_functions_compile/bad-type":                            "code is a text",
	"GET_scripts_config/*format*":                                "the client reads Nango's own format",
	"DELETE_environment_api-keys/bad-environment-key":            "the client names a key by its number",
	"DELETE_environment_api-keys/probe-body":                     "the client names a key by its number",
	"DELETE_environment_api-keys/unknown":                        "the client names a key by its number",
	"POST_environment*/bad-empty":                                "the client always sends what the operation needs, empty or not",
	"POST_environment_webhook-signing-key_rotate/good":           "the client sends no body",
	"POST_environment_webhook-signing-key_rotate/scope-missing":  "the client sends no body",
	"POST_proxy/binary-[ai]*":                                    "the client tells the provider the type of the body",
	"POST_proxy/good-form":                                       "the client tells the provider the type of the body",
	"POST_proxy/good-multipart":                                  "the client tells the provider the type of the body",
	"POST_proxy/good-octet-stream":                               "the client tells the provider the type of the body",
	"POST_proxy/good-text-plain":                                 "the client tells the provider the type of the body",
	"POST_proxy/good-xml":                                        "the client tells the provider the type of the body",
	"POST_proxy/text-with-percent":                               "the client tells the provider the type of the body",
	"POST_proxy/json-scalar":                                     "the client sends an object or a list",
	"GET_proxy/absolute-url-in-path":                             "the client has the host in the base URL, where it is seen",
	"GET_proxy/bad-no-pck":                                       "the client always names the connection",
	"GET_proxy/bad-retries-abc":                                  "the client has a number for that",
	"GET_proxy/bad-retry-on":                                     "the client has numbers for that",
	"GET_proxy/base-url-override-empty":                          "an empty base URL is none",
	"GET_proxy/big-5MB-accept-gzip":                              "the client leaves packing to the transport",
	"GET_proxy/good":                                             "headers that Nango does not pass on are not sent",
	"GET_proxy/params-in-query":                                  "the client names the connection in headers",
	"GET_proxy/query-only-path":                                  "the path begins with a slash",
	"GET_proxy/root-no-slash":                                    "the path begins with a slash",
	"order/malformed-json-on-get-route-proxy":                    "a GET has no body",
}

// onlyClientRefuses are requests that the server takes and the client refuses all the same.
var onlyClientRefuses = map[string]string{
	"PATCH_connections_metadata/bad-empty-array": "it changes nothing, so it is not what anybody wants",
	"POST_connections_metadata/bad-empty-array":  "it changes nothing, so it is not what anybody wants",
	"GET_sync_status/bad-empty-syncs":            "it asks for no sync, so it is not what anybody wants",
	"GET_proxy/path-dotdot":                      "what stands before Nango would take it for another path",
}

func TestClientBuildsEveryRecordedRequest(t *testing.T) {
	forEachSource(t, func(t *testing.T, found map[Operation][]recording) {
		used := map[string]bool{}
		for operation, all := range found {
			for _, r := range all {
				exceptions := matches(notExpressible, r.Name())
				for _, pattern := range exceptions {
					used[pattern] = true
				}
				request, err := builders[operation](r)
				if err == nil {
					err = compareRequest(t, r, request)
				}
				switch {
				case err == nil && len(exceptions) > 0:
					t.Errorf("%s: listed as a request that the client can't build, but it does", r.Name())
				case err != nil && len(exceptions) == 0:
					t.Errorf("%s: %v", r.Name(), err)
				case err == nil && request.refusal != nil && r.Response.Status < 300 && len(matches(onlyClientRefuses, r.Name())) == 0:
					t.Errorf("%s: the client refuses what the server accepted: %v", r.Name(), request.refusal)
				}
			}
		}
		for pattern := range notExpressible {
			if !used[pattern] {
				t.Errorf("%s is listed, but there is no such recording", pattern)
			}
		}
	})
}

// compareRequest compares what the client would send with what was recorded.
func compareRequest(t testing.TB, r recording, built builtRequest) error {
	t.Helper()
	client := clientFor(t, "https://nango.example", nil)
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
	for name := range recorded {
		if got, there := sent.Header[name]; !there || got[0] != recorded.Get(name) {
			return fmt.Errorf("header %s: %q, recorded %q", name, got, recorded.Get(name))
		}
	}
	for name := range sent.Header {
		if recorded[name] == nil && !slices.Contains([]string{"Authorization", "Content-Type", "Accept", "User-Agent"}, name) {
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
