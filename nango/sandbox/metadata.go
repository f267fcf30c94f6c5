package sandbox

import (
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

// postMetadata replaces the metadata of one or many connections: 201, and the request comes back.
func postMetadata(c *call) answer {
	return c.setMetadata(http.StatusCreated, func(conn *connection, given *js.Object) { conn.metadata = js.JSONB(given) })
}

// patchMetadata merges into it, at the top level only; null is a value like any other.
func patchMetadata(c *call) answer {
	return c.setMetadata(http.StatusOK, mergeMetadata)
}

func mergeMetadata(conn *connection, given *js.Object) {
	old, ok := js.MustDecode(conn.metadata).(*js.Object)
	if !ok {
		old = js.NewObject()
	}
	for _, k := range given.Keys() {
		old.Set(k, given.Get(k))
	}
	conn.metadata = js.JSONB(old)
}

// setMetadata changes all of the connections or, when one of them is unknown, none.
func (c *call) setMetadata(status int, change func(*connection, *js.Object)) answer {
	c.validQuery()
	body := c.validBody(metadataBody)
	ids, many := body.Get("connection_id").([]any)
	if !many {
		ids = []any{body.Get("connection_id")}
	}
	var found []*connection
	for _, id := range ids {
		conn := c.env.connection(body.Str("provider_config_key"), id.(string))
		if conn == nil {
			return unknownForMetadata(id.(string), body.Str("provider_config_key"), many)
		}
		found = append(found, conn)
	}
	for _, conn := range found {
		change(conn, body.Obj("metadata"))
	}
	return jsonAnswer(status, body)
}

func unknownForMetadata(id, key string, many bool) answer {
	message := fmt.Sprintf("Connection with connection id %s and provider config key %s not found. Please make sure the connection exists in the Nango dashboard", id, key)
	if many {
		message += ". No actions were taken on any of the connections as a result of this failure."
	}
	return failure(http.StatusNotFound, "unknown_connection", message)
}

// postMetadataOf and patchMetadataOf are the deprecated POST and PATCH /connection/{id}/metadata:
// the body is the metadata itself, and what is missing crashes the server.
func postMetadataOf(c *call) answer {
	conn, refused := c.legacyTarget()
	if refused != nil {
		return *refused
	}
	given, ok := c.body.(*js.Object)
	if !ok {
		return c.crashLocked()
	}
	conn.metadata = js.JSONB(given)
	return jsonAnswer(http.StatusCreated, given)
}

func patchMetadataOf(c *call) answer {
	conn, refused := c.legacyTarget()
	if refused != nil {
		return *refused
	}
	switch given := c.body.(type) {
	case *js.Object:
		mergeMetadata(conn, given)
	case []any: // spread like an object: the indexes become keys
		indexed := js.NewObject()
		for i, v := range given {
			indexed.Set(strconv.Itoa(i), v)
		}
		mergeMetadata(conn, indexed)
	case js.Undefined: // nothing to merge, and nothing to send back
		return answer{status: http.StatusOK, noETag: true}
	}
	return jsonText(http.StatusOK, js.AppendValue(nil, c.body))
}

// legacyTarget takes the integration from a header or from the query.
func (c *call) legacyTarget() (*connection, *answer) {
	key := c.r.Header.Get("Provider-Config-Key")
	if key == "" {
		key = c.query.Str("provider_config_key")
	}
	if key == "" {
		a := c.crashLocked()
		return nil, &a
	}
	id := c.params["connectionId"]
	if conn := c.env.connection(key, id); conn != nil {
		return conn, nil
	}
	message := fmt.Sprintf("No connection matching the provided params of 'connection_id' and 'provider_config_key'. "+
		"Please make sure these values exist in the Nango dashboard {\n  \"connectionId\": %s,\n  \"providerConfigKey\": %s\n}", js.Encode(id), js.Encode(key))
	a := legacyFailure(http.StatusNotFound, "unknown_connection", message, js.NewObject("connectionId", id, "providerConfigKey", key))
	return nil, &a
}
