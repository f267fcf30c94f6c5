package screen

import (
	"cmp"
	"errors"
	"fmt"

	"nango-tui/nango"
	"nango-tui/ui/form"
)

// Fields by which a connection is chosen.
const (
	FieldConnection   = "connection"
	FieldConnectionID = "connection_id"
)

// MaxChoices is how many connections of an integration are offered, the newest first; others are named by their ids.
const MaxChoices = 100

// otherConnection is the choice of a connection that is not offered.
const otherConnection = ""

// ConnectionChoice is the part of a form that says on which connection of an integration something is done: on one that is
// listed, or on any other by its id.
type ConnectionChoice struct{ all Load[[]nango.Connection] }

// ConnectionFields are the fields of the choice. It begins with an id, empty for none; about says what the connection is
// for, and when says whether one is asked for at all, nil for always.
func ConnectionFields(id, about string, when func(form.Values) bool) []form.Field {
	named := func(v form.Values) bool { return v[FieldConnection] == otherConnection && (when == nil || when(v)) }
	return []form.Field{
		{ID: FieldConnection, Kind: form.Choice, Title: "Connection", Rows: 6, Options: connectionOptions(nil), ShowIf: when},
		{ID: FieldConnectionID, Title: "Its id", Value: id, Check: checkNamed, About: about, ShowIf: named},
	}
}

func checkNamed(id string) error {
	if id == "" {
		return errors.New("choose a connection, or name it by its id")
	}
	return nango.CheckConnectionID(id)
}

// SelectedConnection is the id of the connection that the fields say; empty where none is chosen.
func SelectedConnection(v form.Values) string {
	return cmp.Or(v[FieldConnection], v[FieldConnectionID])
}

// Load reads the connections of the integration and offers them in the form. One that is named by its id already is chosen
// among them. Then is called when they are offered; nil for nothing.
func (c *ConnectionChoice) Load(t *Turn, integration string, form *form.Form, then func()) {
	query := nango.ConnectionQuery{Integrations: []string{integration}, Limit: MaxChoices}
	c.all.Fetch(t, nango.ListConnections(query), func(*Turn) {
		if c.all.HasFailed() {
			form.SetError("", "the connections cannot be listed, so that one has to be named by its id: "+c.all.Err.Error())
			return
		}
		form.SetOptions(FieldConnection, connectionOptions(c.all.Value))
		v := form.Values()
		if _, listed := c.listed(v[FieldConnectionID]); listed && v[FieldConnection] == otherConnection {
			form.Set(FieldConnection, v[FieldConnectionID])
		}
		if then != nil {
			then()
		}
	})
}

func (c *ConnectionChoice) listed(id string) (*nango.Connection, bool) {
	for i := range c.all.Value {
		if c.all.Value[i].ID == id {
			return &c.all.Value[i], true
		}
	}
	return nil, false
}

// Customer is whom a listed connection belongs to; empty where nobody knows.
func (c *ConnectionChoice) Customer(id string) string {
	if one, listed := c.listed(id); listed {
		return one.Customer().Name
	}
	return ""
}

// Healthy is the id of the newest connection that has no errors; empty where there is none.
func (c *ConnectionChoice) Healthy() string {
	for _, one := range c.all.Value {
		if len(one.Errors) == 0 {
			return one.ID
		}
	}
	return ""
}

// connectionOptions are the connections to choose from; the first choice is any other.
func connectionOptions(all []nango.Connection) []form.Option {
	other := "named by its id"
	if len(all) == MaxChoices {
		other = fmt.Sprintf("named by its id: only the newest %d are listed here", MaxChoices)
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
