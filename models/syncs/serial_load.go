package syncs

import (
	"net/http"
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui"
)

// serialLoad loads syncs one after another. It is used when one sync has no schedule: Nango then answers 500 for
// every request that includes it.
type serialLoad struct {
	connection nango.ConnectionRef
	load       screen.Load[[]nango.SyncStatus]
	// names are the syncs to load. The first tried of them have been requested.
	names []nango.SyncName
	tried int
	// failed are the syncs that Nango didn't return, and err is the error of the last of them.
	failed  []nango.SyncName
	err     error
	stopped error
	// onLoad is called after each response with the syncs in it, if any.
	onLoad func(t *screen.Turn, some []nango.SyncStatus)
}

func listSyncFunctions(integration string) nango.Read[nango.FunctionPage] {
	return nango.ListFunctions(nango.FunctionQuery{Integration: integration, Type: nango.SyncFunction, Limit: nango.MaxFunctionPage})
}

func (p *serialLoad) start(
	t *screen.Turn, connection nango.ConnectionRef, names []nango.SyncName, onLoad func(*screen.Turn, []nango.SyncStatus),
) {
	p.reset(t)
	p.connection, p.names, p.onLoad = connection, names, onLoad
	p.fetch(t)
}

func (p *serialLoad) reset(t *screen.Turn) {
	p.load.Cancel(t)
	p.names, p.tried, p.failed, p.err, p.stopped = nil, 0, nil, nil, nil
}

func (p *serialLoad) fetch(t *screen.Turn) {
	if p.tried < len(p.names) {
		p.load.Fetch(t, nango.ListSyncs(nango.SyncSelection{Connection: p.connection, Syncs: p.names[p.tried : p.tried+1]}), p.handleLoad)
	}
}

func (p *serialLoad) handleLoad(t *screen.Turn) {
	switch {
	case !p.load.HasFailed():
	case isInternal(p.load.Err):
		p.load.Value, p.err, p.failed = nil, p.load.Err, append(p.failed, p.names[p.tried])
	default: // any other error would also occur for the other syncs
		p.stopped = p.load.Err
		return
	}
	p.tried++
	p.onLoad(t, p.load.Value)
	p.fetch(t)
}

// isInternal reports whether Nango answered 500, for which it gives no reason.
func isInternal(err error) bool {
	known, ok := nango.AsError(err)
	return ok && known.Status == http.StatusInternalServerError
}

func (p *serialLoad) hasStarted() bool { return len(p.names) > 0 }

func (p *serialLoad) loadedNames() []string {
	names := slices.Clone(p.names[:p.tried])
	return texts(slices.DeleteFunc(names, func(name nango.SyncName) bool { return slices.Contains(p.failed, name) }))
}

func (p *serialLoad) progress() string {
	return textLoadingOneByOne + p.share()
}

func (p *serialLoad) share() string {
	return ui.Count(p.tried).String() + " of " + ui.Count(len(p.names)).String()
}

func (p *serialLoad) status() (ui.Role, string) {
	switch {
	case p.load.IsLoading():
		return ui.RoleMuted, p.progress() + " …"
	case p.stopped != nil:
		return ui.RoleBad, "✗ only " + p.share() + " were requested: " + p.stopped.Error()
	case p.tried < len(p.names):
		return ui.RoleWarn, "! stopped: only " + p.share() + " were requested"
	case len(p.failed) > 0:
		return ui.RoleBad, textCantReturn + someOf(texts(p.failed)) + ": " + p.err.Error()
	}
	return ui.RoleMuted, textLoadedOneByOne
}
