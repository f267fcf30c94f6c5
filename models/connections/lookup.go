package connections

import (
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// lookup asks the server for what the filter does not find among the rows that were read.
type lookup struct {
	// words is what was asked for, as it was typed; empty before.
	words string
	// asked names the questions that were put, in words for the reader.
	asked   []string
	waiting int
	// came is how many connections the answers held.
	came int
	// err is why a question was not answered.
	err error
}

// question is one way to find a connection by a text.
type question struct {
	name  string
	query nango.ConnectionQuery
}

// questions are the ways that the server has, as far as the words can be meant. Its search does not look at tags, and a
// tag is compared whole.
func questions(words string) []question {
	all := []question{
		{"connection id", nango.ConnectionQuery{ID: words}},
		{"search", nango.ConnectionQuery{Search: words}},
	}
	for _, tag := range []string{nango.TagUserEmail, nango.TagUserID, nango.TagOrganizationID} {
		if nango.CheckTag(tag, words) == nil { // an e-mail address has to be one, or the question is refused
			all = append(all, question{"tag " + tag, nango.ConnectionQuery{Tags: map[string]string{tag: words}}})
		}
	}
	return all
}

// askIfLost asks once when the list has been read as far as it is, nobody is typing, and the filter has found nothing.
func (l *List) askIfLost(t *screen.Turn) {
	if !l.Typing() {
		l.ask(t)
	}
}

// ask puts the questions if the filter shows nothing and they were not put for these words before.
func (l *List) ask(t *screen.Turn) {
	words := wordsTyped(l.Filter)
	if words == "" || words == l.lookup.words || l.table.Shown() > 0 {
		return
	}
	l.dropLookup(t)
	l.lookup.words = words
	for i, q := range questions(words) {
		q.query.Limit = nango.FirstPage
		read := nango.ListConnections(l.scope.with(q.query))
		if read.Validate() != nil {
			continue // a text that can be no such thing
		}
		l.lookup.asked = append(l.lookup.asked, q.name)
		l.lookup.waiting++
		load := &l.answers[i]
		load.Fetch(t, nango.Map(read, newRows), func(*screen.Turn) { l.answered(load) })
	}
}

// dropLookup forgets the answers for other words.
func (l *List) dropLookup(t *screen.Turn) {
	for i := range l.answers {
		l.answers[i].Cancel(t)
	}
	l.lookup = lookup{}
}

func (l *List) answered(load *screen.Load[[]row]) {
	l.lookup.waiting--
	if load.HasFailed() {
		l.lookup.err = load.Err
		return
	}
	l.lookup.came += len(load.Value)
	l.merge(load.Value)
	load.Value = nil
}

// merge puts rows that the server found behind those that are there.
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

// questionsAsked are the questions in a sentence.
func (k lookup) questionsAsked() string {
	return strings.Join(k.asked, ", ") + " (tags exactly as typed)"
}
