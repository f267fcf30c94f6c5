package sandbox

import (
	"fmt"
	"net/http"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// authAPIKey, authBasic and authNone finish a connect session without a browser, for the auth
// modes that need none.
func authAPIKey(c *call) answer {
	return c.finishHeadless("API_KEY", zod.Object(zod.Key("apiKey", zod.String(zod.Min(1)))))
}

func authBasic(c *call) answer {
	return c.finishHeadless("BASIC", zod.Object(zod.Key("username", zod.String()), zod.Key("password", zod.String())))
}

func authNone(c *call) answer { return c.finishHeadless("NONE", zod.Optional(zod.Object())) }

func (c *call) finishHeadless(mode string, body zod.Rule) answer {
	q := c.validQuery(
		zod.Key("connect_session_token", zod.String()),
		zod.Key("params", zod.Optional(textRecord)),
	)
	key := c.validParam("providerConfigKey", integrationRule)
	typed := c.validBody(body)
	if typed == nil {
		typed = js.NewObject()
	}
	i, refused := c.env.integrationFor(c.session, key)
	if refused != nil {
		return *refused
	}
	if i.provider.AuthMode != mode {
		return legacyFailure(http.StatusBadRequest, "invalid_auth_mode",
			fmt.Sprintf("The integration %s does not support %s auth", key, mode), nil)
	}
	config := q.Obj("params")
	if config == nil {
		config = js.NewObject()
	}
	if !i.provider.Accepts(typed, c.env.sessionConfig(c.session, key, config)) {
		return failure(http.StatusBadRequest, "connection_test_failed", keyTestFailed)
	}
	conn := c.env.connect(c.session, i, typed, config, c.now())
	return jsonAnswer(http.StatusOK, js.NewObject("connectionId", conn.connectionID, "providerConfigKey", key))
}

// integrationFor finds an integration that a session may be finished with.
func (env *environment) integrationFor(s *session, key string) (*integration, *answer) {
	i := env.integration(key)
	if i == nil {
		a := legacyFailure(http.StatusNotFound, "unknown_provider_config", "There is no provider configuration matching this key.", nil)
		return nil, &a
	}
	if !s.allows(key) {
		a := failure(http.StatusBadRequest, "integration_not_allowed", "Integration not allowed by this token")
		return nil, &a
	}
	return i, nil
}
