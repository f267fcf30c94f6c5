package connections

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// exported is a connection as it is exported: everything that the list knows.
type exported struct {
	ID           string            `json:"id"`
	Integration  string            `json:"integration"`
	Provider     string            `json:"provider"`
	Customer     string            `json:"customer"`
	Organization string            `json:"organization,omitempty"`
	State        string            `json:"state"`
	Failed       string            `json:"failed,omitempty"`
	Created      string            `json:"created,omitempty"`
	Tags         map[string]string `json:"tags,omitempty"`
}

func (r *row) export() exported {
	e := exported{ID: r.id(), Integration: r.integration(), Provider: r.provider(), Customer: r.customer().Name,
		Organization: r.organization(), State: r.state.String(), Tags: map[string]string{}}
	if at, known := r.failedAt(); known {
		e.Failed = at.UTC().Format(time.RFC3339)
	}
	if at, known := r.createdAt(); known {
		e.Created = at.UTC().Format(time.RFC3339)
	}
	for _, p := range r.pairs() {
		e.Tags[p.key] = p.value
	}
	return e
}

// chosen returns the marked rows, or else those that the filter shows, and what they are.
func (l *List) chosen() (rows []row, what string) {
	marked := map[string]bool{}
	for _, ref := range l.table.Marked() {
		marked[ref.String()] = true
	}
	if len(marked) == 0 {
		for r := range l.table.EachShown() {
			rows = append(rows, *r)
		}
		return rows, fmt.Sprintf(textAllShown, ui.Count(len(rows)))
	}
	for r := range l.table.Each() {
		if marked[r.ref().String()] {
			rows = append(rows, *r)
		}
	}
	return rows, fmt.Sprintf(textAllMarked, ui.Count(len(rows)))
}

// exportOptions are what can be done with the marked rows, or all that are shown.
func (l *List) exportOptions() []screen.Option {
	rows, what := l.chosen()
	if len(rows) == 0 {
		return nil
	}
	option := func(title, file string, encode func([]row) []byte) screen.Option {
		return screen.Option{Title: title, Detail: what, Do: func(t *screen.Turn) { l.export(t, rows, what, file, encode) }}
	}
	return []screen.Option{
		option(optionCopyJSON, "", encodeJSON),
		option(optionCSV, "connections.csv", encodeCSV),
		option(optionJSONFile, "connections.json", encodeJSON),
		option(optionJSONLines, "connections.jsonl", encodeLines),
	}
}

// export encodes rows off App's goroutine, and then asks for a file, or copies without one.
func (l *List) export(t *screen.Turn, rows []row, what, file string, encode func([]row) []byte) {
	l.encoding.Start(t, func(_ context.Context, tools screen.Tools) ([]byte, error) { return tools.MaskJSON(encode(rows)), nil },
		func(t *screen.Turn) {
			data := l.encoding.Value
			if l.encoding.Value = nil; file == "" {
				t.Copy(what, string(data))
				return
			}
			t.Show(screen.NewMaskedSave(what, textExportNote, file, data))
		})
}

func encodeJSON(rows []row) []byte {
	all := make([]exported, len(rows))
	for i := range rows {
		all[i] = rows[i].export()
	}
	data, _ := json.MarshalIndent(all, "", "  ") // texts can always be encoded
	return data
}

func encodeLines(rows []row) []byte {
	var b bytes.Buffer
	for i := range rows {
		_ = json.NewEncoder(&b).Encode(rows[i].export()) // a buffer doesn't fail
	}
	return b.Bytes()
}

func encodeCSV(rows []row) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	write := func(cells ...string) {
		for i, cell := range cells {
			if strings.ContainsAny(cell[:min(len(cell), 1)], "=+-@\t\r") { // a spreadsheet would run it
				cells[i] = "'" + cell
			}
		}
		_ = w.Write(cells) // a buffer doesn't fail
	}
	write("id", "integration", "provider", "customer", "organization", "state", "failed", "created", "tags")
	for i := range rows {
		e := rows[i].export()
		tags, _ := json.Marshal(e.Tags)
		write(e.ID, e.Integration, e.Provider, e.Customer, e.Organization, e.State, e.Failed, e.Created, string(tags))
	}
	w.Flush()
	return b.Bytes()
}
