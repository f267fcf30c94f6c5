package models

import (
	"strings"

	"nango-tui/nango"
)

// limit is why an operation cannot be done in a session, whoever asks for it.
type limit struct {
	reason string
	// tooOld is what the server said that does not have the operation; nil where it may be asked again.
	tooOld error
}

// limits is what a session has learnt of what cannot be done in it.
type limits struct {
	known map[nango.Operation]limit
	// works are operations that were answered as they should be: HTML in their place is no sign of an old server.
	works map[nango.Operation]bool
}

// learn remembers what the outcome of an operation says: that the key lacks a scope, or that a server that has shown
// itself to be Nango does not have the operation.
func (l *limits) learn(op nango.Operation, err error, proven bool) {
	if l.known == nil {
		l.known, l.works = map[nango.Operation]limit{}, map[nango.Operation]bool{}
	}
	known, failed := nango.AsError(err)
	if failed {
		if _, guessed := known.Proxied(); guessed {
			return // a provider may have said so: one that imitates Nango must not take the proxy away
		}
	}
	switch {
	case err == nil:
		l.works[op] = true
		delete(l.known, op)
	case !failed || known.Operation != op:
	case known.Kind == nango.Forbidden && len(known.Scopes) > 0:
		l.known[op] = limit{reason: "this API key lacks the scope " + strings.Join(known.Scopes, " or ")}
	case known.Kind == nango.NotNango && proven && !l.works[op]:
		info, _ := op.Info()
		l.known[op] = limit{reason: "this server is too old: Nango has it since " + info.Since, tooOld: err}
	}
}

// reason is why none of the operations can be done; empty where nothing is known against them.
func (l *limits) reason(ops ...nango.Operation) string {
	for _, op := range ops {
		if limit, ok := l.known[op]; ok {
			return limit.reason
		}
	}
	return ""
}

// tooOld is the error of an operation that the server does not have; nil where it is to be asked.
func (l *limits) tooOld(op nango.Operation) error { return l.known[op].tooOld }

// askAgain forgets which scopes the key lacks: it may have got them. The server does not grow younger.
func (l *limits) askAgain() {
	for op, limit := range l.known {
		if limit.tooOld == nil {
			delete(l.known, op)
		}
	}
}
