package screen

import (
	"iter"

	"nango-tui/nango"
)

// Name is the name of something that is known: an integration key, a customer, an organization or a connection id.
type Name struct {
	Kind NameKind
	// Text is untrusted.
	Text string
	// Ref is the connection, or only the integration.
	Ref nango.ConnectionRef
}

// NameKind is what has a name.
type NameKind string

// The kinds of names.
const (
	NameIntegration  NameKind = "integration"
	NameCustomer     NameKind = "customer"
	NameOrganization NameKind = "organization"
	NameConnection   NameKind = "connection"
)

// Named is a kept list that knows the names of its rows.
type Named interface{ Names() iter.Seq[Name] }

// Names are the names of what lists have read: those of integrations first, then those of the connections of the largest list. They
// are not sorted; customers and organizations are repeated for each of their connections. For 100,000 connections a walk over all
// takes tens of milliseconds: end it early.
func (s *Store) Names() iter.Seq[Name] {
	return func(yield func(Name) bool) {
		for key := range s.Tally().All() {
			if !yield(Name{NameIntegration, key, nango.ConnectionRef{Integration: key}}) {
				return
			}
		}
		var newest Named
		for name, list := range s.Lists() {
			if named, ok := list.(Named); ok && (newest == nil || name == "") {
				newest = named
			}
		}
		if newest == nil {
			return
		}
		for name := range newest.Names() {
			if !yield(name) {
				return
			}
		}
	}
}
