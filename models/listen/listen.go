// Package listen shows the webhooks that reach this machine, as they come, with the check of their signatures. It sends nothing, and
// opens no port itself: App does, as the screen wants it. It may know what any area may know.
package listen

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
	"nango-tui/ui/filter"
	"nango-tui/ui/form"
	"nango-tui/ui/table"
)

// Ids of the actions of this area.
const (
	OpenWebhook screen.ActionID = "listen.open"
	Clear       screen.ActionID = "listen.clear"
)

const (
	// maxWebhooks and maxBytes bound what is kept. The oldest are dropped.
	maxWebhooks = 500
	maxBytes    = 16 << 20
	// maxName is the longest name that a row has, in bytes.
	maxName = 200
	// defaultAddress is where it listens unless the user says otherwise.
	defaultAddress = "127.0.0.1:3007"

	fieldAddress = "address"
	fieldKey     = "key"
)

// New returns the form of the route "listen", which is replaced by the list once it listens.
func New(r screen.Route) (*screen.Form, error) {
	if err := r.CheckQuery(); err != nil {
		return nil, err
	}
	e := &screen.Form{Name: titleForm, SubmitTitle: submitListen, Disposable: true}
	e.Fields = form.New(
		form.Field{ID: fieldAddress, Title: titleAddress, About: aboutAddress, Value: defaultAddress, Check: checkAddress},
		form.Field{ID: fieldKey, Kind: form.Secret, Title: titleKey, About: aboutKey},
	)
	e.Submit = func(t *screen.Turn, values form.Values) {
		t.ReplaceWith(newList(strings.TrimSpace(values[fieldAddress]), nango.Secret(values[fieldKey])))
	}
	return e, nil
}

func checkAddress(text string) error {
	if host, port, ok := cutLast(strings.TrimSpace(text), ":"); !ok || host == "" || port == "" {
		return fmt.Errorf(errAddress, defaultAddress)
	}
	return nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// webhook is a row: what was received, and what its body says about itself.
type webhook struct {
	screen.Webhook
	id, kind, connection string
}

// List shows webhooks, the newest first.
type List struct {
	*screen.List[webhook, string]
	address string
	key     nango.Secret
	opened  bool
	err     error
	all     []webhook // the newest first
	bytes   int
	count   int
	dropped int
}

func newList(address string, key nango.Secret) *List {
	s := &List{address: address, key: key}
	s.List = screen.NewList(textTitle, func(w *webhook) string { return w.id }, columns(), language())
	s.Name = "listen"
	return s
}

// Open begins to listen.
func (s *List) Open(t *screen.Turn) {
	t.Listen(screen.ListenWant{Address: s.address, Key: s.key, Heard: s.heard, Opened: func(_ *screen.Turn, address string, err error) {
		s.opened, s.err = err == nil, err
		if err == nil {
			s.address = address
		}
	}})
}

// Refresh tries to listen again if that failed. Webhooks come by themselves.
func (s *List) Refresh(t *screen.Turn) {
	if s.err != nil {
		s.err = nil
		s.Open(t)
	}
}

// Concerns is false: no call changes what was received.
func (s *List) Concerns(nango.Call) bool { return false }

// heard adds a webhook, and drops the oldest if there are too many.
func (s *List) heard(_ *screen.Turn, hook screen.Webhook) {
	s.count++
	w := webhook{Webhook: hook, id: fmt.Sprint(s.count)}
	w.kind, w.connection = describe(hook.Body)
	s.all = append([]webhook{w}, s.all...)
	s.bytes += len(hook.Body)
	for last := len(s.all) - 1; last > 0 && (len(s.all) > maxWebhooks || s.bytes > maxBytes); last-- {
		s.bytes -= len(s.all[last].Body)
		s.all = s.all[:last]
		s.dropped++
	}
	s.Table.SetRows(s.all)
}

// describe returns what a webhook of Nango says it is, and which connection it is about. Others say nothing.
func describe(body []byte) (kind, connection string) {
	var said struct {
		Type         string `json:"type"`
		Operation    string `json:"operation"`
		SyncName     string `json:"syncName"`
		ConnectionID string `json:"connectionId"`
		Integration  string `json:"providerConfigKey"`
	}
	if json.Unmarshal(body, &said) != nil {
		return "", ""
	}
	kind = strings.TrimSpace(said.Type + " " + said.Operation + said.SyncName)
	if connection = said.ConnectionID; said.Integration != "" {
		connection += " · " + said.Integration
	}
	return kind[:min(len(kind), maxName)], connection[:min(len(connection), maxName)]
}

func columns() []table.Column[webhook] {
	kind, connection := func(w *webhook) string { return w.kind }, func(w *webhook) string { return w.connection }
	request := func(w *webhook) string { return w.Method + " " + w.Path }
	return []table.Column[webhook]{
		{ID: "age", Title: "AGE", Min: 6, Max: 6, Right: true,
			Cell:    func(f ui.Frame, w *webhook) ui.Cell { return ui.Cell{Text: ui.Age(f.Now.Sub(w.At)), Role: ui.RoleText} },
			Compare: func(a, b *webhook) int { return b.At.Compare(a.At) }},
		{ID: "signature", Title: headSignature, Min: 13, Max: 13, Cell: signatureCell,
			Compare: table.By(func(w *webhook) string { return string(w.Signature) })},
		{ID: "type", Title: "TYPE", Min: 12, Max: 30, Weight: 2, Cell: table.Text(ui.RoleText, kind), Compare: table.By(kind)},
		{ID: "connection", Title: "CONNECTION", Min: 12, Weight: 3, Cell: table.Text(ui.RoleText, connection), Compare: table.By(connection)},
		{ID: "size", Title: "SIZE", Min: 7, Max: 9, Right: true, DropOrder: 2,
			Cell:    func(f ui.Frame, w *webhook) ui.Cell { return f.Styled(ui.RoleMuted, ui.Bytes(w.Size).String()) },
			Compare: func(a, b *webhook) int { return int(a.Size - b.Size) }},
		{ID: "request", Title: "REQUEST", Min: 12, Weight: 2, DropOrder: 1, Cell: table.Text(ui.RoleMuted, request), Compare: table.By(request)},
	}
}

func signatureCell(_ ui.Frame, w *webhook) ui.Cell {
	switch w.Signature {
	case screen.SignatureValid:
		return ui.Styled(ui.RoleMuted, "✓ "+string(w.Signature))
	case screen.SignatureUnchecked:
		return ui.Styled(ui.RoleMuted, "– "+string(w.Signature))
	}
	return ui.Styled(ui.RoleBad, "✗ "+string(w.Signature))
}

func language() filter.Language[webhook] {
	return filter.Language[webhook]{
		Text: func(w *webhook) string { return filter.SearchText(w.kind, w.connection, w.Path, string(w.Signature)) },
		Fields: []filter.Field[webhook]{
			filter.TextField("type", func(w *webhook) string { return w.kind }),
			filter.TextField("id", func(w *webhook) string { return w.connection }),
		},
	}
}

// Actions are what can be done with the webhook under the cursor and with the list.
func (s *List) Actions() []screen.Action {
	w := s.Table.Cursor()
	return s.ActionsAround([]screen.Action{
		{ID: OpenWebhook, Title: screen.TextOpen, Disabled: screen.DisabledIf(w == nil, whyNoWebhook), Do: func(t *screen.Turn) {
			t.Show(screen.NewJSONPage(title(w), w.Body))
		}},
		{ID: Clear, Title: actionClear, Disabled: screen.DisabledIf(len(s.all) == 0, whyNothing), Do: func(*screen.Turn) {
			s.all, s.bytes = nil, 0
			s.Table.SetRows(nil)
		}},
	}, screen.RefreshAction(s))
}

// title is the title of a webhook's body. It says if that is only its beginning.
func title(w *webhook) string {
	name := textNoun
	if w.kind != "" {
		name += " " + w.kind
	}
	if kept := int64(len(w.Body)); kept < w.Size {
		return fmt.Sprintf(textCut, name, ui.Bytes(kept), ui.Bytes(w.Size))
	}
	return name
}

// View draws the list, or why there is none.
func (s *List) View(f ui.Frame) string {
	switch {
	case s.err != nil:
		return screen.Failure(f, textFailed, s.err)
	case !s.opened:
		return screen.Loading(f, textOpening)
	}
	head := screen.NewHead(f, s.Counts(textNoun))
	head.Say(ui.RoleMuted, fmt.Sprintf(textAt, s.address))
	if !isLoopback(s.address) {
		head.Say(ui.RoleWarn, "! "+textAnybody)
	}
	if s.key == "" {
		head.Say(ui.RoleWarn, "! "+textNoKey)
	}
	if s.dropped > 0 {
		head.Say(ui.RoleWarn, "! "+fmt.Sprintf(textDropped, ui.Pluralize(s.dropped, textNoun), maxWebhooks, ui.Bytes(maxBytes)))
	}
	if s.Table.Len() == 0 {
		lines := screen.DrawLines(f, head.Lines()[1:]...)
		rest := f.Sized(f.Width, f.Height-len(lines))
		return screen.FirstLines(strings.Join(append(lines, screen.Empty(rest, textWaiting, textStops)), "\n"), f.Height)
	}
	return s.List.View(f, head.Lines(), textNoMatch)
}

// isLoopback reports whether only this machine can send to the address.
func isLoopback(address string) bool {
	host, _, _ := cutLast(address, ":")
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && ip.IsLoopback()
}
