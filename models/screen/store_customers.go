package screen

import "nango-tui/nango"

// CustomerNamer is a screen or a kept list that knows the customers of its connections.
type CustomerNamer interface {
	// CustomerOf is the name of the customer of a connection, which may be untrusted; empty if it is not known.
	CustomerOf(ref nango.ConnectionRef) string
}

// CustomerLister is a kept list that knows the customers of all its connections.
type CustomerLister interface {
	// Customers calls f with each connection that names a customer. Names may be untrusted.
	Customers(f func(ref nango.ConnectionRef, name string))
}

// Customers are the names of the customers of all connections that lists have read. It is for screens of many connections, which
// call it once for each load: it visits every row.
func (s *Store) Customers() map[nango.ConnectionRef]string {
	all := map[nango.ConnectionRef]string{}
	for _, list := range s.Lists() {
		if lister, ok := list.(CustomerLister); ok {
			lister.Customers(func(ref nango.ConnectionRef, name string) { all[ref] = name })
		}
	}
	return all
}

// maxCustomers is of how many connections the names are kept. Beyond it they are looked up again.
const maxCustomers = 256

// knownName is a customer's name, and the version of the store at which it was looked up.
type knownName struct {
	text    string
	version int
}

// Name is the name of the customer of a connection, as a fact or a list has it; empty if it is not known, or if the connection
// names no customer. It is untrusted. It is quick as long as nothing is learned.
func (s *Store) Name(ref nango.ConnectionRef) string {
	if s == nil || ref.ID == "" {
		return ""
	}
	known, ok := s.names[ref]
	if !ok || known.version != s.version {
		s.LearnName(ref, s.findName(ref))
	}
	return s.names[ref].text
}

// LearnName notes the name of the customer of a connection. The empty name changes nothing that is known.
func (s *Store) LearnName(ref nango.ConnectionRef, name string) {
	if s == nil || ref.ID == "" {
		return
	}
	known := s.names[ref]
	if name != "" {
		known.text = name
	}
	known.version = s.version
	if len(s.names) >= maxCustomers {
		clear(s.names)
	}
	s.names[ref] = known
}

func (s *Store) findName(ref nango.ConnectionRef) string {
	if f := s.last(ref); f != nil && f.Connection != nil {
		if name := f.Connection.Customer().Name; name != ref.ID {
			return name
		}
		return ""
	}
	for _, list := range s.lists {
		if namer, ok := list.value.(CustomerNamer); ok {
			if name := namer.CustomerOf(ref); name != "" {
				return name
			}
		}
	}
	return ""
}
