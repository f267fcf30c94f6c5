package sandbox

import (
	"net/http"
	"strings"
)

// getSyncStatus is GET /sync/status. Unknown syncs and integrations are left out without a word.
func getSyncStatus(c *call) answer {
	q := c.validQuery(
		field{"syncs", text()},
		field{"provider_config_key", integrationRule},
		field{"connection_id", optional(connectionIDRule)},
	)
	key, id := q.str("provider_config_key"), q.str("connection_id")
	i := c.world.integration(key)
	var conns []*connection
	switch {
	case id != "":
		conn := c.world.connection(key, id)
		if conn == nil {
			return failure(http.StatusBadRequest, "invalid_body", "Connection not found")
		}
		conns = []*connection{conn}
	case i != nil:
		conns = connectionsOf(i)
	}
	if c.down[Orchestrator] {
		return c.crashLocked()
	}
	wanted := selectorsOfQuery(q.str("syncs"))
	out := []any{}
	if wanted != nil {
		now := millis(c.now())
		for _, conn := range conns {
			for _, s := range c.world.statesOf(conn, wanted) {
				if s.lost {
					return c.crashLocked()
				}
				s.settle(now)
				out = append(out, c.world.statusView(s, now))
			}
		}
	}
	return jsonText(http.StatusOK, appendValue(nil, newObject("syncs", out), false))
}

// selectorsOfQuery reads "a,b::v" or "*"; nil means none, and an empty list all.
func selectorsOfQuery(s string) []selector {
	if s == "*" {
		return []selector{}
	}
	var out []selector
	for name := range strings.SplitSeq(s, ",") {
		if name != "" {
			out = append(out, readSelector(name))
		}
	}
	return out
}

// The states of a sync. A run that is under way wins over a pause, and a sync that never ran is a
// success.
func (s *syncState) status(now stamp) string {
	switch {
	case s.running(now):
		return "RUNNING"
	case s.paused:
		return "PAUSED"
	case s.done.start != 0 && s.done.failed:
		return "ERROR"
	}
	return "SUCCESS"
}

// statusView is a sync as status shows it. The counts of records are those of the variant base,
// whatever the variant, as seen on v0.71.4.
func (w *world) statusView(s *syncState, now stamp) *object {
	o := newObject("id", s.id, "connection_id", s.conn.connectionID, "type", s.jobType())
	running := s.running(now)
	ran := s.done.start != 0 && !running
	if ran {
		o.set("finishedAt", isoZ(s.done.end().time()))
	}
	var next any
	if !s.paused {
		next = isoZ(s.next(max(now, s.settled)).time())
	}
	o.set("nextScheduledSyncAt", next)
	o.set("name", s.fn.name)
	o.set("variant", s.variant)
	o.set("status", s.status(now))
	o.set("frequency", textOrNull(s.shownFrequency()))
	if ran {
		o.set("latestResult", s.result())
	}
	switch {
	case running:
		o.set("latestExecutionStatus", "RUNNING")
	case ran && s.done.failed:
		o.set("latestExecutionStatus", "STOPPED")
	case ran:
		o.set("latestExecutionStatus", "SUCCESS")
	}
	counts := newObject()
	base := w.syncState(s.conn, s.fn, baseVariant)
	base.settle(now)
	for n, model := range s.fn.returns {
		counts.set(model, base.count(n))
	}
	o.set("recordCount", counts)
	o.set("checkpoint", s.checkpoint())
	return o
}

func (s *syncState) jobType() string {
	if s.fn.syncType == "incremental" && s.savedTo() >= 0 && !s.done.whole {
		return "INCREMENTAL"
	}
	return "INITIAL"
}

// result is what the last run did, by model; nothing where it failed.
func (s *syncState) result() *object {
	o := newObject()
	if s.done.failed {
		return o
	}
	for n, model := range s.fn.returns {
		added, updated, deleted := s.changes(n, s.done)
		o.set(model, newObject("added", added, "deleted", deleted, "updated", updated))
	}
	return o
}

// checkpoint is where an incremental sync goes on, null for the others.
func (s *syncState) checkpoint() any {
	if s.fn.syncType != "incremental" || s.savedTo() < 0 {
		return nil
	}
	return newObject("lastModified", isoZ(s.done.start.time()), "page", 1)
}
