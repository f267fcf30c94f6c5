package nango

import "hash/maphash"

const (
	// FirstPage is the first page of a list, small so that rows are there at once.
	FirstPage = 100
	// ConnectionsBound is how many connections are read before somebody asks for more.
	ConnectionsBound = 20_000
	// liftFactor is how much farther each lifting of the bound goes.
	liftFactor = 10
)

// ConnectionPages reads all connections of a query, page by page, without sending anything itself: it says
// what to read next, and takes what arrived. First comes a page of [FirstPage], then pages of [MaxPage],
// until one is not full or the bound is reached.
//
// Pages shift while connections are made and deleted, so that a row can come twice or never. Doubles are
// dropped; they are known by a hash of 64 bits with a seed of its own, which is all that is kept of a row.
// Two different connections out of 100,000 share one with a chance of 3 in ten thousand million; the second
// would then be missing until the list is read again, as a row can be anyway.
//
// It is not safe for concurrent use.
type ConnectionPages struct {
	query   ConnectionQuery
	seed    maphash.Seed
	seen    map[uint64]struct{}
	started bool
	page    int // the next page of MaxPage
	bound   int
	done    bool
}

// NewConnectionPages begins at the first page. Limit and page of the query are not looked at.
func NewConnectionPages(query ConnectionQuery) *ConnectionPages {
	return &ConnectionPages{query: query, seed: maphash.MakeSeed(), seen: map[uint64]struct{}{}, bound: ConnectionsBound}
}

// Next is the page to read now, and whether there is one. It stays the same until its rows have arrived.
func (p *ConnectionPages) Next() (Read[[]Connection], bool) {
	if p.done || p.AtBound() {
		return Read[[]Connection]{}, false
	}
	query := p.query
	query.Limit, query.Page = MaxPage, p.page
	if !p.started {
		query.Limit, query.Page = FirstPage, 0
	}
	return ListConnections(query), true
}

// Arrived takes the rows of the page that [ConnectionPages.Next] named, and returns those that are new, in
// the same array.
func (p *ConnectionPages) Add(rows []Connection) []Connection {
	full := MaxPage
	if p.started {
		p.page++
	} else {
		p.started, full = true, FirstPage
	}
	arrived, fresh := len(rows), rows[:0]
	for _, row := range rows {
		if key := p.key(row); !p.has(key) {
			p.seen[key] = struct{}{}
			fresh = append(fresh, row)
		}
	}
	p.done = arrived < full || len(fresh) == 0 // a server that does not know pages gives the same one for ever
	clear(rows[len(fresh):])
	return fresh
}

func (p *ConnectionPages) has(key uint64) bool {
	_, double := p.seen[key]
	return double
}

// key is the hash of what names the connection. No integration's key holds a byte of 0, so nothing runs into
// another.
func (p *ConnectionPages) key(row Connection) uint64 {
	var hash maphash.Hash
	hash.SetSeed(p.seed)
	_, _ = hash.WriteString(row.Integration) // it never fails
	_ = hash.WriteByte(0)
	_, _ = hash.WriteString(row.ID)
	return hash.Sum64()
}

// Loaded is how many connections have arrived, doubles not counted.
func (p *ConnectionPages) Loaded() int { return len(p.seen) }

// Done says that the list has ended.
func (p *ConnectionPages) Done() bool { return p.done }

// AtBound says that there may be more, and that nobody asked for it yet.
func (p *ConnectionPages) AtBound() bool { return !p.done && len(p.seen) >= p.bound }

// Bound is how many connections are read before somebody asks for more; what has arrived can be a page more.
func (p *ConnectionPages) Bound() int { return p.bound }

// Lift moves the bound to ten times as many.
func (p *ConnectionPages) RaiseBound() { p.bound *= liftFactor }
