package nango

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

func checkRecords(t *testing.T, r recording, page RecordPage) {
	t.Helper()
	checkField(t, r, page.Records, "records")
	var body struct {
		Next    *string `json:"next_cursor"`
		Records []map[string]json.RawMessage
	}
	if err := json.Unmarshal(r.Response.Body, &body); err != nil || (body.Next == nil) != (page.Next == "") || body.Next != nil && *body.Next != page.Next {
		t.Errorf("%s: next %q: %v", r.name(), page.Next, err)
	}
	for i, record := range page.Records {
		if record.ID == "" || record.FirstSeen.IsZero() || record.LastModified.IsZero() || record.Action == "" || record.Cursor == "" {
			t.Errorf("%s: incomplete: %+v", r.name(), record)
		}
		whole, err := json.Marshal(body.Records[i])
		if err != nil {
			t.Fatal(err)
		}
		sameJSON(t, r.name(), record.Raw, whole)
		delete(body.Records[i], recordMetadata)
		payload, err := json.Marshal(body.Records[i])
		if err != nil {
			t.Fatal(err)
		}
		sameJSON(t, r.name(), record.Payload(), payload)
	}
}

// checkField holds the length of a list against that of a field beside others.
func checkField[T any](t *testing.T, r recording, got []T, field string) {
	t.Helper()
	var body map[string]json.RawMessage
	var list []json.RawMessage
	if err := json.Unmarshal(r.Response.Body, &body); err != nil {
		t.Errorf("%s: %v", r.name(), err)
	}
	if err := json.Unmarshal(body[field], &list); err != nil || len(list) != len(got) {
		t.Errorf("%s: read %d of %d (%v)", r.name(), len(got), len(list), err)
	}
}

// headerRef is the connection that the headers name.
func headerRef(r recording) ConnectionRef {
	return ConnectionRef{r.Request.Headers["Provider-Config-Key"], r.Request.Headers["Connection-Id"]}
}

func readRecords(r recording) (meaning, error) {
	query, err := url.ParseQuery(r.Request.Query)
	if err != nil {
		return meaning{}, err
	}
	q := RecordQuery{Connection: headerRef(r), Model: query.Get("model"), Variant: query.Get("variant"), IDs: query["ids"], Cursor: query.Get("cursor")}
	q.Limit, _ = strconv.Atoi(query.Get("limit"))                              // what is no number gives another query
	q.ModifiedAfter, _ = time.Parse(time.RFC3339, query.Get("modified_after")) // what is no time, too
	if filter := query.Get("filter"); filter != "" {
		for _, word := range strings.Split(filter, ",") {
			q.Actions = append(q.Actions, RecordAction(strings.ToUpper(word)))
		}
	}
	return meansRead(ListRecords(q))
}

func readPrune(r recording) (meaning, error) {
	var body struct {
		Model   string `json:"model"`
		Variant string `json:"variant"`
		Until   string `json:"until_cursor"`
		Limit   int    `json:"limit"`
	}
	if err := strictly(r.Request.Body, &body); err != nil {
		return meaning{}, err
	}
	return means(PruneRecords(PruneInput{headerRef(r), body.Model, body.Variant, body.Until, body.Limit}))
}
