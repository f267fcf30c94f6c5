package logs

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// messagesPage is how many messages are loaded at once, the newest first, and maxMessages how many are kept.
const (
	messagesPage = 200
	maxMessages  = 5_000
)

// Operation is the page of an operation: what it was, and its messages in the order of time.
type Operation struct {
	*screen.List[message, string]
	id        string
	load      screen.Load[nango.LogDetail]
	operation nango.LogOperation
	customer  string
	cursor    string // of older messages; empty if all are loaded
	total     int
}

// NewOperation creates the page for a route: operation/ID.
func NewOperation(r screen.Route) (*Operation, error) {
	if err := r.CheckQuery(); err != nil {
		return nil, err
	}
	if !nango.IsLogID(r.Arg(0)) {
		return nil, fmt.Errorf(errID, r.Arg(0))
	}
	s := &Operation{id: r.Arg(0)}
	s.List = screen.NewList(textMessages, func(m *message) string { return m.ID }, messageColumns(), messageLanguage())
	s.Name = OperationRoute
	return s, nil
}

// Title is what the operation did.
func (s *Operation) Title() string {
	if s.operation.ID == "" {
		return s.id
	}
	return strings.Trim(kindOf(s.operation)+" · "+s.operation.Function, " ·")
}

// SelectedOperation is the operation of the page.
func (s *Operation) SelectedOperation() string { return s.id }

// AutoRefresh reports that the page is read again by itself as long as the operation can change.
func (s *Operation) AutoRefresh() bool { return isOpen(s.operation) }

// FollowInterval is how often an operation that can still change is read again.
func (s *Operation) FollowInterval() time.Duration {
	if !isOpen(s.operation) || s.load.HasFailed() {
		return 0
	}
	return followEvery
}

// Refresh reads the operation and its newest messages.
func (s *Operation) Refresh(t *screen.Turn) {
	s.load.Fetch(t, nango.GetLogOperation(s.id, nango.MessageQuery{Limit: messagesPage}), func(t *screen.Turn) {
		if s.load.HasFailed() {
			return
		}
		isFirst := s.operation.ID == ""
		s.operation, s.total = s.load.Value.Operation, s.load.Value.Total
		s.customer = t.Store.Name(s.operation.Ref())
		s.take(s.load.Value, nil)
		if isFirst {
			s.showFirstError()
		}
	})
}

// more reads older messages.
func (s *Operation) more(t *screen.Turn) {
	s.load.Fetch(t, nango.GetLogOperation(s.id, nango.MessageQuery{Limit: messagesPage, Cursor: s.cursor}), func(t *screen.Turn) {
		if s.load.HasFailed() {
			return
		}
		var loaded []message
		for m := range s.Table.Each() {
			loaded = append(loaded, *m)
		}
		s.take(s.load.Value, loaded)
	})
}

// take puts a page before the messages that are loaded.
func (s *Operation) take(page nango.LogDetail, loaded []message) {
	known := map[string]bool{}
	for _, m := range loaded {
		known[m.ID] = true
	}
	var rows []message
	for i, m := range slices.Backward(page.Messages) {
		if m.ID == "" {
			m.ID = fmt.Sprintf("%d-%d", len(loaded), i)
		}
		if !known[m.ID] && len(rows)+len(loaded) < maxMessages {
			rows = append(rows, newMessage(m))
		}
	}
	rows = append(rows, loaded...)
	s.cursor = page.Next(len(rows))
	s.load.Value = nango.LogDetail{}
	s.Table.SetRows(rows)
}

// showFirstError moves the cursor to the first error, which is what one looks for.
func (s *Operation) showFirstError() {
	for m := range s.Table.Each() {
		if isBadMessage(m.LogMessage) {
			s.Table.SetCursor(m.ID)
			return
		}
	}
}

// Actions are what can be done with the operation and the message under the cursor.
func (s *Operation) Actions() []screen.Action {
	on, none := s.Selected(whyNoMessage)
	noMore := screen.DisabledIf(s.cursor == "", whyAllMessages)
	if s.Table.Len() >= maxMessages {
		noMore = whyMaxMessages
	}
	noOperation := screen.DisabledIf(s.operation.ID == "", textLoading)
	return s.ActionsAround([]screen.Action{
		{ID: OpenMessage, Title: screen.TextOpen, Disabled: none, Do: func(t *screen.Turn) {
			t.Show(&Message{message: on.LogMessage, operation: s.operation})
		}},
		{ID: CopyMessage, Title: screen.TextCopy, Disabled: none, Do: func(t *screen.Turn) { t.Copy(copiedMessage, messageText(on.LogMessage)) }},
		{ID: ShowJSON, Title: actionJSON, Disabled: noOperation, Do: s.showJSON},
	}, append(subjectActions(s.operation, noOperation),
		screen.Action{ID: ShowOperations, Title: actionOperations, HideInFooter: true, Disabled: noOperation, Do: s.listRoute().Open},
		screen.Action{ID: LoadMessages, Title: screen.TextLoadMore, HideInFooter: noMore != "", Disabled: noMore, Do: s.more},
		screen.RefreshAction(s))...)
}

func (s *Operation) showJSON(t *screen.Turn) {
	var messages []nango.LogMessage
	for m := range s.Table.Each() {
		messages = append(messages, m.LogMessage)
	}
	showJSON(t, s.Title(), operationJSON(s.operation, messages))
}

// listRoute is the list of the operations about the same connection, or else of the same integration.
func (s *Operation) listRoute() screen.Route {
	route := screen.To(ListRoute)
	if s.operation.Integration != "" {
		route = route.With(queryIntegration, s.operation.Integration)
	}
	if s.operation.Connection != "" {
		route = route.With(queryConnection, s.operation.Connection)
	}
	return route
}

// View draws the operation, or why there is none.
func (s *Operation) View(f ui.Frame) string {
	switch {
	case s.operation.ID == "" && s.load.HasFailed():
		return failure(f, s.load.Err)
	case s.operation.ID == "":
		return screen.Loading(f, textLoadingOne)
	}
	lines := s.head(f)
	if s.Table.Len() == 0 {
		rest := f.Sized(f.Width, f.Height-len(lines))
		return screen.FirstLines(strings.Join(append(screen.DrawLines(f, lines...), screen.Empty(rest, textNoMessages)), "\n"), f.Height)
	}
	return s.List.View(f, lines, textNoMessageMatch)
}

// head is the facts, as many as leave room for messages, and the number of messages.
func (s *Operation) head(f ui.Frame) []ui.Line {
	o := s.operation
	state := stateCell(f, o)
	var lines []ui.Line
	for _, fact := range facts(o, s.customer, f.Now) {
		value := f.Styled(ui.RoleText, fact[1])
		switch {
		case fact[1] == "":
			continue
		case fact[0] == labelState:
			value = state
		case fact[0] == labelError:
			value.Role = ui.RoleBad
		}
		lines = append(lines, ui.Line{headLabel(fact[0]), value})
	}
	if line := s.attempts(f); line != nil {
		lines = slices.Insert(lines, min(len(lines), 2), line)
	}
	lines = lines[:min(len(lines), max(f.Height/3, 3))]
	counts := s.Counts(nounMessage)
	if s.cursor != "" {
		counts = append(counts, ui.Styled(ui.RoleMuted, ", "+fmt.Sprintf(textNewestOf, ui.Count(s.total))))
	}
	if s.load.HasFailed() {
		counts = append(counts, f.Styled(ui.RoleBad, " · ✗ "+textFailed+": "+s.load.Err.Error()))
	}
	return append(lines, nil, counts)
}

const labelWidth = 11

func headLabel(text string) ui.Cell {
	return ui.Styled(ui.RoleMuted, fmt.Sprintf(" %-*s ", labelWidth, text))
}

// attempts is what became of a webhook that Nango sent; nil for other operations.
func (s *Operation) attempts(f ui.Frame) ui.Line {
	if s.operation.Type != typeWebhook || s.operation.Action == actionIncoming {
		return nil
	}
	d := deliveryOf(func(yield func(int, nango.LogMessage) bool) {
		n := 0
		for m := range s.Table.Each() {
			if !yield(n, m.LogMessage) {
				return
			}
			n++
		}
	})
	if len(d.codes) == 0 {
		return nil
	}
	return ui.Line{headLabel(labelAttempts), f.Styled(ui.RoleText, d.answer()), f.Styled(ui.RoleMuted, " · "+d.next())}
}
