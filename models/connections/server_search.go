package connections

import (
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// serverSearch searches the server for what the filter doesn't find in the loaded rows.
type serverSearch struct {
	// words is the text searched for, as typed; empty before.
	words string
	// asked names the searches made, for people.
	asked   []string
	waiting int
	// found is the number of connections found.
	found int
	// err is why a search failed.
	err error
}

// searchMode is one way to search for a text.
type searchMode struct {
	name  string
	query nango.ConnectionQuery
}

// searchModes are the server's ways to search for the words. Its search doesn't include tags, and a tag must match
// exactly.
func searchModes(words string) []searchMode {
	all := []searchMode{
		{searchID, nango.ConnectionQuery{ID: words}},
		{searchWords, nango.ConnectionQuery{Search: words}},
	}
	for _, tag := range []string{nango.TagUserEmail, nango.TagUserID, nango.TagOrganizationID} {
		if nango.CheckTag(tag, words) == nil { // Nango refuses a tag filter for an e-mail address that isn't one
			all = append(all, searchMode{fmt.Sprintf(searchTag, tag), nango.ConnectionQuery{Tags: map[string]string{tag: words}}})
		}
	}
	return all
}

// search starts the searches if the filter has no matches and they weren't made for these words before.
func (l *List) search(t *screen.Turn) {
	words := l.wordsTyped()
	if words == "" || words == l.lookup.words || l.table.Shown() > 0 {
		return
	}
	l.dropSearch(t)
	l.lookup.words = words
	for i, q := range searchModes(words) {
		q.query.Limit = nango.FirstPage
		read := readRows(l.scope.with(q.query))
		if read.Validate() != nil {
			continue // the text can't be such a value
		}
		l.lookup.asked = append(l.lookup.asked, q.name)
		l.lookup.waiting++
		load := &l.answers[i]
		load.Fetch(t, read, func(*screen.Turn) { l.answered(load) })
	}
}

func (l *List) dropSearch(t *screen.Turn) {
	for i := range l.answers {
		l.answers[i].Cancel(t)
	}
	l.lookup = serverSearch{}
}

func (l *List) answered(load *screen.Load[[]row]) {
	l.lookup.waiting--
	if load.HasFailed() {
		l.lookup.err = load.Err
		return
	}
	l.lookup.found += len(load.Value)
	l.merge(load.Value)
	load.Value = nil
}

// merge appends the rows found on the server.
func (l *List) merge(rows []row) {
	missing := map[nango.ConnectionRef]row{}
	for _, r := range rows {
		r.found = true
		missing[r.ref()] = r
	}
	for r := range l.table.Each() {
		delete(missing, r.ref())
	}
	fresh := make([]row, 0, len(missing))
	for _, r := range rows {
		if r, ok := missing[r.ref()]; ok {
			fresh = append(fresh, r)
			l.found[r.ref()] = true
			delete(missing, r.ref())
		}
	}
	l.table.Append(fresh)
	l.count()
}
