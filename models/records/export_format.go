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
type sink interface {
	begin() error
	put(text string) error
	end() error
}

// newSink writes in the format that the file's name asks for. The header is made where it is that of a table.
func newSink(name string, to *bufio.Writer, header func() *header) (sink, error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".json":
		return &jsonSink{to: to}, nil
	case ".jsonl", ".ndjson":
		return lineSink{to}, nil
	case ".csv":
		return &csvSink{to: csv.NewWriter(to), header: header()}, nil
	}
	return nil, errors.New("the name ends in .json, .jsonl or .csv, which says what is written")
}

// checkName says whether something can be written under the name.
func checkName(name string) error {
	name = strings.TrimSpace(name)
	if base := path.Base(name); strings.HasSuffix(name, "/") || base == path.Ext(base) {
		return errors.New("it names no file: write a name such as ~/contacts.csv")
	}
	_, err := newSink(name, bufio.NewWriter(io.Discard), func() *header { return nil })
	return err
}

// jsonSink writes one array.
type jsonSink struct {
	to    *bufio.Writer
	begun bool
}

func (s *jsonSink) begin() error {
	_, err := s.to.WriteString("[")
	return err
}

func (s *jsonSink) put(text string) error {
	between := ",\n"
	if !s.begun {
		between, s.begun = "\n", true
	}
	_, err := s.to.WriteString(between + text)
	return err
}

func (s *jsonSink) end() error {
	_, err := s.to.WriteString("\n]\n")
	return err
}

// lineSink writes a line each: JSON as Nango gives it has no line breaks, and other JSON is put on one line.
type lineSink struct{ to *bufio.Writer }

func (s lineSink) begin() error { return nil }

func (s lineSink) put(text string) error {
	if strings.ContainsAny(text, "\n\r") {
		text = strings.NewReplacer("\n", " ", "\r", " ").Replace(text) // within a text they are escaped
	}
	if _, err := s.to.WriteString(text); err != nil {
		return err
	}
	return s.to.WriteByte('\n')
}

func (s lineSink) end() error { return nil }

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
type csvSink struct {
	to     *csv.Writer
	header *header
	cells  []string
	// lost is how many lines had something that has no column.
	lost int
}

func (s *csvSink) begin() error {
	var titles []string
	if s.header.plain {
		titles = []string{"value"}
	} else {
		for _, key := range s.header.keys {
			titles = append(titles, asText(unquoted(key)))
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

func (s *csvSink) put(text string) error {
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
			s.putMetadata(value)
		default:
			lost = true
		}
	}
	if lost {
		s.lost++
	}
	return s.to.Write(s.cells)
}

func (s *csvSink) putMetadata(text string) {
	for m := range membersOf(text) {
		if i := slices.Index(metadataColumns, unquoted(m.key)); i >= 0 {
			s.cells[len(s.header.keys)+i] = csvCell(m.value.in(text))
		}
	}
}

func (s *csvSink) end() error {
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
		return asText(unquoted(written))
	}
	return ui.StripControls(written)
}

// asText keeps a spreadsheet from taking a text for a formula.
func asText(s string) string {
	s = ui.StripControls(s)
	if s != "" && strings.IndexByte("=+-@\t", s[0]) >= 0 {
		return "'" + s
	}
	return s
}

// counting counts the bytes that are written.
type counting struct {
	to    io.Writer
	bytes int64
}

func (c *counting) Write(some []byte) (int, error) {
	n, err := c.to.Write(some)
	c.bytes += int64(n)
	return n, err
}

// lostIn is how many lines have lost something.
func lostIn(s sink) int {
	if table, ok := s.(*csvSink); ok {
		return table.lost
	}
	return 0
}
