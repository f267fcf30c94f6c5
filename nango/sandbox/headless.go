package sandbox

import (
	"fmt"
	"net/http"
)

// authAPIKey, authBasic and authNone finish a connect session without a browser, for the auth
// modes that need none.
func authAPIKey(c *call) answer {
	return c.finishHeadless("API_KEY", shape(field{"apiKey", text(atLeast(1))}))
}

func authBasic(c *call) answer {
	return c.finishHeadless("BASIC", shape(field{"username", text()}, field{"password", text()}))
}

func authNone(c *call) answer { return c.finishHeadless("NONE", optional(shape())) }

func (c *call) finishHeadless(mode string, body rule) answer {
	q := c.validQuery(
		field{"connect_session_token", text()},
		field{"params", optional(textRecord)},
	)
	key := c.validParam("providerConfigKey", integrationRule)
	typed := c.validBody(body)
	if typed == nil {
		typed = newObject()
	}
	i, refused := c.world.integrationFor(c.session, key)
	if refused != nil {
		return *refused
	}
	if i.provider.AuthMode != mode {
		return olderFailure(http.StatusBadRequest, "invalid_auth_mode",
			fmt.Sprintf("The integration %s does not support %s auth", key, mode), nil)
	}
	config := q.obj("params")
	if config == nil {
		config = newObject()
	}
	if !i.provider.accepts(typed, c.world.sessionConfig(c.session, key, config)) {
		return failure(http.StatusBadRequest, "connection_test_failed", keyTestFailed)
	}
	conn := c.world.finish(c.session, i, typed, config, c.now())
	return jsonAnswer(http.StatusOK, newObject("connectionId", conn.connectionID, "providerConfigKey", key))
}

// integrationFor finds an integration that a session may be finished with.
func (w *world) integrationFor(s *session, key string) (*integration, *answer) {
	i := w.integration(key)
	if i == nil {
		a := olderFailure(http.StatusNotFound, "unknown_provider_config", "There is no provider configuration matching this key.", nil)
		return nil, &a
	}
	if !s.allows(key) {
		a := failure(http.StatusBadRequest, "integration_not_allowed", "Integration not allowed by this token")
		return nil, &a
	}
	return i, nil
}
