package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// maxVariants limits the variants of a sync of a connection, without base.
const maxVariants = 100

var variantBody = zod.Object(
	zod.Key("provider_config_key", integrationRule),
	zod.Key("connection_id", connectionIDRule),
)

// variantOf returns the connection and the variant of a request, or ends the request.
func (c *call) variantOf() (*connection, selector) {
	params := c.validParams(zod.Key("name", functionRule), zod.Key("variant", functionRule))
	body := c.validBody(variantBody)
	c.validQuery()
	wanted := selector{params.Str("name"), params.Str("variant")}
	if strings.EqualFold(wanted.variant, baseVariant) {
		stop(failure(http.StatusBadRequest, "invalid_variant", fmt.Sprintf("Variant name %q is protected.", wanted.variant)))
	}
	return c.knownConnection(body), wanted
}

// postVariant is POST /sync/{name}/variant/{variant}: another copy of a sync. It starts at once, or is paused if the sync
// doesn't start by itself.
func postVariant(c *call) answer {
	conn, wanted := c.variantOf()
	f := conn.integration.function(wanted.name, kindSync)
	if f == nil || f.disabled {
		return failure(http.StatusBadRequest, "unknown_sync", "")
	}
	c.env.syncsOf(conn, nil)
	if c.env.syncState(conn, f, wanted.variant) != nil {
		return failure(http.StatusBadRequest, "sync_variant_already_exists", "")
	}
	if len(filter(conn.syncs, func(s *syncState) bool { return s.fn == f })) > maxVariants {
		return failure(http.StatusBadRequest, "resource_capped",
			fmt.Sprintf("Maximum number of sync variants (%d) reached", maxVariants))
	}
	if c.down[Orchestrator] {
		return failure(http.StatusInternalServerError, "failed_sync_variant_creation", "")
	}
	s := c.env.newSyncState(conn, f, wanted.variant, c.timestamp())
	s.paused = !f.autoStart
	conn.syncs = append(conn.syncs, s)
	slices.SortFunc(conn.syncs, bySync)
	c.logVariant(s)
	return jsonAnswer(http.StatusOK, js.NewObject("id", s.id, "name", f.name, "variant", s.variant))
}

// deleteVariant is DELETE /sync/{name}/variant/{variant}. It has a body.
func deleteVariant(c *call) answer {
	conn, wanted := c.variantOf()
	at := slices.IndexFunc(conn.syncs, func(s *syncState) bool { return selector{s.fn.name, s.variant} == wanted })
	if at < 0 {
		return failure(http.StatusNotFound, "not_found", "")
	}
	conn.syncs = slices.Delete(conn.syncs, at, at+1)
	return success()
}
