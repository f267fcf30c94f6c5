package sandbox

import (
	"cmp"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

const (
	frequencyPattern = `^(?<every>every )?((?<amount>[0-9]+)?\s?(?<unit>(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?))` +
		`|(?<unit2>(month|week|half day|half hour|quarter hour)))$`
	maxSelectors = 256
)

var frequencyRegexp = regexp.MustCompile(frequencyPattern)

var selectorRule = zod.Union(zod.String(), zod.Object(zod.Key("name", functionRule), zod.Key("variant", functionRule)))

var triggerBody = zod.Object(
	zod.Key("syncs", zod.Array(selectorRule)),
	zod.Key("provider_config_key", zod.Optional(integrationRule)),
	zod.Key("connection_id", zod.Optional(connectionIDRule)),
	zod.Key("opts", zod.Optional(zod.Object(
		zod.Key("reset", zod.Optional(zod.Boolean)), zod.Key("emptyCache", zod.Optional(zod.Boolean))))),
	zod.Key("sync_mode", zod.Optional(zod.Enum("incremental", "full_refresh", "full_refresh_and_clear_cache"))),
	zod.Key("full_resync", zod.Optional(zod.Boolean)),
)

var pauseBody = zod.Object(
	zod.Key("syncs", zod.Refine(zod.Array(selectorRule), zod.MaxItems(maxSelectors))),
	zod.Key("provider_config_key", integrationRule),
	zod.Key("connection_id", zod.Optional(connectionIDRule)),
)

// selector names a sync; a plain name is the variant base.
type selector struct{ name, variant string }

func readSelector(v any) selector {
	if o, ok := v.(*js.Object); ok {
		return selector{o.Str("name"), o.Str("variant")}
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

// syncsOf returns the syncs of a connection, variants included, by name. No selector means all.
func (env *environment) syncsOf(conn *connection, wanted []selector) []*syncState {
	for _, f := range conn.integration.syncs() {
		if !f.disabled && conn.created >= f.syncsSince {
			env.syncState(conn, f, baseVariant)
		}
	}
	return filter(conn.syncs, func(s *syncState) bool {
		return len(wanted) == 0 || slices.Contains(wanted, selector{s.fn.name, s.variant})
	})
}

// connectionsOf returns the connections of an integration, oldest first.
func connectionsOf(i *integration) []*connection {
	return slices.SortedFunc(maps.Values(i.connections), func(a, b *connection) int { return a.id - b.id })
}

// targetSyncs returns the syncs of a command, or ends the request. A command without a connection is for the whole
// integration.
func (c *call) targetSyncs(key, id string, wanted []selector) []*syncState {
	i := require(c.env.integration(key), legacyFailure(http.StatusBadRequest, "unknown_provider_config",
		"There is no Provider Configuration matching this key. Please make sure this value exists in the Nango dashboard {}", nil))
	conns := connectionsOf(i)
	if id != "" {
		conns = []*connection{require(i.connections[id], unknownConnection(key, id))}
	}
	var out []*syncState
	for _, conn := range conns {
		out = append(out, c.env.syncsOf(conn, wanted)...)
	}
	if len(out) == 0 {
		stop(legacyFailure(http.StatusBadRequest, "no_syncs_found", "No syncs found given the inputs.", nil))
	}
	return out
}

// reachableSyncs returns the syncs that a command reaches: those with a schedule, and none without the orchestrator.
func (c *call) reachableSyncs(states []*syncState) []*syncState {
	if c.down[Orchestrator] {
		return nil
	}
	return slices.DeleteFunc(states, func(s *syncState) bool { return s.unscheduled })
}

func unknownConnection(key, id string) answer {
	payload := js.NewObject("connectionId", id, "providerConfigKey", key)
	message := "No connection matching the provided params of 'connection_id' and 'provider_config_key'. " +
		"Please make sure these values exist in the Nango dashboard {\n  \"connectionId\": " + string(js.Encode(id)) +
		",\n  \"providerConfigKey\": " + string(js.Encode(key)) + "\n}"
	return legacyFailure(http.StatusNotFound, "unknown_connection", message, payload)
}

// postSyncTrigger is POST /sync/trigger. emptyCache without reset does nothing.
func postSyncTrigger(c *call) answer {
	body := c.validBody(triggerBody)
	if body.Has("opts") && (body.Has("sync_mode") || body.Has("full_resync")) {
		return failure(http.StatusBadRequest, "invalid_body", "opts cannot be combined with sync_mode or full_resync")
	}
	key := cmp.Or(body.Str("provider_config_key"), c.r.Header.Get("Provider-Config-Key"))
	id := cmp.Or(body.Str("connection_id"), c.r.Header.Get("Connection-Id"))
	if key == "" {
		return legacyFailure(http.StatusBadRequest, "missing_provider_config_key", "The parameter 'provider_config_key' is missing.", nil)
	}
	states := c.targetSyncs(key, id, readSelectors(body.Get("syncs").([]any)))
	reset, emptyCache := triggerMode(body)
	c.logCommand(map[bool]string{false: "RUN", true: "RUN_FULL"}[reset], js.NewObject("provider_config_key", key, "connection_id", id), states)
	for _, s := range c.reachableSyncs(states) {
		s.trigger(c.timestamp(), reset, emptyCache)
		c.env.logRunsOf(s, true)
	}
	c.env.recheckSyncFailures()
	return success()
}

func triggerMode(body *js.Object) (reset, emptyCache bool) {
	if opts := body.Obj("opts"); opts != nil {
		return opts.Get("reset") == true, opts.Get("emptyCache") == true
	}
	mode := body.Str("sync_mode")
	return mode == "full_refresh" || mode == "full_refresh_and_clear_cache" || body.Get("full_resync") == true,
		mode == "full_refresh_and_clear_cache"
}

// pauseSyncs is POST /sync/pause and /sync/start.
func pauseSyncs(paused bool) func(*call) answer {
	return func(c *call) answer {
		body := c.validBody(pauseBody)
		states := c.targetSyncs(body.Str("provider_config_key"), body.Str("connection_id"), readSelectors(body.Get("syncs").([]any)))
		c.logCommand(map[bool]string{false: "UNPAUSE", true: "PAUSE"}[paused], body, states)
		for _, s := range c.reachableSyncs(states) {
			s.pause(c.timestamp(), paused)
		}
		c.env.recheckSyncFailures()
		return success()
	}
}

// knownConnection returns the connection of a body, or ends the request.
func (c *call) knownConnection(body *js.Object) *connection {
	return require(c.env.connection(body.Str("provider_config_key"), body.Str("connection_id")),
		failure(http.StatusBadRequest, "unknown_connection", ""))
}

var frequencyBody = zod.Object(
	zod.Key("sync_name", functionRule),
	zod.Key("sync_variant", zod.Optional(functionRule)),
	zod.Key("provider_config_key", integrationRule),
	zod.Key("connection_id", connectionIDRule),
	zod.Key("frequency", zod.Nullable(zod.String(zod.Pattern(frequencyPattern)))),
)

// putFrequency is PUT /sync/update-connection-frequency. null restores the function's own.
func putFrequency(c *call) answer {
	body := c.validBody(frequencyBody)
	wanted := selector{body.Str("sync_name"), cmp.Or(body.Str("sync_variant"), baseVariant)}
	frequency := body.Str("frequency")
	if d, ok := parseFrequency(frequency); frequency != "" && (!ok || d < shortestSync) {
		return failure(http.StatusBadRequest, "invalid_body", "Sync interval is invalid")
	}
	states := c.env.syncsOf(c.knownConnection(body), []selector{wanted})
	if len(states) == 0 {
		return failure(http.StatusBadRequest, "unknown_sync", "")
	}
	if c.down[Orchestrator] {
		return failure(http.StatusBadRequest, "server_error", "Failed to update sync frequency")
	}
	states[0].setFrequency(c.timestamp(), frequency)
	c.env.recheckSyncFailures()
	shown := states[0].fn.runs
	if frequency != "" {
		shown = normalFrequency(frequency)
	}
	return jsonAnswer(http.StatusOK, js.NewObject("frequency", shown))
}
