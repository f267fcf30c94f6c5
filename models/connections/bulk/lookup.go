package bulk

import (
	"context"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// maxLookUps is how many connections are looked up at once. Only those of one request can be unknown after the program has ended.
const maxLookUps = metadataPerRequest

// found is what a look-up has found about connections whose outcome was not known, by index.
type found map[int]state

// canLookUp reports whether reads tell if the change was made.
func (r *Run) canLookUp() bool {
	return !r.leftOut && (r.change.isMade != nil || r.change.operation == nango.OpSyncPause || r.change.operation == nango.OpSyncStart)
}

// lookUp returns the work that looks up those that are not known, and records what is certain.
func (r *Run) lookUp(now time.Time) func(context.Context, screen.Tools) (found, error) {
	var asked []int
	for i := range r.all {
		if r.all[i].state == unknown && len(asked) < maxLookUps {
			asked = append(asked, i)
		}
	}
	info, _ := r.change.operation.Info()
	isOver := now.Sub(r.sentAt) > info.Timeout // Nango no longer works on it
	return func(ctx context.Context, tools screen.Tools) (found, error) {
		all := found{}
		for _, i := range asked {
			made, known, err := r.isMade(ctx, tools, r.all[i].Ref)
			switch {
			case err != nil:
				return all, err
			case known && made:
				all[i] = done
			case known && isOver:
				all[i] = left
			}
		}
		if len(all) == 0 {
			return all, nil
		}
		if err := r.keep.begin(tools, r); err != nil {
			return nil, err
		}
		for i, to := range all {
			if err := r.keep.write(span{i, i + 1}, to, "", time.Time{}); err != nil {
				return nil, err
			}
		}
		return all, nil
	}
}

// isMade asks whether the change of a connection was made. It is not known if nothing tells.
func (r *Run) isMade(ctx context.Context, tools screen.Tools, ref nango.ConnectionRef) (made, known bool, err error) {
	if r.change.isMade != nil {
		rows, err := screen.Read(ctx, tools, nango.ListConnections(rowQuery(ref)))
		row := rowOf(ref, rows)
		if row != nil && row.Created.After(r.sentAt) && !r.sentAt.IsZero() {
			return false, false, err // another one of the same id
		}
		return err == nil && r.change.isMade(r, row), err == nil, err
	}
	selection := nango.SyncSelection{Connection: ref, Syncs: r.syncs, All: len(r.syncs) == 0}
	all, err := screen.Read(ctx, tools, nango.ListSyncs(selection))
	isPaused := 0
	for _, one := range all {
		if one.IsPaused() {
			isPaused++
		}
	}
	wanted := 0
	if r.change.operation == nango.OpSyncPause {
		wanted = len(all)
	}
	return isPaused == wanted, err == nil && len(all) > 0 && (isPaused == 0 || isPaused == len(all)), err
}

// learn notes what was found.
func (r *Run) learn(all found) {
	for i, to := range all {
		r.set(span{i, i + 1}, to, "")
	}
	if r.counts[left] > 0 && r.phase == finished {
		r.phase, r.pausedBy = paused, textEnded
	}
}
