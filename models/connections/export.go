package connections

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"iter"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/ui"
	"nango-tui/ui/table"
)

// maxExport bounds an export, in bytes.
const maxExport = 64 << 20

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

// content is what is exported of rows: as cells below a head for CSV, and as a JSON value.
type content struct {
	head  []string
	cells func(*row) []string
	value func(*row) any
}

// everything is all that the list knows of a row.
func everything() content {
	return content{
		head: []string{"id", "integration", "provider", "customer", "organization", "state", "failed", "created", "tags"},
		cells: func(r *row) []string {
			e := r.export()
			tags, _ := json.Marshal(e.Tags) // texts can always be encoded
			return []string{e.ID, e.Integration, e.Provider, e.Customer, e.Organization, e.State, e.Failed, e.Created, string(tags)}
		},
		value: func(r *row) any { return r.export() },
	}
}

// asShown is what the columns show of a row, whatever their width.
func (l *List) asShown(now time.Time) content {
	all, shown := l.table.Columns()
	var c content
	var draw []func(ui.Frame, *row) ui.Cell
	columns := l.columns()
	for _, column := range all[:shown] {
		c.head = append(c.head, column.ID)
		draw = append(draw, screen.Find(columns, func(of table.Column[row]) bool { return of.ID == column.ID }).Cell)
	}
	c.cells = func(r *row) []string {
		cells := make([]string, len(draw))
		for i := range draw {
			cells[i] = draw[i](ui.Frame{Now: now}, r).Text.String()
		}
		return cells
	}
	c.value = func(r *row) any {
		values := map[string]string{}
		for i, cell := range c.cells(r) {
			values[c.head[i]] = cell
		}
		return values
	}
	return c
}

// format writes rows. Secrets in them are masked.
type format func(rows iter.Seq[*row], of content, tools screen.Tools) ([]byte, error)

// many returns how many rows are copied or exported, in words too, and what their ids are called: the marked rows, or else those that
// are shown.
func (l *List) many() (n int, what, ids string) {
	if n, _ = l.table.MarkedCount(); n > 0 {
		return n, fmt.Sprintf(textAllMarked, ui.Count(n)), optionMarkedIDs
	}
	n = l.table.Shown()
	return n, fmt.Sprintf(textAllShown, ui.Count(n)), optionShownIDs
}

// copyManyOptions are what can be copied of the marked rows, or else those that are shown. Nothing is read before one is chosen.
func (l *List) copyManyOptions() []screen.Option {
	n, what, ids := l.many()
	copied := func(title, copied string, write format) screen.Option {
		return screen.Option{Title: title, Detail: what, Do: func(t *screen.Turn) {
			l.encode(t, write, everything(), func(t *screen.Turn, data []byte) { t.Copy(copied, string(data)) })
		}}
	}
	return []screen.Option{
		copied(ids, fmt.Sprintf(copiedIDs, ui.Count(n)), encodeIDs),
		copied(optionCopyJSON, what, encodeJSON),
	}
}

// pickExport asks for the format of a file of the marked rows, or else those that are shown.
func (l *List) pickExport(t *screen.Turn) {
	_, what, _ := l.many()
	saved := func(title, file string, write format) screen.Option {
		return screen.Option{Title: title, Detail: what, Do: func(t *screen.Turn) { l.pickContent(t, title, what, file, write) }}
	}
	t.Pick(actionExport,
		saved(optionCSV, "connections.csv", encodeCSV),
		saved(optionJSONFile, "connections.json", encodeJSON),
		saved(optionJSONLines, "connections.jsonl", encodeLines))
}

// pickContent asks what is exported, and then for a file.
func (l *List) pickContent(t *screen.Turn, title, what, file string, write format) {
	option := func(name, about, note string, of content) screen.Option {
		return screen.Option{Title: name, Detail: about, Do: func(t *screen.Turn) {
			l.encode(t, write, of, func(t *screen.Turn, data []byte) { t.Show(screen.NewTextSave(what, note, file, data)) })
		}}
	}
	shown := l.asShown(t.Now)
	t.Pick(title, option(optionShownColumns, strings.Join(shown.head, ", "), textShownNote, shown),
		option(optionEverything, aboutEverything, textEverythingNote, everything()))
}

// encode writes the rows on another goroutine.
func (l *List) encode(t *screen.Turn, write format, of content, then func(*screen.Turn, []byte)) {
	rows := l.table.Chosen()
	l.encoding.Start(t, func(_ context.Context, tools screen.Tools) ([]byte, error) { return write(rows, of, tools) },
		func(t *screen.Turn) {
			data := l.encoding.Value
			if l.encoding.Value = nil; l.encoding.Err != nil {
				t.Notice(noticeNotExported, l.encoding.Err.Error())
				return
			}
			then(t, data)
		})
}

// each writes one row after another, up to the bound.
func each(b *bytes.Buffer, rows iter.Seq[*row], write func(*row) error) error {
	for r := range rows {
		if err := write(r); err != nil {
			return err
		}
		if b.Len() > maxExport {
			return fmt.Errorf(errExportTooLong, ui.Bytes(maxExport))
		}
	}
	return nil
}

func encodeIDs(rows iter.Seq[*row], _ content, tools screen.Tools) ([]byte, error) {
	var b bytes.Buffer
	err := each(&b, rows, func(r *row) error {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(tools.Mask(r.id()))
		return nil
	})
	return b.Bytes(), err
}

func encodeJSON(rows iter.Seq[*row], of content, tools screen.Tools) ([]byte, error) {
	b := bytes.NewBufferString("[")
	err := each(b, rows, func(r *row) error {
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		data, err := json.MarshalIndent(of.value(r), "  ", "  ")
		b.WriteString("\n  ")
		b.Write(tools.MaskJSON(data))
		return err
	})
	b.WriteString("\n]\n")
	return b.Bytes(), err
}

func encodeLines(rows iter.Seq[*row], of content, tools screen.Tools) ([]byte, error) {
	var b bytes.Buffer
	err := each(&b, rows, func(r *row) error {
		data, err := json.Marshal(of.value(r))
		b.Write(tools.MaskJSON(data))
		b.WriteByte('\n')
		return err
	})
	return b.Bytes(), err
}

// encodeCSV writes no cell that a spreadsheet would run as a formula. Cells are cleaned before they are checked: what is invisible
// would hide the beginning of a formula.
func encodeCSV(rows iter.Seq[*row], of content, tools screen.Tools) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(of.head); err != nil {
		return nil, err
	}
	err := each(&b, rows, func(r *row) error {
		cells := of.cells(r)
		for i := range cells {
			cells[i] = ui.Clean(string(tools.MaskJSON([]byte(cells[i])))).String() // tags are JSON
			if strings.ContainsAny(cells[i][:min(len(cells[i]), 1)], "=+-@") {
				cells[i] = "'" + cells[i]
			}
		}
		err := w.Write(cells)
		w.Flush()
		return err
	})
	return b.Bytes(), err
}
