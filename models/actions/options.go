package actions

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

const fieldMode = "way"

// modeWait is the mode that waits for the response. All others are numbers of retries in the background.
const modeWait = "wait"

type optionsForm struct {
	form                       *form.Form
	connections                screen.ConnectionChoice
	initialID, initialCustomer string
}

func newOptions(o runRequest) *optionsForm {
	way := modeWait
	if o.async {
		way = strconv.Itoa(o.retries)
	}
	fields := screen.ConnectionFields(o.input.Connection.ID, textAboutConnection, nil)
	return &optionsForm{initialID: o.input.Connection.ID, initialCustomer: o.customer, form: form.New(append(fields,
		form.Field{ID: fieldMode, Kind: form.Choice, Title: "Mode", Rows: 4, Options: modes(), Value: way})...)}
}

func modes() []form.Option {
	all := []form.Option{
		{Value: modeWait, Title: textModeWait},
		{Value: "0", Title: "In the background"},
	}
	for n := 1; n <= nango.MaxActionRetries; n++ {
		all = append(all, form.Option{Value: strconv.Itoa(n), Title: textModeBackgroundWith + retryText(n)})
	}
	return all
}

// update passes a key or a paste to the form, and reports whether the user left its last field.
func (h *optionsForm) update(msg tea.Msg) (goesOn bool) {
	key, isKey := msg.(tea.KeyPressMsg)
	last := h.form.Focused() == fieldMode
	h.form.Update(msg)
	if isKey && last && key.String() == "tab" {
		return true
	}
	_, sent := h.form.Submitted()
	return sent
}

func (h *optionsForm) validate() bool {
	h.form.Commit()
	ok := h.form.Submit()
	h.form.Submitted()
	return ok
}

// connection is the id of the connection; empty if none is selected.
func (h *optionsForm) connection() string { return screen.SelectedConnection(h.form.Values()) }

func (h *optionsForm) customer(id string) string {
	if name := h.connections.Customer(id); name != "" || id != h.initialID {
		return name
	}
	return h.initialCustomer
}

// mode is whether the run is in the background, and its number of retries.
func (h *optionsForm) mode() (async bool, retries int) {
	retries, err := strconv.Atoi(h.form.Values()[fieldMode])
	return err == nil, retries
}

func (h *optionsForm) operation() nango.Operation {
	if async, _ := h.mode(); async {
		return nango.OpActionStart
	}
	return nango.OpActionRun
}
