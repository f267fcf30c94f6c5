package records

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"nango-tui/ui"
)

// sink writes what is exported in one of the formats. Every text that it is given is JSON, masked already.
type formatWriter interface {
	start() error
	write(text string) error
	end() error
}

// newSink writes in the format that the file's name asks for. The header is made where it is that of a table.
func newFormatWriter(name string, to *bufio.Writer, header func() *header) (formatWriter, error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".json":
		return &jsonWriter{to: to}, nil
	case ".jsonl", ".ndjson":
		return lineWriter{to}, nil
	case ".csv":
		return &csvWriter{to: csv.NewWriter(to), header: header()}, nil
	}
	return nil, errors.New("the name ends in .json, .jsonl or .csv, which says what is written")
}

// checkName says whether something can be written under the name.
func checkFileName(name string) error {
	name = strings.TrimSpace(name)
	if base := path.Base(name); strings.HasSuffix(name, "/") || base == path.Ext(base) {
		return errors.New("it names no file: write a name such as ~/contacts.csv")
	}
	_, err := newFormatWriter(name, bufio.NewWriter(io.Discard), func() *header { return nil })
	return err
}

// jsonSink writes one array.
type jsonWriter struct {
	to      *bufio.Writer
	started bool
}

func (s *jsonWriter) start() error {
	_, err := s.to.WriteString("[")
	return err
}

func (s *jsonWriter) write(text string) error {
	between := ",\n"
	if !s.started {
		between, s.started = "\n", true
	}
	_, err := s.to.WriteString(between + text)
	return err
}

func (s *jsonWriter) end() error {
	_, err := s.to.WriteString("\n]\n")
	return err
}

// lineSink writes a line each: JSON as Nango gives it has no line breaks, and other JSON is put on one line.
type lineWriter struct{ to *bufio.Writer }

func (s lineWriter) start() error { return nil }

func (s lineWriter) write(text string) error {
	if strings.ContainsAny(text, "\n\r") {
		text = strings.NewReplacer("\n", " ", "\r", " ").Replace(text) // within a text they are escaped
	}
	if _, err := s.to.WriteString(text); err != nil {
		return err
	}
	return s.to.WriteByte('\n')
}

func (s lineWriter) end() error { return nil }

// maxColumns is how many columns a table gets.
const maxColumns = 500

// metadataColumns are the columns of what Nango says of a record, behind those of the payload.
var metadataColumns = []string{"last_action", "last_modified_at", "deleted_at", "pruned_at"}

// header is the columns of a table.
type header struct {
	// keys are those of the payload, as they are written.
	keys []string
	at   map[string]int
	// metadata says that Nango's own columns follow.
	metadata bool
	// plain says that what is written are no objects: there is one column for all of it.
	plain bool
}

func newHeader(metadata bool) *header { return &header{at: map[string]int{}, metadata: metadata} }

// add makes a column of each key of the object.
func (h *header) add(text string) {
	if kindOf(text) != '{' {
		h.plain = true
		return
	}
	for m := range membersOf(text) {
		if _, known := h.at[m.key]; !known && m.key != metadataKey && len(h.keys) < maxColumns {
			h.at[m.key] = len(h.keys)
			h.keys = append(h.keys, m.key)
		}
	}
}

// first puts a key at the first place.
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

// csvSink writes a table. What stands under other keys than those of the header is lost, and counted.
type csvWriter struct {
	to     *csv.Writer
	header *header
	cells  []string
	// lost is how many lines had something that has no column.
	incomplete int
}

func (s *csvWriter) start() error {
	var titles []string
	if s.header.plain {
		titles = []string{"value"}
	} else {
		for _, key := range s.header.keys {
			titles = append(titles, escapeFormula(unquoted(key)))
		}
		if s.header.metadata {
			for _, name := range metadataColumns {
				titles = append(titles, "_nango_"+name)
			}
		}
	}
	s.cells = make([]string, len(titles))
	return s.to.Write(titles)
}

func (s *csvWriter) write(text string) error {
	clear(s.cells)
	if s.header.plain {
		s.cells[0] = csvCell(text)
		return s.to.Write(s.cells)
	}
	lost := kindOf(text) != '{'
	for m := range membersOf(text) {
		value := m.value.in(text)
		i, known := s.header.at[m.key]
		switch {
		case known:
			s.cells[i] = csvCell(value)
		case m.key == metadataKey && s.header.metadata:
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
	for m := range membersOf(text) {
		if i := slices.Index(metadataColumns, unquoted(m.key)); i >= 0 {
			s.cells[len(s.header.keys)+i] = csvCell(m.value.in(text))
		}
	}
}

func (s *csvWriter) end() error {
	s.to.Flush()
	return s.to.Error()
}

// csvCell is a JSON value as a cell: a text as it reads, a number as it is written, a container as JSON, null as nothing.
func csvCell(written string) string {
	switch kindOf(written) {
	case 'n':
		return ""
	case '0':
		return written // a number begins no formula, and with a sign before it would be none any more
	case '"':
		return escapeFormula(unquoted(written))
	}
	return ui.StripControls(written)
}

// asText keeps a spreadsheet from taking a text for a formula.
func escapeFormula(s string) string {
	s = ui.StripControls(s)
	if s != "" && strings.IndexByte("=+-@\t", s[0]) >= 0 {
		return "'" + s
	}
	return s
}

// counting counts the bytes that are written.
type countingWriter struct {
	to    io.Writer
	bytes int64
}

func (c *countingWriter) Write(some []byte) (int, error) {
	n, err := c.to.Write(some)
	c.bytes += int64(n)
	return n, err
}

// lostIn is how many lines have lost something.
func incompleteIn(s formatWriter) int {
	if table, ok := s.(*csvWriter); ok {
		return table.incomplete
	}
	return 0
}
