package records

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/itchyny/gojq"

	"nango-tui/internal/jsontext"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/table"
)

// source is what is exported: what is shown, and the rest on the server if not all records are loaded.
type source struct {
	// texts are JSON texts: records, or values of an expression.
	texts   []string
	records bool

	// more is true if records are left on the server. pages loads them; filter and expression apply to them too.
	more   bool
	pages  nango.RecordPages
	filter recordFilter
	code   *gojq.Code
	wanted resultMode
}

// source returns what is shown. If records are left on the server, it is in Nango's order.
func (l *List) source() *source {
	s := &source{records: l.values == nil, more: !l.pages.Done(), pages: l.pages, filter: l.filter, wanted: modeFilter}
	if l.values == nil {
		s.texts = shownTexts(l.table, s.more, l.rowPredicate(), func(r *row) string { return r.raw })
	} else {
		s.wanted = modeValues
		s.texts = shownTexts(l.values, s.more, l.valuePredicate(), func(v *value) string { return v.text })
	}
	if s.more && l.expr.text != "" {
		s.code, _ = compile(l.expr.text) // it was compiled before
	}
	return s
}

// shownTexts returns the texts of the rows that a filter keeps, nil for all: as they are shown, or in the order of the server.
func shownTexts[R any, K comparable](t *table.Table[R, K], serverOrder bool, keep func(*R) bool, text func(*R) string) []string {
	var texts []string
	if !serverOrder {
		for r := range t.EachShown() {
			texts = append(texts, text(r))
		}
		return texts
	}
	for r := range t.Each() {
		if keep == nil || keep(r) {
			texts = append(texts, text(r))
		}
	}
	return texts
}

// header returns the table's columns, without secrets in their titles. It parses all texts, which takes time.
func (s *source) header(policy jsontext.Policy) *header {
	h := newHeader(s.records)
	for _, text := range s.texts {
		h.add(text)
	}
	h.redact(jsontext.NewRedactor(policy))
	if s.records {
		h.first(`"id"`)
	}
	return h
}

type exportResult struct {
	path  string // the full path of the file
	count int64
	bytes int64
	// incomplete is the number of lines with a key that has no column.
	incomplete int
	// changed is the number of records that changed during the export and may be written twice.
	changed int
	failed  int
}

type export struct {
	source   *source
	tools    screen.Tools
	sink     formatWriter
	progress *progress
	began    time.Time
	done     exportResult
}

func (e *export) write(ctx context.Context) error {
	for _, text := range e.source.texts {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := e.put(text); err != nil {
			return err
		}
	}
	if err := e.writeRest(ctx); err != nil {
		return err
	}
	return e.sink.end()
}

func (e *export) put(text string) error {
	e.done.count++
	e.progress.done.Store(e.done.count)
	return e.sink.write(string(e.tools.MaskJSON([]byte(text))))
}

func (e *export) writeRest(ctx context.Context) error {
	pages := e.source.pages
	for e.source.more {
		for pages.AtBound() {
			pages.RaiseBound()
		}
		next, more := pages.Next()
		if !more {
			break
		}
		page, err := screen.Read(ctx, e.tools, next)
		if known, ok := nango.AsError(err); ok && known.Kind == nango.TooLarge && pages.Shrink() {
			continue
		}
		if err != nil {
			return fmt.Errorf(textAfterRecords, ui.Count(int(e.done.count)), err)
		}
		if err := e.writePage(ctx, page); err != nil {
			return err
		}
		pages.Add(page)
	}
	return nil
}

func (e *export) writePage(ctx context.Context, page nango.RecordPage) error {
	var inputs []input
	for i := range page.Records {
		r := &page.Records[i]
		if r.FirstSeen.Before(e.began) && r.LastModified.After(e.began) {
			e.done.changed++
		}
		converted := newRow(r, nil)
		if e.source.records && !e.source.filter.matches(&converted) {
			continue
		}
		inputs = append(inputs, input{converted.id, converted.raw})
	}
	if e.source.code == nil {
		for _, s := range inputs {
			if err := e.put(s.raw); err != nil {
				return err
			}
		}
		return nil
	}
	return e.writeApplied(ctx, inputs)
}

func (e *export) writeApplied(ctx context.Context, inputs []input) error {
	o, err := apply(ctx, e.tools, e.source.code, inputs, &progress{}, e.source.wanted)
	if err != nil {
		return err
	}
	if o.stopReason != nil {
		return errors.Join(errors.New(textRunStopped), o.stopReason)
	}
	e.done.failed += o.failed
	for _, s := range inputs {
		if o.matches[s.id] {
			if err := e.put(s.raw); err != nil {
				return err
			}
		}
	}
	for i := range o.values {
		if e.source.filter.matchesText(o.values[i].text) {
			if err := e.put(o.values[i].text); err != nil {
				return err
			}
		}
	}
	return nil
}
