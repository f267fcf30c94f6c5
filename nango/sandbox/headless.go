package sandbox

import (
	"fmt"
	"net/http"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// authAPIKey, authBasic and authNone complete a connect session without a browser.
func authAPIKey(c *call) answer {
	return c.authHeadless("API_KEY", zod.Object(zod.Key("apiKey", zod.String(zod.Min(1)))))
}

func authBasic(c *call) answer {
	return c.authHeadless("BASIC", zod.Object(zod.Key("username", zod.String()), zod.Key("password", zod.String())))
}

func authNone(c *call) answer { return c.authHeadless("NONE", zod.Optional(zod.Object())) }

func (c *call) authHeadless(mode string, rule zod.Rule) answer {
	q := c.validQuery(
		zod.Key("connect_session_token", zod.String()),
		zod.Key("params", zod.Optional(textRecord)),
	)
	key := c.validParam("providerConfigKey", integrationRule)
	sent := c.validBody(rule)
	i := c.env.integration(key)
	switch {
	case i == nil:
		return legacyFailure(http.StatusNotFound, "unknown_provider_config", noProviderConfig, nil)
	case !c.session.allows(key):
		return failure(http.StatusBadRequest, "integration_not_allowed", "Integration not allowed by this token")
	case i.provider.AuthMode != mode:
		return legacyFailure(http.StatusBadRequest, "invalid_auth_mode",
			fmt.Sprintf("The integration %s does not support %s auth", key, mode), nil)
	}
	config := q.ObjOrNew("params")
	if !i.provider.Accepts(sent, c.env.sessionConfig(c.session, key, config)) {
		return failure(http.StatusBadRequest, "connection_test_failed", credentialsInvalid)
	}
	conn := c.env.connect(c.session, i, sent, config, c.now())
	return jsonAnswer(http.StatusOK, js.NewObject("connectionId", conn.connectionID, "providerConfigKey", key))
}
