package connections

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
	"time"
	"unique"

	"nango-tui/nango"
)

const (
	// maxPiece bounds what a row keeps of one value, in bytes. Nango's own bound is 255 characters.
	maxPiece = 1024
	// maxPairs bounds how many tags a row keeps; Nango's own bound is ten. With the four pieces before them they fit
	// into the bits of row.written.
	maxPairs = 24
	// maxTroubles bounds how many errors a row names: one of authentication, and one for each sync.
	maxTroubles = 8
)

// The pieces of a row, in order. Behind them come pairs of key and value: the one that names the customer, the one that
// tells more about them, the tags that say something else, and the rest of what says whose it is.
const (
	pieceID = iota
	pieceIntegration
	pieceProvider // empty where it is called as the integration
	pieceState    // "ok", or the errors with their log ids
	piecePairs    // the first of them
)

const (
	// pieceEnd ends each piece. What PostgreSQL stores holds none, so it is not missed in a value.
	pieceEnd = "\x00"
	endShown = "\ufffd"
	// endUserMark begins the key of a pair that is no tag but of the end user, the deprecated way. No tag key begins so.
	endUserMark = "@"
)

// row is a connection as the list keeps it: what is drawn and searched, and nothing else, so that 100,000 of them
// fit. All of it is one string: the pieces in lower case, which a filter searches as they are, and behind them,
// as they were written, the values of those pieces that lower case has changed.
type row struct {
	text    string
	key     unique.Handle[string] // the integration's: there are few, and the list is sorted and filtered by them
	order   uint64                // the beginning of the customer's name in lower case, to sort by
	lower   uint32                // where the lower-case part of text ends
	written uint32                // bit i is set where the value of piece i stands in the second part
	created int64                 // in seconds since 1970; 0 where it is not known
	failed  int64                 // when it failed last, likewise
	state   nango.State
	named   bool  // the first pair names the customer
	told    bool  // the second pair tells more about them
	other   uint8 // how many tags follow that say something else than whose it is
	found   bool  // the server was asked for this one
}

// pair is a key and a value.
type pair struct{ key, value string }

// newRows makes the rows of a page. It is called on the goroutine that decodes the page.
func newRows(page []nango.Connection) []row {
	rows := make([]row, len(page))
	for i := range page {
		rows[i] = newRow(&page[i])
	}
	return rows
}

func newRow(c *nango.Connection) row {
	r := row{state: c.State(), key: unique.Make(strings.ReplaceAll(c.Integration, pieceEnd, endShown))}
	if !c.Created.IsZero() {
		r.created = c.Created.Unix()
	}
	if failed, ok := c.FailedAt(); ok {
		r.failed = failed.Unix()
	}
	provider := c.Provider
	if provider == c.Integration {
		provider = ""
	}
	var w rowWriter
	w.piece("", c.ID)
	w.piece("", c.Integration)
	w.piece("", cut(provider))
	w.piece("", trouble(c))
	for _, p := range r.pairsOf(c) {
		w.piece(codeOf(strings.ToLower(cut(p.key)))+"=", cut(p.value))
	}
	r.text, r.lower, r.written = w.lower.String()+w.written.String(), uint32(w.lower.Len()), w.bits
	r.order = beginning(r.customerLower())
	return r
}

// rowWriter gathers the two parts of a row's text.
type rowWriter struct {
	lower, written strings.Builder
	bits           uint32
	n              int
}

// piece writes a value; before is in lower case already.
func (w *rowWriter) piece(before, value string) {
	value = strings.ReplaceAll(value, pieceEnd, endShown)
	small := strings.ToLower(value)
	w.lower.WriteString(before)
	w.lower.WriteString(small)
	w.lower.WriteString(pieceEnd)
	if small != value {
		w.bits |= 1 << w.n
		w.written.WriteString(value)
		w.written.WriteString(pieceEnd)
	}
	w.n++
}

func cut(s string) string {
	if len(s) <= maxPiece {
		return s
	}
	return strings.ToValidUTF8(s[:maxPiece], "") + "…"
}

// trouble is the state in words, with the log ids of what failed.
func trouble(c *nango.Connection) string {
	var all []string
	for i, failure := range c.Errors {
		if i == maxTroubles {
			all = append(all, "…")
			break
		}
		all = append(all, cut(failure.Type)+" error "+cut(failure.LogID))
	}
	if len(all) == 0 {
		return nango.Healthy.String()
	}
	return strings.Join(all, ", ")
}

// pairsOf is the tags, and what an end user of the deprecated way adds, in the order in which a row keeps them.
func (r *row) pairsOf(c *nango.Connection) []pair {
	pairs := endUserPairs(c.EndUser)
	for key, value := range c.Tags {
		pairs = append(pairs, pair{key, value})
	}
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Or(cmp.Compare(rank(a.key), rank(b.key)), cmp.Compare(a.key, b.key)) })
	who := c.Customer()
	front := 0
	if r.named = toFront(pairs, front, who.Name); r.named {
		front++
	}
	if r.told = r.named && who.Detail != "" && toFront(pairs, front, who.Detail); r.told {
		front++
	}
	pairs = pairs[:min(len(pairs), maxPairs)]
	for _, p := range pairs[front:] {
		if !namesCustomer(p.key) {
			r.other++
		}
	}
	return pairs
}

// rank puts the tags that do not say whose the connection is before those that do, and an end user last.
func rank(key string) int {
	switch {
	case strings.HasPrefix(key, endUserMark):
		return 2
	case namesCustomer(key):
		return 1
	}
	return 0
}

func endUserPairs(u *nango.EndUser) []pair {
	if u == nil {
		return nil
	}
	all := []pair{{"display_name", u.DisplayName}, {"email", u.Email}, {"id", u.ID}}
	if o := u.Organization; o != nil {
		all = append(all, pair{"organization", o.DisplayName}, pair{"organization_id", o.ID})
	}
	var pairs []pair
	for _, p := range all {
		if p.value != "" {
			pairs = append(pairs, pair{endUserMark + p.key, p.value})
		}
	}
	return pairs
}

// toFront moves the pair of the customer that has this value to the place at, and says whether there is one.
func toFront(pairs []pair, at int, value string) bool {
	i := slices.IndexFunc(pairs, func(p pair) bool { return namesCustomer(p.key) && strings.TrimSpace(p.value) == value })
	if i < at {
		return false
	}
	moved := pairs[i]
	copy(pairs[at+1:i+1], pairs[at:i])
	pairs[at] = moved
	return true
}

// namesCustomer says whether a pair with this key tells whose the connection is.
func namesCustomer(key string) bool {
	switch key {
	case nango.TagUserName, nango.TagUserEmail, nango.TagUserID, nango.TagOrganizationName, nango.TagOrganizationID:
		return true
	}
	return strings.HasPrefix(key, endUserMark)
}

// search is what a filter looks at: all pieces in lower case, each with its end.
func (r *row) search() string { return r.text[:r.lower] }

// segment is the n-th piece of s.
func segment(s string, n int) string {
	for range n {
		s = s[strings.Index(s, pieceEnd)+1:]
	}
	return s[:strings.Index(s, pieceEnd)]
}

// piece is the n-th piece as it was written. It must be there.
func (r *row) piece(n int) string {
	if r.written&(1<<n) == 0 {
		return segment(r.search(), n)
	}
	return segment(r.text[r.lower:], bits.OnesCount32(r.written&(1<<n-1)))
}

// pair is the n-th pair, and whether there is one.
func (r *row) pair(n int) (p pair, ok bool) {
	n += piecePairs
	if n >= strings.Count(r.search(), pieceEnd) {
		return pair{}, false
	}
	key, value, _ := strings.Cut(segment(r.search(), n), "=")
	if r.written&(1<<n) != 0 {
		value = r.piece(n)
	}
	return pair{keyOf(key), value}, true
}

// firstOther is the number of the first pair that does not say whose the connection is; it need not be there.
func (r *row) firstOther() int {
	n := 0
	if r.named {
		n++
	}
	if r.told {
		n++
	}
	return n
}

func (r *row) integration() string { return r.key.Value() }
func (r *row) id() string          { return r.piece(pieceID) }

func (r *row) ref() nango.ConnectionRef {
	return nango.ConnectionRef{Integration: r.integration(), ID: r.id()}
}

func (r *row) provider() string {
	if provider := r.piece(pieceProvider); provider != "" {
		return provider
	}
	return r.integration()
}

// customer is who the connection belongs to, as [nango.Connection.Customer] has it.
func (r *row) customer() nango.Customer {
	if !r.named {
		return nango.Customer{Name: r.id()}
	}
	first, _ := r.pair(0)
	who := nango.Customer{Name: strings.TrimSpace(first.value)}
	if r.told {
		second, _ := r.pair(1)
		who.Detail = strings.TrimSpace(second.value)
	}
	return who
}

// customerLower is the customer's name in lower case, to sort by; it makes nothing new.
func (r *row) customerLower() string {
	if !r.named {
		return segment(r.search(), pieceID)
	}
	_, value, _ := strings.Cut(segment(r.search(), piecePairs), "=")
	return value
}

// beginning is the first eight bytes of s as a number that compares as they do: most rows are told apart without a look at
// their texts, which lie all over the memory.
func beginning(s string) uint64 {
	var first [8]byte
	copy(first[:], s)
	return binary.BigEndian.Uint64(first[:])
}

// failedAt is when it failed last, and whether that is known.
func (r *row) failedAt() (time.Time, bool) { return time.Unix(r.failed, 0), r.failed != 0 }

// createdAt is when it was made, and whether that is known.
func (r *row) createdAt() (time.Time, bool) { return time.Unix(r.created, 0), r.created != 0 }
