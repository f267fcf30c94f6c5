package nango

import (
	"context"
	"net/http"
	"strings"
	"testing"
)

const (
	lacksScope = `{"error":{"code":"forbidden","message":"Insufficient scope. Required: environment:variables:read"}}`
	ofAccount  = `{"error":{"code":"forbidden","message":"API key is not authorized for an environment"}}`
)

func TestOwnerIsLearned(t *testing.T) {
	for name, test := range map[string]struct {
		op     Operation
		status int
		body   string
		want   Owner
	}{
		"a list that was read": {OpIntegrationsList, 200, `{"data":[]}`, OwnerEnvironment},
		"a provider that is not there": {OpProviderGet, 404, `{"error":{"code":"not_found","message":"Unknown provider x"}}`,
			OwnerEnvironment},
		"a scope that it lacks":            {OpEnvironmentVariables, 403, lacksScope, OwnerUnknown},
		"refused where no scope is needed": {OpProvidersList, 403, ofAccount, OwnerAccount},
		"an environment that it made":      {OpEnvironmentCreate, 200, `{"data":{"id":5,"name":"a"}}`, OwnerAccount},
		"an environment that is not there": {OpEnvironmentDelete, 404,
			`{"error":{"code":"not_found","message":"Environment not found"}}`, OwnerAccount},
		"the plan does not have it": {OpProvidersList, 403,
			`{"error":{"code":"feature_disabled","message":"not in your plan"}}`, OwnerUnknown},
		"unknown key":                       {OpIntegrationsList, 401, `{"error":{"code":"unknown_account","message":"x"}}`, OwnerUnknown},
		"a provider that speaks like Nango": {OpProxyGet, 403, ofAccount, OwnerUnknown},
		"a session that has its own token":  {OpSessionGet, 403, ofAccount, OwnerUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) { reply(w, test.status, test.body) })
			_, _ = samples[test.op](context.Background(), client)
			if got := client.Owner(); got != test.want {
				t.Errorf("the key is taken for %d, not %d", got, test.want)
			}
		})
	}
}

func TestAdviceNamesTheRightKey(t *testing.T) {
	body := ofAccount
	client := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) { reply(w, 403, body) })
	advice := func(send func(context.Context, *Client) (any, error)) string {
		_, err := send(context.Background(), client)
		e, _ := AsError(err)
		return e.Advice()
	}
	if said := advice(samples[OpProvidersList]); !strings.Contains(said, "an account key") {
		t.Error(said)
	}
	body = lacksScope
	if said := advice(samples[OpEnvironmentVariables]); !strings.Contains(said, "Use a key of the environment") {
		t.Error(said)
	}
	body = `{"error":{"code":"forbidden","message":"Insufficient scope. Required: account:environments:create"}}`
	if said := advice(samples[OpEnvironmentCreate]); !strings.Contains(said, "an account key with the scope account:environments:create") {
		t.Error(said)
	}
	client.owner.Store(int32(OwnerEnvironment))
	if said := advice(samples[OpEnvironmentCreate]); said != "This requires an account key. This key belongs to an environment." {
		t.Error(said)
	}
}

func TestFingerprint(t *testing.T) {
	const one, other = "12121212-3434-4565-8787-909090909090", "12121212-3434-4565-8787-909090909091"
	print := func(key Secret) string {
		client, err := NewClient(Config{Host: CloudHost, Key: key})
		if err != nil {
			t.Fatal(err)
		}
		return client.Fingerprint()
	}
	if got := print(one); len(got) != fingerprintDigits || strings.Trim(got, "0123456789abcdef") != "" || strings.Contains(one, got) {
		t.Errorf("the fingerprint is %q", got)
	}
	if again := print(one); print(one) == print(other) || print(one) != again {
		t.Error("a fingerprint does not tell the keys apart")
	}
}
