package sandbox

import (
	"cmp"
	"net/http"
	"strings"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// getSyncStatus is GET /sync/status. It ignores unknown syncs and integrations.
func getSyncStatus(c *call) answer {
	q := c.validQuery(
		zod.Key("syncs", zod.String()),
		zod.Key("provider_config_key", integrationRule),
		zod.Key("connection_id", zod.Optional(connectionIDRule)),
	)
	key, id := q.Str("provider_config_key"), q.Str("connection_id")
	i := c.env.integration(key)
	var conns []*connection
	switch {
	case id != "":
		conns = []*connection{require(c.env.connection(key, id), failure(http.StatusBadRequest, "invalid_body", "Connection not found"))}
	case i != nil:
		conns = connectionsOf(i)
	}
	if c.down[Orchestrator] {
		return c.crash()
	}
	wanted := selectorsOfQuery(q.Str("syncs"))
	out := []any{}
	if wanted != nil {
		now := c.timestamp()
		for _, conn := range conns {
			for _, s := range c.env.syncsOf(conn, wanted) {
				if s.unscheduled {
					return c.crash()
				}
				s.advance(now)
				out = append(out, c.env.statusView(s, now))
			}
		}
	}
	return jsonAnswer(http.StatusOK, js.NewObject("syncs", out))
}

// selectorsOfQuery reads "a,b::v" or "*". nil means none, an empty list all.
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

// status returns a sync's status. A running sync is RUNNING even if it is paused, and one that never ran is a SUCCESS.
func (s *syncState) status(now timestamp) string {
	switch {
	case s.running(now):
		return "RUNNING"
	case s.paused:
		return "PAUSED"
	case s.completed.start != 0 && s.completed.failed:
		return "ERROR"
	}
	return "SUCCESS"
}

// statusView is a sync in the status. The record counts are always those of the variant base, as seen on v0.71.4.
func (env *environment) statusView(s *syncState, now timestamp) *js.Object {
	running := s.running(now)
	ran := s.completed.start != 0 && !running
	var next any
	if !s.paused {
		next = isoZ(s.next(max(now, s.advancedTo)).time())
	}
	latest := "SUCCESS"
	switch {
	case running:
		latest = "RUNNING"
	case s.completed.failed:
		latest = "STOPPED"
	}
	counts := js.NewObject()
	base := env.syncState(s.conn, s.fn, baseVariant)
	base.advance(now)
	for n, model := range s.fn.returns {
		counts.Set(model, base.count(n))
	}
	return js.NewObject("id", s.id, "connection_id", s.conn.connectionID, "type", s.jobType(),
		"finishedAt", js.When(ran, isoZ(s.completed.end().time())), "nextScheduledSyncAt", next, "name", s.fn.name, "variant", s.variant,
		"status", s.status(now), "frequency", stringOrNull(cmp.Or(s.frequency, s.fn.runs)), "latestResult", js.When(ran, s.result()),
		"latestExecutionStatus", js.When(running || ran, latest), "recordCount", counts, "checkpoint", s.checkpoint())
}

// jobType is the type of the latest run, running or not: INCREMENTAL only after a run of everything has succeeded.
func (s *syncState) jobType() string {
	if s.latest.start == 0 || s.latest.initial {
		return "INITIAL"
	}
	return "INCREMENTAL"
}

// result is what the last run did by model, nothing if it failed.
func (s *syncState) result() *js.Object {
	o := js.NewObject()
	if s.completed.failed {
		return o
	}
	for n, model := range s.fn.returns {
		added, updated, deleted := s.changes(n, s.completed)
		o.Set(model, js.NewObject("added", added, "deleted", deleted, "updated", updated))
	}
	return o
}

// checkpoint is where an incremental sync continues, null for other syncs.
func (s *syncState) checkpoint() any {
	if s.fn.syncType != "incremental" || s.savedTo() < 0 {
		return nil
	}
	return js.NewObject("lastModified", isoZ(s.completed.start.time()), "page", 1)
}
