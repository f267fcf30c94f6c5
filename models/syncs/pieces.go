package syncs

import (
	"net/http"
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// pieces reads syncs one after the other. It is for when Nango answers for none of them because one has no schedule: it
// then answers 500 wherever that one is among those asked for.
type pieces struct {
	of   nango.ConnectionRef
	load screen.Load[[]nango.SyncStatus]
	// names are the syncs, and the first of them, as many as tried says, have been asked for.
	names []nango.SyncName
	tried int
	// unread are those that Nango did not answer for, and err is what it said of the last one.
	unread []nango.SyncName
	err    error
	// stopped is why nothing more was asked for.
	stopped error
	// took is told what was read, which may be nothing, behind each answer.
	took func(t *screen.Turn, some []nango.SyncStatus)
}

// begin reads the syncs of a connection, or of every connection of an integration.
func (p *pieces) begin(t *screen.Turn, of nango.ConnectionRef, names []nango.SyncName, took func(*screen.Turn, []nango.SyncStatus)) {
	p.drop(t)
	p.of, p.names, p.took = of, names, took
	p.read(t)
}

// drop ends the reading, and forgets what came of it.
func (p *pieces) drop(t *screen.Turn) {
	p.load.Cancel(t)
	p.names, p.tried, p.unread, p.err, p.stopped = nil, 0, nil, nil, nil
}

func (p *pieces) read(t *screen.Turn) {
	if p.tried < len(p.names) {
		p.load.Fetch(t, nango.ListSyncs(nango.SyncSelection{Connection: p.of, Syncs: p.names[p.tried : p.tried+1]}), p.arrived)
	}
}

func (p *pieces) arrived(t *screen.Turn) {
	switch {
	case !p.load.HasFailed():
	case isInternal(p.load.Err):
		p.load.Value, p.err, p.unread = nil, p.load.Err, append(p.unread, p.names[p.tried])
	default: // what keeps Nango from answering for this one keeps it from answering for the others
		p.stopped = p.load.Err
		return
	}
	p.tried++
	p.took(t, p.load.Value)
	p.read(t)
}

// isInternal says that Nango answered 500, of which it gives no reason.
func isInternal(err error) bool {
	known, ok := nango.AsError(err)
	return ok && known.Status == http.StatusInternalServerError
}

// begun says that syncs are being read one by one, or have been.
func (p *pieces) begun() bool { return len(p.names) > 0 }

// answered are the syncs that Nango has answered for.
func (p *pieces) answered() []string {
	names := []string{}
	for _, name := range p.names[:p.tried] {
		if !slices.Contains(p.unread, name) {
			names = append(names, name.String())
		}
	}
	return names
}

// progress is how far the reading is.
func (p *pieces) progress() string {
	return "Reading the syncs one by one: " + ui.Count(p.tried).String() + " of " + ui.Count(len(p.names)).String()
}

// says is how far the reading is, or what came of it.
func (p *pieces) says() (ui.Role, string) {
	switch {
	case p.load.IsLoading():
		return ui.RoleMuted, p.progress() + " …"
	case p.stopped != nil:
		return ui.RoleBad, "✗ only " + ui.Count(p.tried).String() + " of " + ui.Count(len(p.names)).String() + " were asked for: " +
			p.stopped.Error()
	case p.tried < len(p.names):
		return ui.RoleWarn, "! stopped: only " + ui.Count(p.tried).String() + " of " + ui.Count(len(p.names)).String() + " were asked for"
	case len(p.unread) > 0:
		var names []string
		for _, name := range p.unread {
			names = append(names, name.String())
		}
		return ui.RoleBad, "✗ Nango does not answer for " + someOf(names) + ": " + p.err.Error()
	}
	return ui.RoleMuted, "Read one by one. Variants that were not known are not found this way."
}
