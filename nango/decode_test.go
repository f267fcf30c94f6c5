package nango

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"

	"nango-tui/internal/jsontext"
)

// pageOf is a page of the list of a busy environment.
func pageOf(rows int) []byte {
	var out strings.Builder
	out.WriteString(`{"connections":[`)
	for i := range rows {
		if i > 0 {
			out.WriteByte(',')
		}
		failures := ""
		if i%20 == 0 {
			failures = fmt.Sprintf(`{"type":"auth","log_id":"17953577%05d_EKmT7arm"}`, i)
		}
		fmt.Fprintf(&out, `{"id":%d,"connection_id":"conn-%06d-4f0c-19a7","provider_config_key":"hubspot-%d",`+
			`"provider":"hubspot","errors":[%s],"end_user":null,`+
			`"tags":{"end_user_id":"usr_%d","end_user_email":"ops%d@globex.io","end_user_display_name":"Globex %d"},"metadata":{}`+
			`,"created":"2026-11-22T14:36:53.834+00:00"}`,
			i, i, i%7, failures, i, i, i)
	}
	out.WriteString(`]}`)
	return []byte(out.String())
}

func TestConnectionsPageAllocations(t *testing.T) {
	const rows, perRow = 2000, 9
	page := pageOf(rows)
	allocations := testing.AllocsPerRun(3, func() {
		if got, err := decodeConnections(Response{Body: page}, ConnectionQuery{Limit: MaxPage}); err != nil || len(got) != rows {
			t.Fatal(len(got), err)
		}
	})
	if allocations > rows*perRow {
		t.Errorf("%.1f allocations a row, at most %d", allocations/rows, perRow)
	}
}

func BenchmarkDecodeConnections(b *testing.B) {
	page := pageOf(2000)
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decodeConnections(Response{Body: page}, ConnectionQuery{Limit: MaxPage}); err != nil {
			b.Fatal(err)
		}
	}
}

// Whatever the input, the result is that of encoding/json.
func FuzzDecodeConnections(f *testing.F) {
	f.Add(pageOf(2))
	f.Add([]byte(`{"x":[{"connections":1}],"connections":[{"connection_id":"a\u0062\"","provider_config_key":"k",` +
		`"tags":{"\u0061":"b"},"metadata":{"a":[1,{}]},"end_user":{"id":"x","tags":{}},"errors":[{"type":"sync","log_id":"1"}]}]} `))
	f.Add([]byte(`{"connections":[{"connection_id":1,"tags":[],"errors":{},"metadata":null,"created":5,"end_user":"x"}]}`))
	f.Add([]byte(" {\"connections\" : [ { \"connection_id\" : \"\xff\" , \"provider_config_key\" : \"k\" } ] } "))
	f.Fuzz(func(t *testing.T, raw []byte) {
		rows, err := decodeConnections(Response{Body: raw}, ConnectionQuery{})
		var page struct {
			Connections *[]connectionWire `json:"connections"`
		}
		wrong := json.Unmarshal(raw, &page)
		if (wrong != nil || page.Connections == nil) && err == nil && !isMistyped(wrong) && !foldedKeys(raw) {
			t.Fatalf("%q was read as %+v; %v", raw, rows, wrong)
		}
		if wrong != nil || err != nil || foldedKeys(raw) {
			return
		}
		converted, err := decodeConnectionRows(Response{Body: raw}, ConnectionQuery{}, copyConnection)
		for i := range rows {
			rows[i] = copyConnection(&rows[i])
			rows[i].Metadata = nil
		}
		if err != nil || len(converted) != len(rows) || len(rows) > 0 && !reflect.DeepEqual(converted, rows) {
			t.Errorf("converted row by row: %+v, %v; at once: %+v", converted, err, rows)
		}
		rows, _ = decodeConnections(Response{Body: raw}, ConnectionQuery{})
		for i := range *page.Connections {
			want, got := (*page.Connections)[i].detail().Connection, rows[i]
			a, errA := json.Marshal(want)
			b, errB := json.Marshal(got)
			if string(withoutEmpty(a)) != string(withoutEmpty(b)) || errA != nil || errB != nil {
				t.Errorf("%q:\n got %s\nwant %s", raw, b, a)
			}
		}
	})
}

// copyConnection copies what [ConnectionRows] overwrites. No tags are empty tags.
func copyConnection(c *Connection) Connection {
	row := *c
	row.Tags, row.Errors = map[string]string{}, append([]ConnectionError{}, c.Errors...)
	maps.Copy(row.Tags, c.Tags)
	return row
}

// foldedKeys reports whether a text has keys that encoding/json matches in another case, or duplicates, which it
// merges.
func foldedKeys(raw []byte) bool {
	doubled := false
	reader := jsontext.NewReader(string(raw), jsontext.Limits{})
	if !json.Valid(raw) {
		return false
	}
	var look func()
	look = func() {
		switch reader.Peek() {
		case jsontext.ObjectStart:
			keys := map[string]bool{}
			for name := range reader.Members() {
				key := reader.Text(name)
				folded := strings.ToLower(key)
				doubled = doubled || keys[folded] || folded != key
				keys[folded] = true
				look()
			}
		case jsontext.ArrayStart:
			for range reader.Elements() {
				look()
			}
		}
	}
	look()
	return doubled
}

// withoutEmpty treats no tags and empty tags as equal, and so no metadata and null.
func withoutEmpty(raw []byte) []byte {
	return []byte(strings.NewReplacer(`"tags":null`, `"tags":{}`).Replace(string(raw)))
}
