package actions

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

// fieldWay is how an action runs.
const fieldWay = "way"

// inTurn is the way of an action that is waited for; the others are the numbers of their retries.
const inTurn = "wait"

// howForm is on what an action is run, and in what way.
type howForm struct {
	form *form.Form
	on   screen.ConnectionChoice
	// of is the connection that it began with, and whose it is.
	of, whose string
}

// newHow is filled in with an order.
func newHow(o order) *howForm {
	way := inTurn
	if o.async {
		way = strconv.Itoa(o.retries)
	}
	fields := screen.ConnectionFields(o.input.Connection.ID, "The action works with the credentials of this connection.", nil)
	return &howForm{of: o.input.Connection.ID, whose: o.customer, form: form.New(append(fields,
		form.Field{ID: fieldWay, Kind: form.Choice, Title: "How it runs", Rows: 4, Options: ways(), Value: way})...)}
}

// ways are the choices of how an action runs.
func ways() []form.Option {
	all := []form.Option{
		{Value: inTurn, Title: "At once, waited for up to a quarter of an hour"},
		{Value: "0", Title: "In the background"},
	}
	for n := 1; n <= nango.MaxActionRetries; n++ {
		all = append(all, form.Option{Value: strconv.Itoa(n), Title: "In the background, after a failure " + more(n)})
	}
	return all
}

// take gives a key or a paste to the form, and says that one has gone on from its last field.
func (h *howForm) take(msg tea.Msg) (goesOn bool) {
	key, isKey := msg.(tea.KeyPressMsg)
	last := h.form.Focused() == fieldWay
	h.form.Update(msg)
	if isKey && last && key.String() == "tab" {
		return true
	}
	_, sent := h.form.Submitted()
	return sent
}

// settle takes over what is under the cursor of a list.
func (h *howForm) settle() {
	h.form.Next()
	h.form.Prev()
}

// complete checks all of it.
func (h *howForm) complete() bool {
	h.settle()
	ok := h.form.Submit()
	h.form.Submitted()
	return ok
}

// connection is the id of the connection; empty where none is chosen.
func (h *howForm) connection() string { return screen.SelectedConnection(h.form.Values()) }

// customer is whom a connection belongs to, where that is known.
func (h *howForm) customer(id string) string {
	if name := h.on.Customer(id); name != "" || id != h.of {
		return name
	}
	return h.whose
}

// way is how it runs: by itself or not, and how often again after a failure.
func (h *howForm) way() (async bool, retries int) {
	retries, err := strconv.Atoi(h.form.Values()[fieldWay])
	return err == nil, retries
}

// operation is the one that sends it.
func (h *howForm) operation() nango.Operation {
	if async, _ := h.way(); async {
		return nango.OpActionStart
	}
	return nango.OpActionRun
}
