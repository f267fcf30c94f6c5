// Package records shows the records of a connection's syncs: the list of models, the records of a model, jq expressions,
// single records, exports and pruning. It may use models/screen, nango and ui, but no other area.
//
// Records can be large and many. A row keeps the record's JSON text once, and where in it the column values are. Drawing,
// searching, sorting and exporting read this text, so numbers beyond 2^53 stay exact.
package records

import (
	"errors"
	"fmt"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Route is records/INTEGRATION/ID?model=MODEL&variant=VARIANT. Without a model it is the list of models.
const Route = "records"

// Query parameters of the route.
const (
	queryModel   = "model"
	queryVariant = "variant"
)

// Action ids of the list of models.
const (
	OpenModel screen.ActionID = "models.open"
	TypeModel screen.ActionID = "models.type"
)

// Action ids of the list of records.
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

// New returns the route's screen: the records of a model, or the list of models.
func New(r screen.Route) (screen.Screen, error) {
	query, err := readRoute(r)
	if err != nil {
		return nil, err
	}
	if query.Model == "" {
		return newModelList(query.Connection, query.Variant), nil
	}
	return newList(query), nil
}

func readRoute(r screen.Route) (nango.RecordQuery, error) {
	query := nango.RecordQuery{Connection: nango.ConnectionRef{Integration: r.Arg(0), ID: r.Arg(1)},
		Model: r.Query.Get(queryModel), Variant: normalizeVariant(r.Query.Get(queryVariant))}
	if len(r.Args) != 2 || query.Connection.Integration == "" || query.Connection.ID == "" {
		return query, fmt.Errorf(textRouteFormat, Route)
	}
	if err := r.CheckQuery(queryModel, queryVariant); err != nil {
		return query, err
	}
	if query.Model == "" {
		return query, checkVariant(query.Variant)
	}
	return query, errors.Join(nango.CheckModel(query.Model), checkVariant(query.Variant))
}

// normalizeVariant returns the variant as requests name it; the base variant has no name.
func normalizeVariant(name string) string {
	if name == nango.BaseVariant {
		return ""
	}
	return name
}

// checkVariant checks a variant's name; empty is the base.
func checkVariant(name string) error {
	return nango.ListRecords(nango.RecordQuery{
		Connection: nango.ConnectionRef{Integration: "any", ID: "any"}, Model: "Any", Variant: name,
	}).Validate()
}

func routeTo(of nango.ConnectionRef, model, variant string) screen.Route {
	r := screen.To(Route, of.Integration, of.ID).With(queryModel, model)
	if variant != "" {
		r = r.With(queryVariant, variant)
	}
	return r
}
