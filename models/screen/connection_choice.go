package screen

import (
	"cmp"
	"errors"
	"fmt"

	"nango-tui/nango"
	"nango-tui/ui/form"
)

// Ids of the fields that choose a connection.
const (
	FieldConnection   = "connection"
	FieldConnectionID = "connection_id"
)

// MaxChoices is how many connections of an integration are offered, newest first. For others the user enters the ID.
const MaxChoices = 100

// otherConnection is the choice of a connection that isn't offered.
const otherConnection = ""

// ConnectionChoice is the part of a form that chooses a connection of an integration: from a list, or by its ID.
type ConnectionChoice struct{ all Load[[]nango.Connection] }

// ConnectionFields returns the fields of the choice. The initial ID may be empty; about says what the connection is for; when
// says whether the fields are shown, nil for always.
func ConnectionFields(id, about string, when func(form.Values) bool) []form.Field {
	named := func(v form.Values) bool { return v[FieldConnection] == otherConnection && (when == nil || when(v)) }
	return []form.Field{
		{ID: FieldConnection, Kind: form.Choice, Title: "Connection", Rows: 6, Options: connectionOptions(nil), ShowIf: when,
			RequiredIf: form.Always},
		{ID: FieldConnectionID, Title: "Connection ID", Value: id, Check: checkNamed, About: about, ShowIf: named},
	}
}

func checkNamed(id string) error {
	if id == "" {
		return errors.New(textChooseConnection)
	}
	return nango.CheckConnectionID(id)
}

// SelectedConnection returns the ID of the chosen connection; empty if none is chosen.
func SelectedConnection(v form.Values) string {
	return cmp.Or(v[FieldConnection], v[FieldConnectionID])
}

// Load loads the connections of the integration and offers them in the form. If the ID that was entered is among them, it is
// chosen. Then is called when they are offered; it may be nil.
func (c *ConnectionChoice) Load(t *Turn, integration string, form *form.Form, then func()) {
	query := nango.ConnectionQuery{Integrations: []string{integration}, Limit: MaxChoices}
	c.all.Fetch(t, nango.ListConnections(query), func(*Turn) {
		if c.all.HasFailed() {
			form.SetError("", textConnectionsFailed+c.all.Err.Error())
			return
		}
		form.SetOptions(FieldConnection, connectionOptions(c.all.Value))
		v := form.Values()
		if c.find(v[FieldConnectionID]) != nil && v[FieldConnection] == otherConnection {
			form.Set(FieldConnection, v[FieldConnectionID])
		}
		if then != nil {
			then()
		}
	})
}

func (c *ConnectionChoice) find(id string) *nango.Connection {
	return Find(c.all.Value, func(one nango.Connection) bool { return one.ID == id })
}

// Customer is the name of the customer of a listed connection; empty if unknown.
func (c *ConnectionChoice) Customer(id string) string {
	if one := c.find(id); one != nil {
		return one.Customer().Name
	}
	return ""
}

// Healthy is the ID of the newest connection without errors; empty if there is none.
func (c *ConnectionChoice) Healthy() string {
	if one := Find(c.all.Value, func(one nango.Connection) bool { return len(one.Errors) == 0 }); one != nil {
		return one.ID
	}
	return ""
}

// connectionOptions are the connections to choose from. The first option is to enter an ID.
func connectionOptions(all []nango.Connection) []form.Option {
	other := "enter an ID"
	if len(all) == MaxChoices {
		other = fmt.Sprintf(textOnlyNewest, MaxChoices)
	}
	options := []form.Option{{Value: otherConnection, Title: other}}
	for _, c := range all {
		title := c.ID
		if name := c.Customer().Name; name != "" && name != c.ID {
			title = name + " · " + c.ID
		}
		if len(c.Errors) > 0 {
			title += " · ✗ broken"
		}
		options = append(options, form.Option{Value: c.ID, Title: title})
	}
	return options
}
