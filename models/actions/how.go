package actions

import (
	"errors"
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"nango-tui/nango"
	"nango-tui/ui"
)

// offered is how many connections of the integration are offered, the newest first; others are named by their ids.
const offered = 100

// Fields of the way in which an action runs.
const (
	fieldConnection = "connection"
	fieldID         = "id"
	fieldWay        = "way"
)

// otherConnection is the choice of a connection that is not offered.
const otherConnection = ""

// inTurn is the way of an action that is waited for; the others are the numbers of their retries.
const inTurn = "wait"

// howForm is on what an action is run, and in what way.
type howForm struct {
	form  *ui.Form
	names map[string]string // customers by the ids of the offered connections
}

// newHow is filled in with an order.
func newHow(o order) *howForm {
	way := inTurn
	if o.async {
		way = strconv.Itoa(o.retries)
	}
	h := &howForm{names: map[string]string{o.input.Of.ID: o.customer}}
	h.form = ui.NewForm(
		ui.FormField{ID: fieldConnection, Kind: ui.FormChoice, Title: "Connection", Rows: 6, Options: connectionOptions(nil)},
		ui.FormField{ID: fieldID, Title: "Its id", Value: o.input.Of.ID, Check: checkID,
			About: "The action works with the credentials of this connection.",
			When:  func(v ui.FormValues) bool { return v[fieldConnection] == otherConnection }},
		ui.FormField{ID: fieldWay, Kind: ui.FormChoice, Title: "How it runs", Rows: 4, Options: ways(), Value: way},
	)
	return h
}

func checkID(id string) error {
	if id == "" {
		return errors.New("choose a connection, or name it by its id")
	}
	return nango.CheckConnectionID(id)
}

// ways are the choices of how an action runs.
func ways() []ui.FormOption {
	all := []ui.FormOption{
		{Value: inTurn, Title: "It is waited for"},
		{Value: "0", Title: "By itself"},
	}
	for n := 1; n <= nango.MaxActionRetries; n++ {
		all = append(all, ui.FormOption{Value: strconv.Itoa(n), Title: "By itself, and after a failure again " + times(n)})
	}
	return all
}

// connectionOptions are the connections to choose from; the first choice is any other.
func connectionOptions(all []nango.Connection) []ui.FormOption {
	other := "named by its id"
	if len(all) == offered {
		other = fmt.Sprintf("named by its id: only the newest %d are listed here", offered)
	}
	options := []ui.FormOption{{Value: otherConnection, Title: other}}
	for _, c := range all {
		title := c.ID
		if name := c.Customer().Name; name != "" && name != c.ID {
			title = name + " · " + c.ID
		}
		options = append(options, ui.FormOption{Value: c.ID, Title: title})
	}
	return options
}

// offer fills in the connections that can be chosen. One that is named already is chosen among them.
func (h *howForm) offer(all []nango.Connection, err error) {
	if err != nil {
		h.form.SetError("", "the connections cannot be listed, so that one has to be named by its id: "+err.Error())
		return
	}
	for _, c := range all {
		h.names[c.ID] = c.Customer().Name
	}
	h.form.SetOptions(fieldConnection, connectionOptions(all))
	v := h.form.Values()
	if _, known := h.names[v[fieldID]]; known && v[fieldID] != "" && v[fieldConnection] == otherConnection && among(all, v[fieldID]) {
		h.form.Set(fieldConnection, v[fieldID])
	}
}

func among(all []nango.Connection, id string) bool {
	for _, c := range all {
		if c.ID == id {
			return true
		}
	}
	return false
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
func (h *howForm) connection() string {
	v := h.form.Values()
	if chosen := v[fieldConnection]; chosen != otherConnection {
		return chosen
	}
	return v[fieldID]
}

// customer is whom a connection belongs to, where that is known.
func (h *howForm) customer(id string) string { return h.names[id] }

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
