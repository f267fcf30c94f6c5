package records

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"nango-tui/internal/clean"
	"nango-tui/internal/jsontext"
)

// formatWriter writes the export in one of the formats. It gets masked JSON texts.
type formatWriter interface {
	write(text string) error
	end() error
}

// newFormatWriter returns the writer for a file's extension, and writes what comes first. It calls header only for a table.
func newFormatWriter(name string, to *bufio.Writer, header func() *header) (formatWriter, error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".json":
		_, err := to.WriteString("[")
		return &jsonWriter{to, "\n"}, err
	case ".jsonl", ".ndjson":
		return lineWriter{to}, nil
	case ".csv":
		return newCSVWriter(to, header())
	}
	return nil, errors.New(textExtension)
}

func checkFileName(name string) error {
	name = strings.TrimSpace(name)
	if base := path.Base(name); strings.HasSuffix(name, "/") || base == path.Ext(base) {
		return errors.New(textNoFileName)
	}
	_, err := newFormatWriter(name, bufio.NewWriter(io.Discard), func() *header { return newHeader(false) })
	return err
}

type jsonWriter struct {
	to      *bufio.Writer
	between string // what comes before the next text
}

func (s *jsonWriter) write(text string) error {
	_, err := s.to.WriteString(s.between + clean.JSON(text).String())
	s.between = ",\n"
	return err
}

func (s *jsonWriter) end() error {
	_, err := s.to.WriteString("\n]\n")
	return err
}

type lineWriter struct{ to *bufio.Writer }

func (s lineWriter) write(text string) error {
	_, err := s.to.WriteString(clean.JSONLine(text).String() + "\n")
	return err
}

func (s lineWriter) end() error { return nil }

// maxColumns is the maximum number of columns of a table.
const maxColumns = 500

// metadataColumns are the columns of Nango's metadata, after those of the payload.
var metadataColumns = []string{"last_action", "last_modified_at", "deleted_at", "pruned_at"}

type header struct {
	// keys are the keys of the payload, as written.
	keys []string
	at   map[string]int
	// metadata adds the columns of Nango's metadata.
	metadata bool
	// plain is set for values that are not objects: they have one column.
	plain bool
}

func newHeader(metadata bool) *header { return &header{at: map[string]int{}, metadata: metadata} }

// add adds a column for each new key of the object.
func (h *header) add(text string) {
	if kindOf(text) != jsontext.ObjectStart {
		h.plain = true
		return
	}
	for m := range jsontext.Members(text) {
		key := m.Name.In(text)
		if _, known := h.at[key]; !known && key != metadataKey && len(h.keys) < maxColumns {
			h.at[key] = len(h.keys)
			h.keys = append(h.keys, key)
		}
	}
}

// redact hides secrets in the keys, as they are hidden in the texts that are written.
func (h *header) redact(redactor *jsontext.Redactor) {
	for i, key := range h.keys {
		text := jsontext.Text(key)
		if shown, _ := redactor.Name(0, text); shown != text {
			h.keys[i] = jsontext.Quote(shown)
			h.at[h.keys[i]] = i
		}
	}
}

func (h *header) first(key string) {
	i, known := h.at[key]
	if !known {
		return
	}
	h.keys = slices.Insert(slices.Delete(h.keys, i, i+1), 0, key)
	for i, key := range h.keys {
		h.at[key] = i
	}
}

// csvWriter writes a table. It counts the lines with keys that have no column.
type csvWriter struct {
	to     *csv.Writer
	header *header
	cells  []string
	// incomplete is the number of such lines.
	incomplete int
}

func newCSVWriter(to *bufio.Writer, columns *header) (*csvWriter, error) {
	titles := []string{"value"}
	if !columns.plain {
		titles = nil
		for _, key := range columns.keys {
			titles = append(titles, escapeFormula(jsontext.Text(key)))
		}
		for _, name := range metadataColumns {
			if columns.metadata {
				titles = append(titles, "_nango_"+name)
			}
		}
	}
	s := &csvWriter{to: csv.NewWriter(to), header: columns, cells: make([]string, len(titles))}
	return s, s.to.Write(titles)
}

func (s *csvWriter) write(text string) error {
	clear(s.cells)
	if s.header.plain {
		s.cells[0] = csvCell(text)
		return s.to.Write(s.cells)
	}
	lost := kindOf(text) != jsontext.ObjectStart
	for m := range jsontext.Members(text) {
		value := m.Value.In(text)
		i, known := s.header.at[m.Name.In(text)]
		switch {
		case known:
			s.cells[i] = csvCell(value)
		case m.Name.In(text) == metadataKey && s.header.metadata:
			s.writeMetadata(value)
		default:
			lost = true
		}
	}
	if lost {
		s.incomplete++
	}
	return s.to.Write(s.cells)
}

func (s *csvWriter) writeMetadata(text string) {
	for m := range jsontext.Members(text) {
		if i := slices.Index(metadataColumns, jsontext.Text(m.Name.In(text))); i >= 0 {
			s.cells[len(s.header.keys)+i] = csvCell(m.Value.In(text))
		}
	}
}

func (s *csvWriter) end() error {
	s.to.Flush()
	return s.to.Error()
}

// csvCell formats a JSON value as a cell: texts without quotes, null as empty.
func csvCell(written string) string {
	switch kindOf(written) {
	case jsontext.Null:
		return ""
	case jsontext.Number:
		return written // numbers are not formulas
	case jsontext.String:
		return escapeFormula(jsontext.Text(written))
	}
	return clean.StripControls(written).String()
}

// escapeFormula keeps a spreadsheet from reading a text as a formula.
func escapeFormula(s string) string {
	s = clean.StripControls(s).String()
	if s != "" && strings.IndexByte("=+-@\t", s[0]) >= 0 {
		return "'" + s
	}
	return s
}

type countingWriter struct {
	to    io.Writer
	bytes int64
}

func (c *countingWriter) Write(some []byte) (int, error) {
	n, err := c.to.Write(some)
	c.bytes += int64(n)
	return n, err
}
