package connections

import (
	"iter"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// maxNamedRows is the maximum number of rows of which each contributes names to one search: a text of one letter is in all rows.
const maxNamedRows = 2_000

// If fewer than fewNames contain the words, the first maxLikeRows rows are searched for those that have their letters in order.
const (
	fewNames    = 20
	maxLikeRows = 20_000
)

// FindNames finds customers, organizations, integrations and ids of the rows.
func (l *List) FindNames(text string, limit int) []screen.Destination {
	return findNames(l.table.Each(), text, limit)
}

// FindNames finds customers, organizations, integrations and ids of the rows.
func (k *keptRows) FindNames(text string, limit int) []screen.Destination {
	return findNames(k.each(), text, limit)
}

func (k *keptRows) each() iter.Seq[*row] {
	return func(yield func(*row) bool) {
		for i := range k.rows {
			if !yield(&k.rows[i]) {
				return
			}
		}
	}
}

// findNames reads the text that the filter searches, and looks closer at the first [maxNamedRows] rows that contain the words. If they
// have few names, those follow that have only the letters of the words in order.
func findNames(rows iter.Seq[*row], text string, limit int) []screen.Destination {
	words := strings.Fields(text)
	needles := make([]needle, len(words))
	for i, word := range words {
		needles[i] = newNeedle(word)
	}
	f := nameFinder{words: words, has: strings.Contains, at: map[[2]string]int{}}
	matched := 0
	for r := range rows {
		if slices.ContainsFunc(needles, func(n needle) bool { return !n.in(r.search()) }) {
			continue
		}
		f.add(r)
		if matched++; matched == maxNamedRows || len(f.found) >= limit {
			break
		}
	}
	if len(f.found) < fewNames {
		f.addLike(rows, limit)
	}
	return f.found
}

// nameFinder collects names, each once.
type nameFinder struct {
	words []string
	has   func(name, word string) bool
	found []screen.Destination
	at    map[[2]string]int // by text and kind
}

// addLike adds the names that have the letters of the words in order, as far as they aren't there.
func (f *nameFinder) addLike(rows iter.Seq[*row], limit int) {
	like := nameFinder{words: f.words, has: screen.HasLetters, at: map[[2]string]int{}}
	n, matched := 0, 0
	for r := range rows {
		for piece := range strings.SplitSeq(r.search(), pieceEnd) {
			if like.fits(piece) {
				like.add(r)
				matched++
				break
			}
		}
		if n++; n == maxLikeRows || matched == maxNamedRows || len(f.found)+len(like.found) >= limit {
			break
		}
	}
	for _, d := range like.found {
		if _, known := f.at[[2]string{d.Text, d.About}]; !known {
			f.found = append(f.found, d)
		}
	}
}

// add adds the names of a row that contain the words. A name of several connections leads to the list of them.
func (f *nameFinder) add(r *row) {
	one := screen.To("connection", r.integration(), r.id())
	f.name(r.organization(), screen.TextOrganization, filtered(fieldOrg, r.organization()), one)
	if customer := r.customer().Name; r.named {
		f.name(customer, aboutCustomer, filtered(fieldCustomer, customer), one)
	}
	f.name(r.integration(), screen.TextIntegration, screen.To("integration", r.integration()), screen.To("integration", r.integration()))
	f.name(r.id(), aboutConnection, one, one)
}

// fits reports whether a text in lower case has all words.
func (f *nameFinder) fits(lower string) bool {
	return !slices.ContainsFunc(f.words, func(word string) bool { return !f.has(lower, word) })
}

func (f *nameFinder) name(text, about string, several, one screen.Route) {
	lower := strings.ToLower(text)
	if text == "" || !f.fits(lower) {
		return
	}
	key := [2]string{text, about}
	if i, known := f.at[key]; known {
		f.found[i].Route = several
		return
	}
	f.at[key] = len(f.found)
	f.found = append(f.found, screen.Destination{Text: text, About: about, Route: one})
}

// filtered is the list of the connections of which a field contains a value. Filters have no escapes for quotes.
func filtered(field, value string) screen.Route {
	value, _, _ = strings.Cut(value, `"`)
	return screen.To("connections").With("q", field+`:"`+value+`"`)
}

// CustomerOf implements [screen.CustomerNamer].
func (l *List) CustomerOf(ref nango.ConnectionRef) string { return customerIn(l.table.Each(), ref) }

// CustomerOf implements [screen.CustomerNamer].
func (k *keptRows) CustomerOf(ref nango.ConnectionRef) string { return customerIn(k.each(), ref) }

// customerIn is the name of the customer of a connection; empty if the rows don't have it. The text of a row begins with its id.
func customerIn(rows iter.Seq[*row], ref nango.ConnectionRef) string {
	start := strings.ToLower(ref.ID) + pieceEnd
	for r := range rows {
		if r.named && strings.HasPrefix(r.text, start) && r.ref() == ref {
			return r.customer().Name
		}
	}
	return ""
}

// Customers implements [screen.CustomerLister].
func (k *keptRows) Customers(f func(ref nango.ConnectionRef, name string)) {
	for r := range k.each() {
		if r.named {
			f(r.ref(), r.customer().Name)
		}
	}
}
