package connections

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// Query parameters of a route to the list. The first three restrict what is loaded from the server; the others only
// what is shown.
const (
	queryIntegration = "integration"
	queryTag         = "tag"      // KEY:VALUE; repeated parameters must all match
	queryCustomer    = "customer" // the id of a deprecated end user
	queryState       = "state"
	queryWords       = "q"
)

// scope is what the list loads from the server.
type scope struct {
	query nango.ConnectionQuery
	// words describe the scope; empty for everything.
	words string
}

func readScope(r screen.Route) (scope, error) {
	if len(r.Args) > 0 {
		return scope{}, fmt.Errorf(errListPath, ListRoute, DetailRoute)
	}
	if err := r.CheckQuery(queryIntegration, queryTag, queryCustomer, queryState, queryWords, screen.QueryView); err != nil {
		return scope{}, err
	}
	var s scope
	var words []string
	if key := r.Query.Get(queryIntegration); key != "" {
		if err := nango.CheckIntegrationKey(key); err != nil {
			return scope{}, err
		}
		s.query.Integrations = []string{key}
		words = append(words, key)
	}
	tags, err := readTags(r.Query[queryTag])
	if err != nil {
		return scope{}, err
	}
	s.query.Tags = tags
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		words = append(words, key+"="+tags[key])
	}
	if customer := r.Query.Get(queryCustomer); customer != "" {
		s.query.EndUser = customer
		words = append(words, fmt.Sprintf(textEndUser, customer))
	}
	s.words = strings.Join(words, " · ")
	return s, nil
}

func (s scope) integration() string {
	if len(s.query.Integrations) == 1 {
		return s.query.Integrations[0]
	}
	return ""
}

func readTags(pairs []string) (map[string]string, error) {
	if len(pairs) == 0 {
		return nil, nil
	}
	tags := map[string]string{}
	for _, written := range pairs {
		key, value, found := strings.Cut(written, ":")
		if !found || key == "" || value == "" {
			return nil, fmt.Errorf(errTagForm, written)
		}
		tags[nango.StoredTagKey(key)] = value
	}
	return tags, nil
}

// with restricts a query to the scope.
func (s scope) with(q nango.ConnectionQuery) nango.ConnectionQuery {
	tags := maps.Clone(s.query.Tags)
	if tags == nil {
		tags = map[string]string{}
	}
	maps.Copy(tags, q.Tags)
	q.Integrations, q.EndUser, q.Tags = s.query.Integrations, s.query.EndUser, tags
	return q
}
