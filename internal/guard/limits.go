package guard

import (
	"maps"

	"nango-tui/nango"
)

// Learn remembers what the outcome of an operation shows: that the key lacks a scope, that the server doesn't have the
// operation, or that the operation works. A nil error means that it succeeded.
func (g *Guard) Learn(op nango.Operation, err error) {
	known, failed := nango.AsError(err)
	if failed {
		if _, guessed := known.Proxied(); guessed {
			return // a provider may have sent it: one that imitates Nango must not disable the proxy
		}
	}
	switch {
	case err == nil:
		g.works[op] = true
		delete(g.limits, op)
	case !failed || known.Operation != op:
	case known.Kind == nango.Moved: // the server was updated: what it lacked, it may have now
		maps.DeleteFunc(g.limits, func(_ nango.Operation, d *Denial) bool { return d.Reason == TooOld })
	case known.Kind == nango.Forbidden && len(known.Scopes) > 0:
		g.limits[op] = &Denial{Reason: MissingScope, Scopes: known.Scopes}
	case known.Kind == nango.NotNango && g.proven && !g.works[op]:
		// HTML in place of an operation that has worked is no sign of an old server.
		info, _ := op.Info()
		g.limits[op] = &Denial{Reason: TooOld, Since: info.Since, Err: err}
	}
}

// SetProven notes that the server has answered this key as Nango does. Only then can a missing operation be told from a
// wrong host.
func (g *Guard) SetProven() { g.proven = true }

// IsProven reports whether the server has answered this key as Nango does.
func (g *Guard) IsProven() bool { return g.proven }

// Limit returns why the key or the server can't do one of the operations; nil if nothing is known against them.
func (g *Guard) Limit(ops ...nango.Operation) *Denial {
	if g == nil {
		return nil
	}
	for _, op := range ops {
		if d, ok := g.limits[op]; ok {
			return d
		}
	}
	return nil
}

// ForgetScopes forgets which scopes the key lacks, because it may have been given them. What the server lacks is kept.
func (g *Guard) ForgetScopes() {
	for op, d := range g.limits {
		if d.Reason == MissingScope {
			delete(g.limits, op)
		}
	}
}

// IsUnusable reports whether the first error of a profile means that nothing will ever be answered: the key is unknown or may
// do nothing at all, or the host isn't Nango. A key that only lacks a scope gets an error that names it. Errors about logs mean
// nothing: they can be at another address.
func IsUnusable(e *nango.Error) bool {
	if e.Operation == nango.OpLogsList || e.Operation == nango.OpLogGet {
		return false
	}
	switch e.Kind {
	case nango.Unauthorized, nango.NotNango:
		return true
	case nango.Forbidden:
		return len(e.Scopes) == 0
	}
	return false
}
