package sandbox

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

const (
	frequencyPattern = `^(?<every>every )?((?<amount>[0-9]+)?\s?(?<unit>(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?))|(?<unit2>(month|week|half day|half hour|quarter hour)))$`
	maxSelectors     = 256
)

var frequencyRegexp = regexp.MustCompile(frequencyPattern)

var selectorRule = either(text(), shape(field{"name", functionRule}, field{"variant", functionRule}))

var triggerBody = shape(
	field{"syncs", list(selectorRule)},
	field{"provider_config_key", optional(integrationRule)},
	field{"connection_id", optional(connectionIDRule)},
	field{"opts", optional(shape(field{"reset", optional(boolean)}, field{"emptyCache", optional(boolean)}))},
	field{"sync_mode", optional(oneOf("incremental", "full_refresh", "full_refresh_and_clear_cache"))},
	field{"full_resync", optional(boolean)},
)

var pauseBody = shape(
	field{"syncs", refined(list(selectorRule), fewSelectors)},
	field{"provider_config_key", integrationRule},
	field{"connection_id", optional(connectionIDRule)},
)

// syncRoutes are syncs and what they save.
func syncRoutes() []route {
	const syncs = "environment:syncs:"
	execute := needs(syncs + "execute")
	return []route{
		{method: "GET", pattern: "/sync/status", scope: needs(syncs + "read"), handle: getSyncStatus},
		{method: "POST", pattern: "/sync/trigger", scope: execute, handle: postSyncTrigger},
		{method: "POST", pattern: "/sync/start", scope: execute, handle: postSyncStart},
		{method: "POST", pattern: "/sync/pause", scope: execute, handle: postSyncPause},
		{method: "PUT", pattern: "/sync/update-connection-frequency", scope: needs(syncs + "update"), handle: putFrequency},
		{method: "POST", pattern: "/sync/{name}/variant/{variant}", scope: needs(syncs + "variant:create"), handle: postVariant},
		{method: "DELETE", pattern: "/sync/{name}/variant/{variant}", scope: needs(syncs + "variant:delete"), handle: deleteVariant},
		{method: "GET", pattern: "/records", scope: needs("environment:records:read"), handle: getRecords},
		{method: "PATCH", pattern: "/records/prune", scope: needs("environment:records:write"), handle: patchRecordsPrune},
	}
}

func fewSelectors(v any, at []string, in *issues) any {
	if len(v.([]any)) > maxSelectors {
		in.add(at, "too_big", fmt.Sprintf("Too big: expected array to have <=%d items", maxSelectors))
	}
	return v
}

// selector names a sync; the plain name is the variant base.
type selector struct{ name, variant string }

func readSelector(v any) selector {
	if o, ok := v.(*object); ok {
		return selector{o.str("name"), o.str("variant")}
	}
	s, _ := v.(string)
	name, variant, found := strings.Cut(s, "::")
	if !found {
		variant = baseVariant
	}
	return selector{name, variant}
}

func readSelectors(list []any) []selector {
	out := make([]selector, 0, len(list))
	for _, v := range list {
		out = append(out, readSelector(v))
	}
	return out
}

// statesOf are the syncs of a connection, variants included, by name. No selector means all.
func (w *world) statesOf(conn *connection, wanted []selector) []*syncState {
	for _, f := range conn.integration.syncs() {
		if !f.disabled && conn.created >= f.since {
			w.syncState(conn, f, baseVariant)
		}
	}
	var out []*syncState
	for _, s := range conn.syncs {
		if len(wanted) == 0 || slices.Contains(wanted, selector{s.fn.name, s.variant}) {
			out = append(out, s)
		}
	}
	return out
}

// connectionsOf are all connections of an integration, oldest first.
func connectionsOf(i *integration) []*connection {
	out := make([]*connection, 0, len(i.byID))
	for _, conn := range i.byID {
		out = append(out, conn)
	}
	slices.SortFunc(out, func(a, b *connection) int { return a.id - b.id })
	return out
}

// commanded are the syncs that a command is about. A command of no connection is about all of the
// integration.
func (c *call) commanded(key, id string, wanted []selector) []*syncState {
	i := c.world.integration(key)
	if i == nil {
		stop(olderFailure(http.StatusBadRequest, "unknown_provider_config",
			"There is no Provider Configuration matching this key. Please make sure this value exists in the Nango dashboard {}", nil))
	}
	conns := connectionsOf(i)
	if id != "" {
		conn := i.byID[id]
		if conn == nil {
			stop(unknownConnection(key, id))
		}
		conns = []*connection{conn}
	}
	var out []*syncState
	for _, conn := range conns {
		out = append(out, c.world.statesOf(conn, wanted)...)
	}
	if len(out) == 0 {
		stop(olderFailure(http.StatusBadRequest, "no_syncs_found", "No syncs found given the inputs.", nil))
	}
	return out
}

// reached are the syncs to which a command gets through: those that have a schedule, while there is an orchestrator.
func (c *call) reached(states []*syncState) []*syncState {
	if c.down[Orchestrator] {
		return nil
	}
	return slices.DeleteFunc(states, func(s *syncState) bool { return s.lost })
}

func unknownConnection(key, id string) answer {
	payload := newObject("connectionId", id, "providerConfigKey", key)
	message := "No connection matching the provided params of 'connection_id' and 'provider_config_key'. " +
		"Please make sure these values exist in the Nango dashboard {\n  \"connectionId\": " + string(encode(id)) +
		",\n  \"providerConfigKey\": " + string(encode(key)) + "\n}"
	return olderFailure(http.StatusNotFound, "unknown_connection", message, payload)
}

// taken is the answer of every command. It says no more than that: with the orchestrator down it
// is the same, and nothing happens.
func taken() answer { return jsonAnswer(http.StatusOK, newObject("success", true)) }

// postSyncTrigger is POST /sync/trigger. emptyCache without reset is taken and does nothing.
func postSyncTrigger(c *call) answer {
	c.validQuery()
	body := c.validBody(triggerBody)
	if body.has("opts") && (body.has("sync_mode") || body.has("full_resync")) {
		return failure(http.StatusBadRequest, "invalid_body", "opts cannot be combined with sync_mode or full_resync")
	}
	key, id := body.str("provider_config_key"), body.str("connection_id")
	if key == "" {
		key = c.r.Header.Get("Provider-Config-Key")
	}
	if id == "" {
		id = c.r.Header.Get("Connection-Id")
	}
	if key == "" {
		return olderFailure(http.StatusBadRequest, "missing_provider_config_key", "The parameter 'provider_config_key' is missing.", nil)
	}
	states := c.commanded(key, id, readSelectors(body.get("syncs").([]any)))
	reset, emptyCache := triggerMode(body)
	for _, s := range c.reached(states) {
		s.trigger(millis(c.now()), reset, emptyCache)
	}
	c.world.recheck()
	return taken()
}

func triggerMode(body *object) (reset, emptyCache bool) {
	if opts := body.obj("opts"); opts != nil {
		return opts.get("reset") == true, opts.get("emptyCache") == true
	}
	mode := body.str("sync_mode")
	return mode == "full_refresh" || mode == "full_refresh_and_clear_cache" || body.get("full_resync") == true,
		mode == "full_refresh_and_clear_cache"
}

func postSyncPause(c *call) answer { return c.pauseSyncs(true) }
func postSyncStart(c *call) answer { return c.pauseSyncs(false) }

// pauseSyncs is POST /sync/pause and /sync/start.
func (c *call) pauseSyncs(paused bool) answer {
	c.validQuery()
	body := c.validBody(pauseBody)
	states := c.commanded(body.str("provider_config_key"), body.str("connection_id"), readSelectors(body.get("syncs").([]any)))
	for _, s := range c.reached(states) {
		s.pause(millis(c.now()), paused)
	}
	c.world.recheck()
	return taken()
}

// knownConnection is the connection that a body names, or the end of the request.
func (c *call) knownConnection(body *object) *connection {
	conn := c.world.connection(body.str("provider_config_key"), body.str("connection_id"))
	if conn == nil {
		stop(jsonAnswer(http.StatusBadRequest, errorBody{plainError{Code: "unknown_connection"}}))
	}
	return conn
}

func nullOr(r rule) rule {
	return func(v any, at []string, in *issues) any {
		if v == nil {
			return nil
		}
		return r(v, at, in)
	}
}

var frequencyBody = shape(
	field{"sync_name", functionRule},
	field{"sync_variant", optional(functionRule)},
	field{"provider_config_key", integrationRule},
	field{"connection_id", connectionIDRule},
	field{"frequency", nullOr(text(matches(frequencyRegexp, frequencyPattern)))},
)

// putFrequency is PUT /sync/update-connection-frequency. null goes back to the function's own.
func putFrequency(c *call) answer {
	c.validQuery()
	body := c.validBody(frequencyBody)
	wanted := selector{body.str("sync_name"), body.str("sync_variant")}
	if wanted.variant == "" {
		wanted.variant = baseVariant
	}
	frequency := body.str("frequency")
	if d, ok := parseFrequency(frequency); frequency != "" && (!ok || d < shortestSync) {
		return failure(http.StatusBadRequest, "invalid_body", "Sync interval is invalid")
	}
	states := c.world.statesOf(c.knownConnection(body), []selector{wanted})
	if len(states) == 0 {
		return jsonAnswer(http.StatusBadRequest, errorBody{plainError{Code: "unknown_sync"}})
	}
	if c.down[Orchestrator] {
		return failure(http.StatusBadRequest, "server_error", "Failed to update sync frequency")
	}
	states[0].setFrequency(millis(c.now()), frequency)
	c.world.recheck()
	if frequency == "" {
		return jsonAnswer(http.StatusOK, newObject("frequency", states[0].fn.runs))
	}
	return jsonAnswer(http.StatusOK, newObject("frequency", normalFrequency(frequency)))
}
