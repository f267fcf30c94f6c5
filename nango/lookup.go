package nango

import (
	"path"
	"slices"
	"time"
)

// Found is what a look-up has found.
type Found int

const (
	// FoundNothing means that what was found doesn't tell.
	FoundNothing Found = iota
	// FoundGone means that what was to be deleted doesn't exist.
	FoundGone
	// FoundThere means that it still exists.
	FoundThere
	// FoundPaused means that all syncs concerned are paused.
	FoundPaused
	// FoundScheduled means that none of them is paused.
	FoundScheduled
)

// Finding is the result of looking up a change whose outcome is not known.
type Finding struct {
	Found Found
	// Certain means that it won't change by itself: either it is as the request would have it, or the request is older than its
	// time limit, so that the server no longer works on it.
	Certain bool
}

// LookUp returns a read that shows whether a request that was sent at some time has had its effect. It is false if no read can
// tell.
func LookUp(i Intent, sent, now time.Time) (_ Read[Finding], ok bool) {
	info, _ := i.Operation.Info()
	isOver := now.Sub(sent) > info.Timeout
	found := func(found, wanted Found) Finding {
		return Finding{Found: found, Certain: found != FoundNothing && (found == wanted || isOver)}
	}
	hasConnection := i.About.Integration != "" && i.About.ID != ""
	switch {
	case i.Operation == OpConnectionDelete && hasConnection:
		list := ListConnections(ConnectionQuery{ID: i.About.ID, Integrations: []string{i.About.Integration}, Limit: MaxPage})
		return Map(list, func(all []Connection) Finding { return found(foundConnection(all, i.About, sent), FoundGone) }), true
	case i.Operation == OpIntegrationDelete && i.About.Integration != "":
		return Map(ListIntegrations(), func(all []Integration) Finding {
			return found(foundIntegration(all, i.About.Integration), FoundGone)
		}), true
	case i.Operation == OpEnvironmentDelete && checkUUID("", path.Base(i.Path)) == nil:
		return Map(ListEnvironments(), func(all []Environment) Finding {
			return found(foundIf(slices.ContainsFunc(all, func(e Environment) bool { return e.UUID == path.Base(i.Path) })), FoundGone)
		}), true
	case i.Operation == OpAPIKeyDelete && checkUUID("", path.Base(i.Path)) == nil:
		environment := path.Base(path.Dir(path.Dir(i.Path)))
		return Map(ListAPIKeys(environment), func(all []APIKey) Finding {
			return found(foundIf(slices.ContainsFunc(all, func(k APIKey) bool { return k.UUID == path.Base(i.Path) })), FoundGone)
		}), true
	case (i.Operation == OpSyncPause || i.Operation == OpSyncStart) && hasConnection && len(i.Syncs) > 0:
		wanted := FoundPaused
		if i.Operation == OpSyncStart {
			wanted = FoundScheduled
		}
		list := ListSyncs(SyncSelection{Connection: i.About, Syncs: i.Syncs})
		return Map(list, func(all []SyncStatus) Finding { return found(foundSyncs(all, i.Syncs), wanted) }), true
	}
	return Read[Finding]{}, false
}

// foundIf returns whether a deleted thing still exists.
func foundIf(exists bool) Found {
	if exists {
		return FoundThere
	}
	return FoundGone
}

// foundConnection looks for a connection. One that was created after the request was sent tells nothing about it.
func foundConnection(all []Connection, ref ConnectionRef, sent time.Time) Found {
	for _, c := range all {
		if c.Ref() != ref {
			continue
		}
		if !c.Created.Before(sent) {
			return FoundNothing
		}
		return FoundThere
	}
	return FoundGone
}

func foundIntegration(all []Integration, key string) Found {
	return foundIf(slices.ContainsFunc(all, func(i Integration) bool { return i.Key == key }))
}

// foundSyncs compares the states of syncs. A run in progress hides whether its sync is paused, except for the next run.
func foundSyncs(all []SyncStatus, wanted []SyncName) Found {
	states := map[string]Found{}
	for _, s := range all {
		switch {
		case s.State == SyncStatePaused:
			states[s.Name.String()] = FoundPaused
		case s.State == SyncStateSuccess, s.State == SyncStateError, s.State == SyncStateRunning && s.NextAt != nil:
			states[s.Name.String()] = FoundScheduled
		}
	}
	first := states[wanted[0].String()]
	for _, name := range wanted[1:] {
		if states[name.String()] != first {
			return FoundNothing
		}
	}
	return first
}
