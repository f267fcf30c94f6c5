package nango

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
)

const testKey Secret = "11111111-2222-4333-8444-555555555555"

// serve starts a server and a client for it.
func serve(t *testing.T, change func(*Config), handler http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return clientFor(t, server.URL, change)
}

func clientFor(t *testing.T, host string, change func(*Config)) *Client {
	t.Helper()
	config := Config{Host: host, Key: testKey}
	if change != nil {
		change(&config)
	}
	client, err := NewClient(config)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// reply writes an answer as Nango does.
func reply(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body))
}

func TestAPageOfConnectionsIsFetched(t *testing.T) {
	var got *http.Request
	client := serve(t, nil, func(w http.ResponseWriter, r *http.Request) {
		got = r
		reply(w, 200, `{"connections":[{"id":1,"connection_id":"a/b","provider_config_key":"hubspot","provider":"hubspot","errors":[{"type":"auth","log_id":"1795357740251_EKmT7arm"}],"end_user":null,"tags":{"end_user_email":"a@b.co"},"metadata":{"n":12345678901234567890},"created":"2026-11-22T14:36:53.834+00:00"}]}`)
	})
	rows, err := Fetch(context.Background(), client, ListConnections(ConnectionQuery{Limit: 100, Tags: map[string]string{"env": "prod"}}))
	if err != nil {
		t.Fatal(err)
	}
	if got.Header.Get("Authorization") != "Bearer "+testKey.Reveal() || got.URL.Query().Get("tags[env]") != "prod" || got.URL.Query().Get("limit") != "100" {
		t.Errorf("sent %s with %v", got.URL, got.Header)
	}
	if len(rows) != 1 || rows[0].Ref() != (ConnectionRef{"hubspot", "a/b"}) || rows[0].State() != AuthError {
		t.Errorf("read %+v", rows)
	}
	if string(rows[0].Metadata) != `{"n":12345678901234567890}` || rows[0].Customer().Name != "a@b.co" {
		t.Errorf("metadata %s, customer %v", rows[0].Metadata, rows[0].Customer())
	}
	if at, ok := rows[0].FailedAt(); !ok || at.UnixMilli() != 1795357740251 {
		t.Errorf("failed at %v", at)
	}
}
