package nango

// Bounds of reading records.
const (
	// RecordsPage is how many records a page has after the first, for which [FirstPage] is enough. With 2 KB a
	// record it is 4 MB; where records are so large that such a page is [TooLarge], it is halved.
	RecordsPage = 2000
	// RecordsBound is how many records are read before somebody asks for more.
	RecordsBound = 10_000
)

// RecordPages reads all records of a query, page by page, without sending anything itself: it says what to read
// next, and takes what arrived. It ends where Nango gives no further cursor, not with a page that is not full.
//
// A record that changes meanwhile comes a second time, newer, under the same id.
//
// It is a plain value: a copy goes on by itself from where it was copied.
type RecordPages struct {
	query   RecordQuery
	page    int
	loaded  int
	bound   int
	started bool
	done    bool
	resume  string
}

// NewRecordPages begins at the query's cursor, or at the first page. The query's limit is not looked at.
func NewRecordPages(query RecordQuery) RecordPages {
	return RecordPages{query: query, page: RecordsPage, bound: RecordsBound, resume: query.Cursor}
}

// Next is the page to read now, and whether there is one. It stays the same until its records have arrived.
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

// Arrived takes the page that [RecordPages.Next] named. A page that leads back to itself ends the list.
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

// Shrink halves the pages after one that was [TooLarge], and says whether it makes sense to try again: a single
// record can be too large as well.
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

// Resume is the cursor of the last record that arrived. A query that begins there finds what has changed since;
// it is empty where nothing arrived.
func (p *RecordPages) Resume() string { return p.resume }

// Loaded is how many records have arrived, those that came twice counted twice.
func (p *RecordPages) Loaded() int { return p.loaded }

// Done says that the list has ended.
func (p *RecordPages) Done() bool { return p.done }

// AtBound says that there are more, and that nobody asked for them yet.
func (p *RecordPages) AtBound() bool { return !p.done && p.loaded >= p.bound }

// Bound is how many records are read before somebody asks for more; what has arrived can be a page more.
func (p *RecordPages) Bound() int { return p.bound }

// Lift moves the bound to ten times as many.
func (p *RecordPages) RaiseBound() { p.bound *= liftFactor }
