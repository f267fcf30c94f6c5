package nango

import (
	"hash/maphash"
)

const (
	FirstPage        = 100    // the size of a list's first page. It is small so that rows appear quickly.
	ConnectionsBound = 20_000 // the maximum number of connections read before the user asks for more
	boundFactor      = 10     // the factor by which the bound is raised
)

// loading is the progress of reading a list page by page, up to a bound that the user can raise.
type loading struct {
	loaded, bound int
	done          bool
}

// Loaded is the number of rows added: connections without duplicates, records with them.
func (l *loading) Loaded() int { return l.loaded }

// Done reports whether the list is complete.
func (l *loading) Done() bool { return l.done }

// AtBound reports whether the bound was reached before the end of the list.
func (l *loading) AtBound() bool { return !l.done && l.loaded >= l.bound }

// Bound is the maximum number of rows read before the user asks for more, however many rows a page has.
func (l *loading) Bound() int { return l.bound }

// RaiseBound raises the bound tenfold.
func (l *loading) RaiseBound() { l.bound *= boundFactor }

// ConnectionPages reads all connections of a query, page by page, without sending anything itself: it returns what to
// read next and takes the result. The first page has [FirstPage] connections, the others [MaxPage], until one isn't
// full or the bound is reached.
//
// Pages shift while connections are created and deleted, so a row can appear twice or never. Duplicates are dropped
// by a seeded 64-bit hash, which is all that is kept of a row. The chance that two of 100,000 connections collide is
// about 3 in 10 billion; the second would be missing until the next reload.
//
// It is not safe for concurrent use.
type ConnectionPages struct {
	loading
	query   ConnectionQuery
	seed    maphash.Seed
	seen    map[uint64]struct{}
	started bool
	page    int // the next page of size MaxPage
}

// NewConnectionPages starts at the first page. It ignores the query's limit and page.
func NewConnectionPages(query ConnectionQuery) *ConnectionPages {
	return &ConnectionPages{query: query, seed: maphash.MakeSeed(), seen: map[uint64]struct{}{}, loading: loading{bound: ConnectionsBound}}
}

// Next returns the page to read next, if there is one. It stays the same until its rows are added.
func (p *ConnectionPages) Next() (Read[[]Connection], bool) {
	query, more := p.NextQuery()
	if !more {
		return Read[[]Connection]{}, false
	}
	return ListConnections(query), true
}

// NextQuery is the query of [ConnectionPages.Next].
func (p *ConnectionPages) NextQuery() (query ConnectionQuery, more bool) {
	if p.done || p.AtBound() {
		return query, false
	}
	query = p.query
	query.Limit, query.Page, query.most = MaxPage, p.page, p.bound
	if !p.started {
		query.Limit, query.Page = FirstPage, 0
	}
	return query, true
}

// QueryAhead is the query of the page after the next one, to be read at the same time. It is returned once a page of [MaxPage] was
// full, so that a short list takes no request more, and a long one at most one.
func (p *ConnectionPages) QueryAhead() (query ConnectionQuery, more bool) {
	query, more = p.NextQuery()
	query.Page++
	return query, more && p.page > 0 && p.loaded+MaxPage < p.bound
}

// Add adds the rows of the page that [ConnectionPages.Next] returned, and returns the new ones, in the same array. Beyond the
// bound, rows are dropped: when it is raised, the page is read again.
func (p *ConnectionPages) Add(rows []Connection) []Connection {
	return AddRows(p, rows, func(row *Connection) ConnectionRef { return row.Ref() })
}

// AddRows is [ConnectionPages.Add] for the rows of [ConnectionRows].
func AddRows[T any](p *ConnectionPages, rows []T, ref func(*T) ConnectionRef) []T {
	arrived, fresh := len(rows), rows[:0]
	isCut := arrived >= p.bound // the rest was not decoded
	for i := range rows {
		key := p.key(ref(&rows[i]))
		if _, known := p.seen[key]; known {
			continue
		}
		if isCut = isCut || p.AtBound(); p.AtBound() {
			break
		}
		p.seen[key] = struct{}{}
		p.loaded++
		fresh = append(fresh, rows[i])
	}
	clear(rows[len(fresh):])
	if !isCut {
		p.advance(arrived, len(fresh))
	}
	return fresh
}

// advance goes on to the next page.
func (p *ConnectionPages) advance(arrived, fresh int) {
	full := MaxPage
	if p.started {
		p.page++
	} else {
		p.started, full = true, FirstPage
	}
	p.done = arrived < full || fresh == 0 // a server that ignores page numbers returns the same page forever
}

// key hashes a connection's reference. Integration keys contain no zero byte, so the separator is unambiguous.
func (p *ConnectionPages) key(row ConnectionRef) uint64 {
	var hash maphash.Hash
	hash.SetSeed(p.seed)
	_, _ = hash.WriteString(row.Integration) // maphash never fails
	_ = hash.WriteByte(0)
	_, _ = hash.WriteString(row.ID)
	return hash.Sum64()
}

// Bounds for reading records.
const (
	// RecordsPage is the page size after the first page, which has [FirstPage] records. With 2 KB per record it is 4
	// MB. If a page is [TooLarge], the size is halved.
	RecordsPage  = 2000
	RecordsBound = 10_000 // the maximum number of records read before the user asks for more
)

// RecordPages reads all records of a query, page by page, without sending anything itself: it returns what to read
// next and takes the result. It ends when Nango returns no further cursor, not with a page that isn't full.
//
// A record that changes meanwhile appears a second time, with its new content and the same id.
//
// It can be copied; a copy continues independently.
type RecordPages struct {
	loading
	query   RecordQuery
	page    int
	started bool
	resume  string
}

// NewRecordPages starts at the query's cursor, or at the first page. It ignores the query's limit.
func NewRecordPages(query RecordQuery) RecordPages {
	return RecordPages{query: query, page: RecordsPage, loading: loading{bound: RecordsBound}, resume: query.Cursor}
}

// Next returns the page to read next, if there is one. It stays the same until its records are added.
func (p *RecordPages) Next() (Read[RecordPage], bool) {
	if p.done || p.AtBound() {
		return Read[RecordPage]{}, false
	}
	query := p.query
	query.most = p.bound - p.loaded
	query.Limit = min(p.page, query.most)
	if !p.started {
		query.Limit = min(FirstPage, query.Limit)
	}
	return ListRecords(query), true
}

// Add adds the page that [RecordPages.Next] returned. A page whose cursor leads back to itself ends the list.
func (p *RecordPages) Add(page RecordPage) {
	p.started = true
	p.loaded += len(page.Records)
	if len(page.Records) > 0 {
		p.resume = page.Records[len(page.Records)-1].Cursor
	}
	p.done = page.Next == "" || page.Next == p.query.Cursor
	if !p.done {
		p.query.Cursor = page.Next
	}
}

// Shrink halves the page size after a page that was [TooLarge]. It returns false if that can't help: a single record
// can be too large.
func (p *RecordPages) Shrink() bool {
	if p.page == 1 {
		return false
	}
	if !p.started {
		p.page = min(FirstPage, p.page)
	}
	p.page /= 2
	return true
}

// Resume is the cursor of the last record added; empty if there is none. A query that starts there finds later
// changes.
func (p *RecordPages) Resume() string { return p.resume }
