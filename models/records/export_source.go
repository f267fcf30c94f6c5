package records

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/itchyny/gojq"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// source is what is exported: what is shown of what is loaded, and, where not all is loaded, what follows.
type source struct {
	// texts is JSON: records, or values of an expression.
	texts []string
	// records says that the texts are records.
	records bool

	// more says that there is more on the server, and pages goes on there. The sieve and the expression narrow it the
	// same way.
	more   bool
	pages  nango.RecordPages
	sieve  sieve
	code   *gojq.Code
	wanted wanted
}

// source is what is shown now. Where not all is loaded it stands in Nango's order, since what follows cannot be sorted.
func (l *List) source() *source {
	s := &source{records: l.values == nil, more: !l.pages.Done(), pages: l.pages, sieve: l.sieve, wanted: wantChoice}
	if l.values == nil {
		l.sourceOfRecords(s)
	} else {
		s.wanted = wantValues
		l.sourceOfValues(s)
	}
	if s.more && l.line.text != "" {
		s.code, _ = compile(l.line.text) // it has been compiled before
	}
	return s
}

func (l *List) sourceOfRecords(s *source) {
	rows, keep := l.table.EachShown(), l.keep()
	if s.more {
		rows = l.table.Each()
	}
	for r := range rows {
		if s.more && keep != nil && !keep(r) {
			continue
		}
		s.texts = append(s.texts, r.raw)
	}
}

func (l *List) sourceOfValues(s *source) {
	values, keep := l.values.EachShown(), l.keepValue()
	if s.more {
		values = l.values.Each()
	}
	for v := range values {
		if s.more && keep != nil && !keep(v) {
			continue
		}
		s.texts = append(s.texts, v.text)
	}
}

// header is the columns of a table of what is shown. It looks into every text, which takes its time.
func (s *source) header() *header {
	h := newHeader(s.records)
	for _, text := range s.texts {
		h.add(text)
	}
	if s.records {
		h.first(`"id"`)
	}
	return h
}

// exported is what an export came to.
type exported struct {
	count int64
	bytes int64
	// lost is how many lines of a table had something under a key that has no column.
	lost int
	// again is how many records have changed while they were read, and may stand there twice.
	again int
	// failed is for how many records the expression failed.
	failed int
}

// export is one writing of a source.
type export struct {
	source   *source
	tools    screen.Tools
	sink     sink
	progress *progress
	began    time.Time
	done     exported
}

// write writes all of the source.
func (e *export) write(ctx context.Context) error {
	if err := e.sink.begin(); err != nil {
		return err
	}
	for _, text := range e.source.texts {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := e.put(text); err != nil {
			return err
		}
	}
	if e.source.more {
		if err := e.follow(ctx); err != nil {
			return err
		}
	}
	return e.sink.end()
}

func (e *export) put(text string) error {
	e.done.count++
	e.progress.done.Store(e.done.count)
	return e.sink.put(string(e.tools.MaskJSON([]byte(text))))
}

// follow reads page after page and keeps none of them.
func (e *export) follow(ctx context.Context) error {
	pages := e.source.pages
	for {
		for pages.AtBound() {
			pages.RaiseBound()
		}
		next, more := pages.Next()
		if !more {
			return nil
		}
		page, err := screen.Read(ctx, e.tools, next)
		if known, ok := nango.AsError(err); ok && known.Kind == nango.TooLarge && pages.Shrink() {
			continue
		}
		if err != nil {
			return fmt.Errorf("after %s records: %w", ui.Count(int(e.done.count)), err)
		}
		if err := e.page(ctx, page); err != nil {
			return err
		}
		pages.Add(page)
	}
}

// page writes what is wanted of a page.
func (e *export) page(ctx context.Context, page nango.RecordPage) error {
	var subjects []subject
	for i := range page.Records {
		r := &page.Records[i]
		if r.FirstSeen.Before(e.began) && r.LastModified.After(e.began) {
			e.done.again++
		}
		whole := newRow(r, nil)
		if e.source.records && !e.source.sieve.passes(&whole) {
			continue
		}
		subjects = append(subjects, subject{whole.id, whole.raw})
	}
	if e.source.code == nil {
		for _, s := range subjects {
			if err := e.put(s.raw); err != nil {
				return err
			}
		}
		return nil
	}
	return e.applied(ctx, subjects)
}

// applied writes what the expression makes of records.
func (e *export) applied(ctx context.Context, subjects []subject) error {
	o, err := apply(ctx, e.tools, e.source.code, subjects, &progress{}, e.source.wanted)
	if err != nil {
		return err
	}
	if o.stopped != nil {
		return errors.Join(errors.New("the expression was stopped"), o.stopped)
	}
	e.done.failed += o.failed
	for _, s := range subjects {
		if o.kept[s.id] {
			if err := e.put(s.raw); err != nil {
				return err
			}
		}
	}
	for i := range o.values {
		if e.source.sieve.passesText(o.values[i].text) {
			if err := e.put(o.values[i].text); err != nil {
				return err
			}
		}
	}
	return nil
}
