package screen

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Route names a screen: "connections", "connection/hubspot/abc", "connections?integration=hubspot". Only App turns routes into
// screens, so that areas needn't know each other. A route contains names, never a secret or a body.
type Route struct {
	// Name is the type of screen, such as "connection".
	Name string
	// Args are the path segments after the name, not escaped.
	Args []string
	// Query has the parameters of the screen, such as a filter.
	Query url.Values
}

// ProfileRoute names the routes that switch to a profile instead of opening a screen: "profile/acme-dev". QueryOpen is the route that is
// opened there.
const (
	ProfileRoute = "profile"
	QueryOpen    = "open"
)

// To returns the route to a type of screen with its arguments.
func To(name string, args ...string) Route { return Route{Name: name, Args: args} }

// With returns the route with a further parameter.
func (r Route) With(key, value string) Route {
	query := url.Values{}
	maps.Copy(query, r.Query)
	query.Set(key, value)
	r.Query = query
	return r
}

// Open opens the screen that the route names, for [Action.Do].
func (r Route) Open(t *Turn) { t.Open(r) }

// Arg returns the i-th argument, or "" if there is none.
func (r Route) Arg(i int) string {
	if i >= len(r.Args) {
		return ""
	}
	return r.Args[i]
}

// CheckQuery returns an error if the route has parameters other than keys.
func (r Route) CheckQuery(keys ...string) error {
	for _, key := range slices.Sorted(maps.Keys(r.Query)) {
		switch {
		case slices.Contains(keys, key):
		case len(keys) == 0:
			return fmt.Errorf("%s has no parameter %q", r.Name, key)
		default:
			return fmt.Errorf(textNoParameter, r.Name, key, strings.Join(keys, ", "))
		}
	}
	return nil
}

// String formats the route so that [ParseRoute] reads it.
func (r Route) String() string {
	var b strings.Builder
	b.WriteString(r.Name)
	for _, arg := range r.Args {
		b.WriteString("/" + url.PathEscape(arg))
	}
	if len(r.Query) > 0 {
		b.WriteString("?" + r.Query.Encode())
	}
	return b.String()
}

// maxRoute is the maximum length of a route, in bytes: longer than any pair of names that Nango accepts.
const maxRoute = 4096

// ParseRoute parses a route as a user types it. A leading slash or colon is allowed.
func ParseRoute(s string) (Route, error) {
	if len(s) > maxRoute {
		return Route{}, fmt.Errorf(textRouteTooLong, len(s), maxRoute)
	}
	s = strings.TrimLeft(strings.TrimSpace(s), ":/")
	path, rawQuery, _ := strings.Cut(s, "?")
	segments := strings.Split(path, "/")
	r := Route{Name: segments[0]}
	if r.Name == "" {
		return Route{}, errors.New(textNoRoute)
	}
	for _, segment := range segments[1:] {
		arg, err := url.PathUnescape(segment)
		if err != nil {
			return Route{}, fmt.Errorf(textInvalidSegment, segment)
		}
		r.Args = append(r.Args, arg)
	}
	if rawQuery == "" {
		return r, nil
	}
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return Route{}, fmt.Errorf(textInvalidQuery, err)
	}
	r.Query = query
	return r, nil
}
