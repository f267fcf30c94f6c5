package sandbox

import (
	"fmt"
	"net/http"

	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

// Each completes a connect session without a browser.
var (
	authAPIKey = authHeadless("API_KEY", zod.Object(zod.Key("apiKey", zod.String(zod.Min(1)))))
	authBasic  = authHeadless("BASIC", zod.Object(zod.Key("username", zod.String()), zod.Key("password", zod.String())))
	authNone   = authHeadless("NONE", zod.Optional(zod.Object()))
)

func authHeadless(mode string, rule zod.Rule) func(*call) answer {
	return func(c *call) answer {
		q := c.validQuery(zod.Key("connect_session_token", zod.String()), zod.Key("params", zod.Optional(textRecord)))
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
}
