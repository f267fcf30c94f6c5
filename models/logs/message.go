package logs

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/table"
)

// message is a line of an operation's log.
type message struct {
	nango.LogMessage
	text string // what words of the filter search, in lower case
}

// newMessage masks secrets in the URL, which the text of an HTTP message repeats.
func newMessage(m nango.LogMessage) message {
	if m.Request != nil && m.Request.URL != "" {
		m.Message = strings.ReplaceAll(m.Message, m.Request.URL, m.Request.MaskedURL())
	}
	return message{m, filter.SearchText(m.Message, m.Level, m.Source, messageText(m), string(m.Meta))}
}

// messageText is a message with its outcome: an HTTP one with status and duration, an error with its own words.
func messageText(m nango.LogMessage) string {
	text := m.Message
	if m.Response != nil && m.Response.Code > 0 {
		text += " → " + statusText(m.Response.Code)
	}
	if m.Error != nil {
		if reason := cmp.Or(m.Error.Message, m.Error.Type, m.Error.Name); reason != "" && !strings.Contains(text, reason) && m.Response == nil {
			text += ": " + reason
		}
	}
	if m.Duration > 0 {
		text += " · " + ui.Took(m.Duration)
	}
	if m.Retry != nil && m.Retry.Attempt > 0 {
		text += fmt.Sprintf(textRetry, m.Retry.Attempt, m.Retry.Max)
	}
	return text
}

func statusText(code int) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", code, http.StatusText(code)))
}

// isBadMessage reports whether a message is an error, or about a response that is one.
func isBadMessage(m nango.LogMessage) bool {
	return m.Level == "error" || m.Response != nil && m.Response.Code >= http.StatusBadRequest
}

func messageColumns() []table.Column[message] {
	return []table.Column[message]{
		{ID: "time", Title: columnTime, Min: 12, Max: 12, DropOrder: 2, Cell: func(f ui.Frame, m *message) ui.Cell {
			if m.Created.IsZero() {
				return ui.Cell{}
			}
			return ui.Styled(ui.RoleMuted, m.Created.In(f.Now.Location()).Format("15:04:05.000"))
		}, Compare: func(a, b *message) int { return a.Created.Compare(b.Created) }},
		{ID: "level", Title: columnLevel, Min: 7, Max: 7, Cell: levelCell, Compare: table.By(func(m *message) string { return m.Level })},
		{ID: "source", Title: columnSource, Min: 8, Max: 8, DropOrder: 1, Cell: table.Text(ui.RoleMuted, (*message).source),
			Compare: table.By((*message).source)},
		{ID: "message", Title: columnMessage, Min: 20, Weight: 1, Cell: func(f ui.Frame, m *message) ui.Cell {
			role := ui.RoleText
			if isBadMessage(m.LogMessage) {
				role = ui.RoleBad
			}
			return f.Styled(role, messageText(m.LogMessage))
		}},
	}
}

// source is who wrote the message: Nango, or the function.
func (m *message) source() string {
	switch m.Source {
	case nango.LogUser:
		return textFunction
	case nango.LogInternal:
		return textNango
	}
	return m.Source
}

func levelCell(f ui.Frame, m *message) ui.Cell {
	switch m.Level {
	case "error":
		return f.Styled(ui.RoleBad, "✗ error")
	case "warn":
		return f.Styled(ui.RoleWarn, "! warn")
	}
	return f.Styled(ui.RoleMuted, m.Level)
}

func messageLanguage() filter.Language[message] {
	return filter.Language[message]{
		Text: func(m *message) string { return m.text },
		Fields: []filter.Field[message]{
			{Spec: filter.Spec{Name: "level", Values: filter.Words("debug", "info", "warn", "error")},
				Text: func(m *message, _ string) string { return m.Level }},
			{Spec: filter.Spec{Name: "source", Values: filter.Words(textFunction, textNango)},
				Text: func(m *message, _ string) string { return m.source() }},
			{Spec: filter.Spec{Name: fieldType, Values: filter.Words("http", "log")},
				Text: func(m *message, _ string) string { return m.Type }},
			filter.TextField("status", func(m *message) string {
				if m.Response == nil {
					return ""
				}
				return fmt.Sprint(m.Response.Code)
			}),
		},
	}
}

// Message is the page of a message: its request and response, its error, and what else is in it.
type Message struct {
	screen.Page
	message   nango.LogMessage
	operation nango.LogOperation
	mask      func(string) string // of the last turn
}

// Open notes how secrets are masked.
func (s *Message) Open(t *screen.Turn) { s.mask = t.Mask }

// Title is the beginning of the message.
func (s *Message) Title() string { return firstWords(s.message.Message) }

// titleLength is the length of a title in characters.
const titleLength = 60

func firstWords(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	if all := []rune(text); len(all) > titleLength {
		return string(all[:titleLength]) + "…"
	}
	return cmp.Or(text, textMessage)
}

// Actions are what can be done with the message.
func (s *Message) Actions() []screen.Action {
	request, noRequest := s.message.Request, screen.DisabledIf(s.message.Request == nil || s.message.Request.URL == "", whyNoRequest)
	route, why := s.sendAgain()
	row := s.OnSelected()
	noBody := screen.DisabledIf(row.Open == nil, screen.TextNothingToOpen)
	all := []screen.Action{
		{ID: OpenMessage, Title: screen.TextOpen, HideInFooter: noBody != "", Disabled: noBody, Do: row.Open},
		{ID: ShowJSON, Title: actionJSON, Do: func(t *screen.Turn) { showJSON(t, s.Title(), messageJSON(s.message)) }},
		{ID: CopyMessage, Title: screen.TextCopy, Do: func(t *screen.Turn) {
			if row.Copy.Do != nil {
				row.Copy.Do(t)
				return
			}
			t.Copy(copiedMessage, messageText(s.message))
		}},
		{ID: CopyCurl, Title: actionCurl, Disabled: noRequest, Do: func(t *screen.Turn) { t.Copy(copiedCurl, mask(t, request.Curl())) }},
		{ID: SendAgain, Title: actionSendAgain, Disabled: cmp.Or(noRequest, why), Do: func(t *screen.Turn) { openProxy(t, route, request) }},
		{ID: OpenConnection, Title: textOpenConnection, HideInFooter: true,
			Disabled: screen.DisabledIf(s.operation.Connection == "" || s.operation.Integration == "", whyNoConnection),
			Do:       screen.To(connectionRoute, s.operation.Integration, s.operation.Connection).Open},
	}
	return append(all, screen.MoveActions(&s.Rows)...)
}

func mask(t *screen.Turn, text string) string {
	if t.Mask == nil {
		return text
	}
	return t.Mask(text)
}

// sendAgain is the proxy form for the request, or why it can't be sent again: only what went to the provider with the connection's
// credentials can.
func (s *Message) sendAgain() (screen.Route, string) {
	o := s.operation
	switch {
	case o.Integration == "" || o.Connection == "":
		return screen.Route{}, whyNoConnection
	case s.message.Context != "proxy" && s.message.Context != "script":
		return screen.Route{}, whyNotProxied
	}
	return screen.To(proxyRoute, o.Integration, o.Connection), ""
}

// openProxy opens the proxy form with the method and the path. A query with a secret is left out: routes have none.
func openProxy(t *screen.Turn, route screen.Route, request *nango.LogRequest) {
	u, err := url.Parse(request.URL)
	if err != nil {
		t.Open(route)
		return
	}
	route = route.With(queryMethod, request.Method).With(queryPath, u.EscapedPath())
	if query := u.RawQuery; query != "" && mask(t, query) == query && request.MaskedURL() == request.URL {
		route = route.With(queryQuery, query)
	}
	t.Open(route)
}

// Parameters of the proxy form's route.
const (
	queryMethod = "method"
	queryPath   = "path"
	queryQuery  = "query"
)

func showJSON(t *screen.Turn, title string, value any) {
	raw, err := json.Marshal(value)
	if err != nil {
		t.Notice(textFailed, err.Error())
		return
	}
	t.Show(screen.NewJSONPage(title, raw))
}

// View draws the message.
func (s *Message) View(f ui.Frame) string { return s.Draw(f, s.sections) }

func (s *Message) sections(f ui.Frame) []ui.Section {
	m := s.message
	about := screen.Facts{
		{labelMessage, m.Message}, {labelWhen, messageTime(f.Now, m)}, {labelLevel, m.Level}, {labelSource, (&message{LogMessage: m}).source()},
		{labelAbout, m.Context}, {labelRetry, retryText(m.Retry)}, {labelSaved, savedText(m.Saved)},
	}.Section(f, titleMessage, ui.Cell{})
	sections := []ui.Section{about}
	if e := m.Error; e != nil {
		problem := screen.Facts{{labelError, e.Message}, {labelType, cmp.Or(e.Type, e.Name)}}.Section(f, titleError, ui.Cell{})
		s.addBody(f, &problem, "payload", e.Payload)
		if e.Upstream != nil {
			problem.AddRow(f, "", labelUpstream, statusText(e.Upstream.Status))
			s.addBody(f, &problem, "upstream", e.Upstream.Body)
		}
		sections = append(sections, problem)
	}
	if r := m.Request; r != nil {
		section := ui.Section{Title: titleRequest}
		s.AddRow(&section, f, "url", labelRequest, strings.TrimSpace(r.Method+" "+r.MaskedURL()), screen.Links(copiedURL, r.MaskedURL()))
		addHeaders(f, &section, r.Header)
		s.addBody(f, &section, "request", r.Body)
		sections = append(sections, section)
	}
	if r := m.Response; r != nil {
		section := ui.Section{Title: titleResponse}
		section.AddRow(f, "", labelStatus, statusText(r.Code))
		addHeaders(f, &section, r.Header)
		s.addBody(f, &section, "response", r.Body)
		sections = append(sections, section)
	}
	if len(m.Meta) > 0 {
		section := ui.Section{Title: titleMeta}
		s.addBody(f, &section, "meta", m.Meta)
		sections = append(sections, section)
	}
	return sections
}

func addHeaders(f ui.Frame, section *ui.Section, headers map[string][]string) {
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		section.AddRow(f, "", name, (*nango.Secrets)(nil).MaskHeader(name, strings.Join(headers[name], ", ")))
	}
}

// bodyShown is how much of a body stands on the page. All of it is opened with enter.
const bodyShown = 400

// addBody adds the beginning of a body that the log has. Enter opens it as JSON, where secrets are masked.
func (s *Message) addBody(f ui.Frame, section *ui.Section, id string, body json.RawMessage) {
	if len(body) == 0 {
		return
	}
	text := string(nango.MaskJSONBy(body, s.mask))
	all := text
	if len(text) > bodyShown {
		text = strings.ToValidUTF8(text[:bodyShown], "") + "…"
	}
	s.AddRow(section, f, id, labelBody, text, screen.RowActions{
		Copy: screen.Option{Title: labelBody, Do: func(t *screen.Turn) { t.Copy(labelBody, all) }},
		Open: func(t *screen.Turn) { t.Show(screen.NewJSONPage(labelBody, body)) },
	})
}

func messageTime(now time.Time, m nango.LogMessage) string {
	if m.Created.IsZero() {
		return ""
	}
	text := ui.AgoWithTime(now, m.Created)
	if m.Duration > 0 {
		text += textTook + ui.Took(m.Duration)
	}
	return text
}

func retryText(r *nango.LogRetry) string {
	if r == nil || r.Max == 0 {
		return ""
	}
	return fmt.Sprintf(textRetryOf, r.Attempt, r.Max, ui.Took(r.Waited))
}

func savedText(s *nango.LogSaved) string {
	if s == nil {
		return ""
	}
	return fmt.Sprintf(textSaved, s.Model, ui.Count(s.Added), ui.Count(s.Updated), ui.Count(s.Deleted))
}
