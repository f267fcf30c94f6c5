package sandbox

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

var metadataBody = zod.Object(
	zod.Key("connection_id", zod.Union(connectionIDRule, zod.Array(connectionIDRule))),
	zod.Key("provider_config_key", integrationRule),
	zod.Key("metadata", anyRecord),
)

// postMetadata is POST /connections/metadata: it replaces the metadata of one or many connections. The answer is the body.
var postMetadata = setMetadata(http.StatusCreated, func(conn *connection, sent *js.Object) { conn.metadata = js.JSONB(sent) })

// patchMetadata is PATCH /connections/metadata: it merges, only at the top level; null is a value.
var patchMetadata = setMetadata(http.StatusOK, mergeMetadata)

func mergeMetadata(conn *connection, sent *js.Object) {
	merged, ok := js.MustDecode(conn.metadata).(*js.Object)
	if !ok {
		merged = js.NewObject()
	}
	merged.Merge(sent)
	conn.metadata = js.JSONB(merged)
}

// setMetadata changes all connections, or none if one of them is unknown.
func setMetadata(status int, change func(*connection, *js.Object)) func(*call) answer {
	return func(c *call) answer {
		body := c.validBody(metadataBody)
		key := body.Str("provider_config_key")
		ids, many := body.Get("connection_id").([]any)
		if !many {
			ids = []any{body.Get("connection_id")}
		}
		var found []*connection
		for _, id := range ids {
			found = append(found, require(c.env.connection(key, id.(string)), unknownForMetadata(id.(string), key, many)))
		}
		for _, conn := range found {
			change(conn, body.Obj("metadata"))
		}
		return jsonAnswer(status, body)
	}
}

func unknownForMetadata(id, key string, many bool) answer {
	message := fmt.Sprintf("Connection with connection id %s and provider config key %s not found. "+
		"Please make sure the connection exists in the Nango dashboard", id, key)
	if many {
		message += ". No actions were taken on any of the connections as a result of this failure."
	}
	return failure(http.StatusNotFound, "unknown_connection", message)
}

// postMetadataOf and patchMetadataOf are the deprecated POST and PATCH /connection/{id}/metadata. The body is the metadata.
// The server crashes without it, or without the integration.
func postMetadataOf(c *call) answer {
	conn := c.legacyTarget()
	sent, ok := c.body.(*js.Object)
	if !ok {
		return c.crash()
	}
	conn.metadata = js.JSONB(sent)
	return jsonAnswer(http.StatusCreated, sent)
}

func patchMetadataOf(c *call) answer {
	conn := c.legacyTarget()
	switch sent := c.body.(type) {
	case *js.Object:
		mergeMetadata(conn, sent)
	case []any: // spread like an object: the indexes become keys
		indexed := js.NewObject()
		for i, v := range sent {
			indexed.Set(strconv.Itoa(i), v)
		}
		mergeMetadata(conn, indexed)
	case js.Undefined:
		return answer{status: http.StatusOK, noETag: true}
	}
	return jsonAnswer(http.StatusOK, c.body)
}

// legacyTarget returns the connection of the path, or ends the request. The integration is in a header or in the query.
func (c *call) legacyTarget() *connection {
	key := cmp.Or(c.r.Header.Get("Provider-Config-Key"), c.query.Str("provider_config_key"))
	if key == "" {
		stop(c.crash())
	}
	id := c.params["connectionId"]
	return require(c.env.connection(key, id), unknownConnection(key, id))
}
