package logs

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// attemptMessages is how many messages of a delivery are read: Nango writes two for each attempt, and makes three at most.
const attemptMessages = 25

// sent are the webhooks that Nango sends. An incoming one is the provider's.
var sent = []nango.LogKind{{Type: typeWebhook, Actions: []string{"forward", "sync", "connection_create", "connection_refresh"}}}

const (
	typeWebhook    = "webhook"
	actionIncoming = "incoming"
)

// Deliveries is the list of the webhooks that Nango sent, and what their receivers answered. The answers are in the messages of each
// operation, so they are read for a few at a time.
type Deliveries struct {
	*List
	answers map[string]*delivery
	batch   screen.Load[nango.LogBatch]
}

// delivery is what became of a webhook.
type delivery struct {
	url string
	// codes are the status of each attempt, 0 for one without an answer.
	codes []int
	// err is why the attempts aren't known.
	err error
}

// NewDeliveries creates the list for a route.
func NewDeliveries(r screen.Route) (*Deliveries, error) {
	asked, err := readScope(r, queryIntegration, queryConnection, queryState, queryPeriod, queryWords, queryView)
	if err != nil {
		return nil, err
	}
	asked.kinds = sent
	d := &Deliveries{answers: map[string]*delivery{}}
	d.List = newList(r, asked, slices.Concat(columns(), d.columns()), d.language())
	d.noun = nounWebhook
	d.DefaultColumns = func() []string {
		return []string{"time", "state", "about", "connection", "integration", "answer", "next"}
	}
	return d, nil
}

// Title names the list and what it is about.
func (d *Deliveries) Title() string {
	return strings.Trim(textDeliveries+" · "+d.scope.words(), " ·")
}

// Notify reads the answers of the newest deliveries once they are loaded.
func (d *Deliveries) Notify(t *screen.Turn) {
	d.List.Notify(t)
	if d.Table.Len() > 0 && len(d.answers) == 0 && !d.batch.IsLoading() && !d.batch.HasFailed() {
		d.readAnswers(t)
	}
}

// unread are the deliveries to read next: failed ones first, from the cursor on.
func (d *Deliveries) unread() []string {
	var failed, others []string
	for r := range d.eachUnread {
		if isBad(r.LogOperation) {
			failed = append(failed, r.ID)
		} else {
			others = append(others, r.ID)
		}
	}
	all := append(failed, others...)
	return all[:min(len(all), nango.MaxLogBatch)]
}

// eachUnread yields the deliveries from the cursor on whose answers are not known.
func (d *Deliveries) eachUnread(yield func(*row) bool) {
	n := -1
	for r := range d.Table.EachShown() {
		n++
		known := d.answers[r.ID]
		isRead := known != nil && known.err == nil
		if n >= d.Table.Position() && !isRead && nango.IsLogID(r.ID) && !isOpen(r.LogOperation) && !yield(r) {
			return
		}
	}
}

// hasUnread stops at the first one: it is asked for each frame.
func (d *Deliveries) hasUnread() bool {
	for range d.eachUnread {
		return true
	}
	return false
}

// readAnswers reads what became of the next deliveries: one request.
func (d *Deliveries) readAnswers(t *screen.Turn) {
	ids := d.unread()
	if len(ids) == 0 {
		return
	}
	query := nango.LogBatchQuery{}
	for _, id := range ids {
		query.Details = append(query.Details, nango.LogSelection{ID: id, Messages: nango.MessageQuery{Limit: attemptMessages}})
	}
	d.batch.Fetch(t, nango.GetLogBatch(query), func(*screen.Turn) {
		if d.batch.HasFailed() {
			return
		}
		for i, detail := range d.batch.Value.Details {
			one := deliveryOf(slices.Backward(detail.Messages))
			one.err = detail.Err
			d.answers[ids[i]] = &one
		}
		d.batch.Value = nango.LogBatch{}
		d.ApplyFilter()
	})
}

// deliveryOf reads the attempts from messages in the order of time.
func deliveryOf(messages func(func(int, nango.LogMessage) bool)) delivery {
	var d delivery
	for _, m := range messages {
		if m.Type != nango.LogHTTP || m.Request == nil {
			continue
		}
		code := 0
		if m.Response != nil {
			code = m.Response.Code
		}
		d.url, d.codes = m.Request.MaskedURL(), append(d.codes, code)
	}
	return d
}

// answer is the status of each attempt: "503, 503, 200".
func (d *delivery) answer() string {
	switch {
	case d == nil:
		return ""
	case d.err != nil:
		return textNotRead
	}
	words := make([]string, len(d.codes))
	for i, code := range d.codes {
		if words[i] = fmt.Sprint(code); code == 0 {
			words[i] = textNoAnswer
		}
	}
	return strings.Join(words, ", ")
}

func (d *delivery) last() int {
	if d == nil || len(d.codes) == 0 {
		return 0
	}
	return d.codes[len(d.codes)-1]
}

// next says what Nango does after the last attempt: it sends again after 5xx only (source of v0.71.4; logged retries show it).
func (d *delivery) next() string {
	switch code := d.last(); {
	case d == nil || d.err != nil || len(d.codes) == 0:
		return ""
	case code >= 200 && code < 300 && len(d.codes) > 1:
		return fmt.Sprintf(textArrivedLate, len(d.codes))
	case code >= 200 && code < 300:
		return textArrived
	case code == http.StatusTooManyRequests:
		return textTooMany
	case code >= 500:
		return fmt.Sprintf(textGivenUp, ui.Pluralize(len(d.codes), "attempt"))
	}
	return textNotAgain
}

func (d *Deliveries) columns() []table.Column[row] {
	answer := func(r *row) string { return d.answers[r.ID].answer() }
	next := func(r *row) string { return d.answers[r.ID].next() }
	action := func(r *row) string { return r.Action }
	return []table.Column[row]{
		{ID: "about", Title: columnWebhook, Min: 18, Max: 18, DropOrder: 5, Cell: table.Text(ui.RoleText, action), Compare: table.By(action)},
		{ID: "answer", Title: columnAnswer, Min: 13, Max: 16, Compare: table.By(answer), Cell: func(f ui.Frame, r *row) ui.Cell {
			known := d.answers[r.ID]
			if known == nil {
				return ui.Styled(ui.RoleMuted, textUnknown)
			}
			if code := known.last(); known.err == nil && (code < 200 || code >= 300) {
				return f.Styled(ui.RoleBad, known.answer())
			}
			return f.Styled(ui.RoleMuted, known.answer())
		}},
		{ID: "next", Title: columnNext, Min: 16, Weight: 6, DropOrder: 4, Cell: table.Text(ui.RoleText, next), Compare: table.By(next)},
	}
}

func (d *Deliveries) language() filter.Language[row] {
	l := language()
	l.Fields = append(l.Fields, filter.TextField("answer", func(r *row) string {
		return d.answers[r.ID].answer() + "\n" + d.answers[r.ID].next()
	}), filter.TextField("url", func(r *row) string {
		if known := d.answers[r.ID]; known != nil {
			return known.url
		}
		return ""
	}))
	return l
}

// Actions are those of the logs, and reading further answers.
func (d *Deliveries) Actions() []screen.Action {
	all := d.List.Actions()
	more := screen.Action{ID: LoadAnswers, Title: actionAnswers, ReadOperation: nango.OpLogGet, Do: d.readAnswers,
		Disabled: cmp.Or(screen.DisabledIf(d.batch.IsLoading(), textLoading), screen.DisabledIf(!d.hasUnread(), whyAllAnswers))}
	// Older deliveries are loaded as the cursor comes to the end.
	at := slices.IndexFunc(all, func(a screen.Action) bool { return a.ID == LoadMore })
	if at < 0 {
		return all // the user types
	}
	all[at] = more
	return all
}

// View draws the list, and what became of the delivery under the cursor.
func (d *Deliveries) View(f ui.Frame) string {
	const least = 10
	r := d.Table.Cursor()
	if r == nil || f.Height < least {
		return d.List.View(f)
	}
	foot := screen.Wrap(f, 1, d.about(f, r)...)
	foot = foot[:min(len(foot), f.Height/3)]
	return screen.DrawAbove(f, d.List.View(f.Sized(f.Width, f.Height-len(foot))), foot...)
}

func (d *Deliveries) about(f ui.Frame, r *row) []ui.Line {
	known := d.answers[r.ID]
	switch {
	case d.batch.IsLoading() && known == nil:
		return []ui.Line{{ui.Styled(ui.RoleMuted, textLoading)}}
	case d.batch.HasFailed() && known == nil:
		return []ui.Line{{f.Styled(ui.RoleBad, textFailed+": "+d.batch.Err.Error())}}
	case known == nil:
		return []ui.Line{{f.Styled(ui.RoleMuted, screen.HintOrPalette(f, LoadAnswers, textReadsAnswer))}}
	case known.err != nil:
		return []ui.Line{{f.Styled(ui.RoleBad, textNotRead+": "+known.err.Error())}}
	case len(known.codes) == 0:
		return []ui.Line{{ui.Styled(ui.RoleMuted, textNoAttempt)}}
	}
	role := ui.RoleText
	if code := known.last(); code < 200 || code >= 300 {
		role = ui.RoleBad
	}
	return []ui.Line{{f.Styled(role, known.url+" → "+known.answer())}, {f.Styled(ui.RoleMuted, known.next())}}
}
