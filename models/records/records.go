// Package records is what the syncs of a connection have stored: the models there are, the records of one of them as a
// table that fills while one reads, a jq expression over what is loaded, one record as JSON, an export to a file, and
// pruning. It may know what any screen may know, and no other area.
//
// A record may be large and there are many, so a row keeps the record as the text that Nango gave, once, and where in it
// the values of the columns stand. What is drawn, searched, sorted and exported is read from that text, so that an id that
// looks like a number beyond 2^53 stays what it is.
package records

import (
	"errors"
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Route is records/INTEGRATION/ID?model=MODEL&variant=VARIANT. Without a model it is the choice of one.
const Route = "records"

// What the route can hold besides the connection.
const (
	queryModel   = "model"
	queryVariant = "variant"
)

// Ids of the actions on the choice of a model.
const (
	OpenModel screen.ActionID = "models.open"
	TypeModel screen.ActionID = "models.type"
)

// Ids of the actions on the records of a model.
const (
	OpenRecord  screen.ActionID = "records.open"
	Copy        screen.ActionID = "records.copy"
	Expression  screen.ActionID = "records.expression"
	QueryServer screen.ActionID = "records.ask"
	QueryAll    screen.ActionID = "records.askAll"
	Export      screen.ActionID = "records.export"
	Prune       screen.ActionID = "records.prune"
	LoadMore    screen.ActionID = "records.readOn"
	OtherModel  screen.ActionID = "records.otherModel"
)

// New is the screen that the route names: the records of a model, or the choice of one.
func New(r screen.Route) (screen.Screen, error) {
	of, query, err := readRoute(r)
	if err != nil {
		return nil, err
	}
	if query.Model == "" {
		return newModelList(of, query.Variant), nil
	}
	return newList(query), nil
}

func readRoute(r screen.Route) (nango.ConnectionRef, nango.RecordQuery, error) {
	of := nango.ConnectionRef{Integration: r.Arg(0), ID: r.Arg(1)}
	if len(r.Args) != 2 || of.Integration == "" || of.ID == "" {
		return of, nango.RecordQuery{}, fmt.Errorf("records are those of a connection: %s/INTEGRATION/ID", Route)
	}
	if err := r.CheckQuery(queryModel, queryVariant); err != nil {
		return of, nango.RecordQuery{}, err
	}
	query := nango.RecordQuery{Connection: of, Model: r.Query.Get(queryModel), Variant: normalizeVariant(r.Query.Get(queryVariant))}
	if query.Model == "" {
		return of, query, checkVariant(query.Variant)
	}
	return of, query, errors.Join(nango.CheckModel(query.Model), checkVariant(query.Variant))
}

// plainVariant is how requests name a variant: the one that every sync has needs no name.
func normalizeVariant(name string) string {
	if name == nango.BaseVariant {
		return ""
	}
	return name
}

// checkVariant says whether Nango takes the text as the name of a variant; empty is the base.
func checkVariant(name string) error {
	return nango.ListRecords(nango.RecordQuery{
		Connection: nango.ConnectionRef{Integration: "any", ID: "any"}, Model: "Any", Variant: name,
	}).Validate()
}

// routeTo is the route to the records of a model.
func routeTo(of nango.ConnectionRef, model, variant string) screen.Route {
	r := screen.To(Route, of.Integration, of.ID).With(queryModel, model)
	if variant != "" {
		r = r.With(queryVariant, variant)
	}
	return r
}
