package nango

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
	query.Limit = p.page
	if !p.started {
		query.Limit = min(FirstPage, p.page)
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
