package connections

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"iter"
	"math/bits"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
	"unique"

	"nango-tui/nango"
)

const (
	// maxPiece bounds what a row keeps of a value, in bytes. Nango's limit is 255 characters.
	maxPiece = 1024
	// maxPairs bounds the tags of a row; Nango's limit is ten. Together with the four pieces before them they fit
	// into the bits of row.written.
	maxPairs = 24
	// maxErrors bounds the errors of a row: one for authentication, and one per sync.
	maxErrors = 8
)

// The pieces of a row, in order. After them come pairs of key and value: the one that names the customer, the one
// with more about them, the other tags, and the remaining pairs that identify the customer.
const (
	pieceID = iota
	pieceIntegration
	pieceProvider // empty if it equals the integration
	pieceState    // "ok", or the errors with their log ids
	piecePairs    // the first pair
)

const (
	// pieceEnd ends each piece. PostgreSQL can't store it, so values don't contain it.
	pieceEnd = "\x00"
	endShown = "\ufffd"
	// endUserMark is the prefix of a pair that comes from the deprecated end user. No tag key starts with it.
	endUserMark = "@"
	endUserID   = endUserMark + "id"
)

// row is a connection in the list: only what is drawn and searched, so that 100,000 fit into memory. All of it is one
// string: the pieces in lower case, which a filter searches directly, followed by the original values of those pieces
// that differ in lower case.
type row struct {
	text      string
	key       unique.Handle[string] // the integration key, interned: there are few, and the list is sorted and filtered by them
	order     uint64                // the beginning of the customer's name in lower case, to sort by
	lower     uint32                // the end of the lower-case part of text
	written   uint32                // bit i is set if the value of piece i is in the second part
	created   int64                 // seconds since 1970; 0 if unknown
	failed    int64                 // time of the last failure, likewise
	state     nango.State
	named     bool  // the first pair names the customer
	hasDetail bool  // the second pair has more about the customer
	other     uint8 // the number of tags that follow and don't identify the customer
	found     bool  // found by a search on the server
	org       bool  // it has an organization
}

type pair struct{ key, value string }

// readRows reads rows. They are made on the goroutine that decodes the page.
func readRows(query nango.ConnectionQuery) nango.Read[[]row] {
	return nango.ConnectionRows(query, new(rowWriter).row)
}

func newRow(c *nango.Connection) row { return new(rowWriter).row(c) }

// row makes the row of a connection. It keeps nothing of it.
func (w *rowWriter) row(c *nango.Connection) row {
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
	w.lower, w.written, w.bits, w.n = w.lower[:0], w.written[:0], 0, 0
	w.piece(c.ID)
	w.piece(c.Integration)
	w.piece(cut(provider))
	w.piece(errorWords(c))
	w.pairs = r.pairsOf(c, w.pairs[:0])
	for _, p := range w.pairs {
		w.lower = append(append(w.lower, codeOf(strings.ToLower(cut(p.key)))...), '=')
		w.piece(cut(p.value))
	}
	r.lower, r.written = uint32(len(w.lower)), w.bits
	r.text = string(append(w.lower, w.written...))
	r.org = hasOrganization(c)
	r.order = beginning(r.customerLower())
	return r
}

func hasOrganization(c *nango.Connection) bool {
	o := c.EndUser != nil && c.EndUser.Organization != nil && cmp.Or(c.EndUser.Organization.DisplayName, c.EndUser.Organization.ID) != ""
	return o || cmp.Or(c.Tags[nango.TagOrganizationName], c.Tags[nango.TagOrganizationID]) != ""
}

// rowWriter makes rows, one after another. It collects the two parts of a row's text.
type rowWriter struct {
	lower, written []byte
	pairs          []pair
	bits           uint32
	n              int
}

// piece writes a value.
func (w *rowWriter) piece(value string) {
	value = strings.ReplaceAll(value, pieceEnd, endShown)
	from := len(w.lower)
	w.lower = appendLower(w.lower, value)
	differs := string(w.lower[from:]) != value
	w.lower = append(w.lower, pieceEnd...)
	if differs {
		w.bits |= 1 << w.n
		w.written = append(append(w.written, value...), pieceEnd...)
	}
	w.n++
}

// appendLower appends [strings.ToLower] of a text. Most texts are ASCII, for which it allocates nothing.
func appendLower(to []byte, text string) []byte {
	for i := range len(text) {
		c := text[i]
		if c >= utf8.RuneSelf {
			return append(to[:len(to)-i], strings.ToLower(text)...)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		to = append(to, c)
	}
	return to
}

func cut(s string) string {
	if len(s) <= maxPiece {
		return s
	}
	return strings.ToValidUTF8(s[:maxPiece], "") + "…"
}

func errorWords(c *nango.Connection) string {
	var all []string
	for i, failure := range c.Errors {
		if i == maxErrors {
			all = append(all, "…")
			break
		}
		all = append(all, fmt.Sprintf(textErrorWithLog, cut(failure.Type), cut(failure.LogID)))
	}
	if len(all) == 0 {
		return nango.Healthy.String()
	}
	return strings.Join(all, ", ")
}

// pairsOf appends the tags and the deprecated end user, in a row's order.
func (r *row) pairsOf(c *nango.Connection, pairs []pair) []pair {
	pairs = append(pairs, endUserPairs(c.EndUser)...)
	for key, value := range c.Tags {
		pairs = append(pairs, pair{key, value})
	}
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Or(cmp.Compare(rank(a.key), rank(b.key)), cmp.Compare(a.key, b.key)) })
	who := c.Customer()
	front := 0
	if r.named = toFront(pairs, front, who.Name); r.named {
		front++
	}
	if r.hasDetail = r.named && who.Detail != "" && toFront(pairs, front, who.Detail); r.hasDetail {
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

// rank sorts tags that don't identify the customer before those that do, and the end user last.
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
	pairs := []pair{{endUserMark + "display_name", u.DisplayName}, {endUserMark + "email", u.Email}, {endUserID, u.ID}}
	if o := u.Organization; o != nil {
		pairs = append(pairs, pair{endUserMark + "organization", o.DisplayName}, pair{endUserMark + "organization_id", o.ID})
	}
	return slices.DeleteFunc(pairs, func(p pair) bool { return p.value == "" })
}

// toFront moves the customer's pair with this value to position at, and reports whether there is one.
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

// namesCustomer reports whether a pair with this key identifies the customer.
func namesCustomer(key string) bool {
	return slices.Contains(shortKeys[:], key) || strings.HasPrefix(key, endUserMark)
}

// search is the text that filters search: all pieces in lower case, each with its end.
func (r *row) search() string { return r.text[:r.lower] }

// segment is the n-th piece of s.
func segment(s string, n int) string {
	for range n {
		s = s[strings.Index(s, pieceEnd)+1:]
	}
	return s[:strings.Index(s, pieceEnd)]
}

// piece is the n-th piece with its original case. It must exist.
func (r *row) piece(n int) string {
	if r.written&(1<<n) == 0 {
		return segment(r.search(), n)
	}
	return segment(r.text[r.lower:], bits.OnesCount32(r.written&(1<<n-1)))
}

// pair is the n-th pair, if it exists.
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

// pairs are the pairs in order, with their numbers.
func (r *row) pairs() iter.Seq2[int, pair] {
	return func(yield func(int, pair) bool) {
		for n := 0; ; n++ {
			if p, ok := r.pair(n); !ok || !yield(n, p) {
				return
			}
		}
	}
}

// firstOther is the index of the first pair that doesn't identify the customer. It may not exist.
func (r *row) firstOther() int {
	n := 0
	if r.named {
		n++
	}
	if r.hasDetail {
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

// customer is who the connection belongs to, as in [nango.Connection.Customer].
func (r *row) customer() nango.Customer {
	if !r.named {
		return nango.Customer{Name: r.id()}
	}
	first, _ := r.pair(0)
	who := nango.Customer{Name: strings.TrimSpace(first.value)}
	if r.hasDetail {
		second, _ := r.pair(1)
		who.Detail = strings.TrimSpace(second.value)
	}
	return who
}

// customerLower is the customer's name in lower case, to sort by. It doesn't allocate.
func (r *row) customerLower() string {
	if !r.named {
		return segment(r.search(), pieceID)
	}
	_, value, _ := strings.Cut(segment(r.search(), piecePairs), "=")
	return value
}

// beginning is the first eight bytes of s as a number that compares like them. It distinguishes most rows without
// access to their texts, which are scattered in memory.
func beginning(s string) uint64 {
	var first [8]byte
	copy(first[:], s)
	return binary.BigEndian.Uint64(first[:])
}

// failedAt is the time of the last failure, if known.
func (r *row) failedAt() (time.Time, bool) { return time.Unix(r.failed, 0), r.failed != 0 }

// createdAt is when it was created, if known.
func (r *row) createdAt() (time.Time, bool) { return time.Unix(r.created, 0), r.created != 0 }

// organization is the name of the customer's organization, else its id; empty if there is none.
func (r *row) organization() string {
	best, rank := "", len(orgKeys)
	for _, p := range r.pairs() {
		if i := slices.Index(orgKeys, p.key); i >= 0 && (i < rank) {
			best, rank = p.value, i
		}
	}
	return best
}
