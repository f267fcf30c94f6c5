package sandbox

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

const (
	accessLife   = 8 * time.Hour    // of an access token
	refreshAhead = 15 * time.Minute // a token that expires within this time is refreshed
)

// grant is what new credentials are made from.
type grant struct {
	rng  *rand.Rand
	now  time.Time
	sent *js.Object // by the customer; may be nil
	i    *integration
}

// field returns a field that the customer sent, or a made-up value of n characters.
func (g grant) field(name, prefix string, n int) string {
	return cmp.Or(g.sent.Str(name), prefix+fake.Alphanumeric(g.rng, n))
}

func (g grant) expiry() string { return isoZ(g.now.Add(accessLife)) }

// makeCredentials makes the credentials of a new connection by auth mode, in the form of GET /connections/{id}.
var makeCredentials = map[string]func(grant) *js.Object{
	"OAUTH2":             oauth2Grant,
	"MCP_OAUTH2":         oauth2Grant,
	"MCP_OAUTH2_GENERIC": oauth2Grant,
	"OAUTH1": func(g grant) *js.Object {
		token, secret := fake.Alphanumeric(g.rng, 24), fake.Alphanumeric(g.rng, 32)
		return js.NewObject("type", "OAUTH1", "oauth_token", token, "oauth_token_secret", secret,
			"raw", js.NewObject("oauth_token", token, "oauth_token_secret", secret))
	},
	"OAUTH2_CC": func(g grant) *js.Object {
		token := "cc_" + fake.Alphanumeric(g.rng, 40)
		return js.NewObject("type", "OAUTH2_CC", "token", token, "client_id", g.field("client_id", "client-", 12),
			"client_secret", g.field("client_secret", "", 40), "expires_at", g.expiry(),
			"raw", js.NewObject("access_token", token, "token_type", "Bearer", "expires_in", json.Number("28800")))
	},
	"BASIC":          basicGrant,
	"INSTALL_PLUGIN": basicGrant,
	"API_KEY": func(g grant) *js.Object {
		return js.NewObject("type", "API_KEY", "apiKey", g.field("apiKey", "key_", 32))
	},
	"APP": appGrant,
	"CUSTOM": func(g grant) *js.Object {
		return js.NewObject("type", "CUSTOM", "app", appGrant(g), "user", oauth2Grant(g), "raw", js.NewObject())
	},
	"TBA": func(g grant) *js.Object {
		return js.NewObject("type", "TBA", "token_id", g.field("token_id", "", 32), "token_secret", g.field("token_secret", "", 32),
			"config_override", js.NewObject())
	},
	"SIGNATURE": func(g grant) *js.Object {
		return js.NewObject("type", "SIGNATURE", "username", g.field("username", "api-", 8), "password", g.field("password", "", 20),
			"token", fake.Alphanumeric(g.rng, 44), "expires_at", g.expiry())
	},
	"BILL": func(g grant) *js.Object {
		return js.NewObject("type", "BILL", "username", g.field("username", "user-", 6), "password", g.field("password", "", 16),
			"organization_id", g.field("organization_id", "0", 16), "dev_key", g.field("dev_key", "", 32),
			"session_id", fake.Alphanumeric(g.rng, 32), "user_id", fake.Alphanumeric(g.rng, 16), "expires_at", g.expiry(),
			"raw", js.NewObject())
	},
	"AWS_SIGV4": func(g grant) *js.Object {
		return js.NewObject("type", "AWS_SIGV4", "role_arn", g.field("role_arn", "arn:aws:iam::123456789012:role/", 12),
			"region", g.field("region", "eu-west-", 1), "service", "s3", "access_key_id", "ASIA"+fake.Alphanumeric(g.rng, 16),
			"secret_access_key", fake.Alphanumeric(g.rng, 40), "session_token", fake.Alphanumeric(g.rng, 120),
			"expires_at", g.expiry(), "raw", js.NewObject())
	},
	"JWT":      fieldsGrant("JWT"),
	"TWO_STEP": fieldsGrant("TWO_STEP"),
	"NONE":     func(grant) *js.Object { return js.NewObject() },
}

func oauth2Grant(g grant) *js.Object {
	access, refresh := "at_"+fake.Alphanumeric(g.rng, 40), "rt_"+fake.Alphanumeric(g.rng, 40)
	scope := cmp.Or(strings.ReplaceAll(g.i.credentials.Str("scopes"), ",", " "), "read write")
	raw := js.NewObject("access_token", access, "token_type", "bearer", "scope", scope,
		"expires_in", json.Number("28800"), "refresh_token", refresh, "expires_at", g.expiry())
	return js.NewObject("type", "OAUTH2", "access_token", access, "refresh_token", refresh, "expires_at", g.expiry(), "raw", raw)
}

func basicGrant(g grant) *js.Object {
	return js.NewObject("type", "BASIC", "username", g.field("username", "user-", 6), "password", g.field("password", "", 20))
}

func appGrant(g grant) *js.Object {
	token := "ghs_" + fake.Alphanumeric(g.rng, 36)
	return js.NewObject("type", "APP", "access_token", token, "expires_at", g.expiry(),
		"raw", js.NewObject("token", token, "expires_at", g.expiry(), "repository_selection", "all"), "jwtToken", fakeJWT(g))
}

// fieldsGrant is for the modes whose credentials are the provider's fields and a token.
func fieldsGrant(kind string) func(grant) *js.Object {
	return func(g grant) *js.Object {
		o := js.NewObject("type", kind)
		for _, name := range g.i.provider.CredentialKeys {
			o.Set(name, g.field(name, "", 24))
		}
		o.Set("token", fakeJWT(g))
		o.Set("expires_at", g.expiry())
		if kind == "TWO_STEP" {
			o.Set("raw", js.NewObject("access_token", o.Get("token"), "expires_in", json.Number("28800")))
		}
		return o
	}
}

func fakeJWT(g grant) string {
	part := func(v any) string { return base64.RawURLEncoding.EncodeToString(js.Encode(v)) }
	claims := js.NewObject("iss", g.i.key, "iat", json.Number(strconv.FormatInt(g.now.Unix(), 10)))
	return part(js.NewObject("alg", "RS256", "typ", "JWT")) + "." + part(claims) + "." + fake.Alphanumeric(g.rng, 64)
}

// refreshableModes are the auth modes whose tokens expire and are refreshed.
var refreshableModes = []string{"OAUTH2", "MCP_OAUTH2", "MCP_OAUTH2_GENERIC", "OAUTH2_CC", "APP", "CUSTOM", "JWT", "TWO_STEP",
	"SIGNATURE", "BILL", "AWS_SIGV4"}

func canRefresh(authMode string) bool { return slices.Contains(refreshableModes, authMode) }

// credentialsOf returns a connection's credentials. Those of seeded connections are made at the first use, always the same
// for the same seed and connection.
func (env *environment) credentialsOf(c *connection) *js.Object {
	if c.credentials != nil {
		return c.credentials
	}
	mode := c.integration.provider.AuthMode
	rng := rand.New(rand.NewPCG(env.seed, uint64(c.id)))
	// Some expired before the start, most will within hours.
	issued := env.start.Add(-time.Duration(rng.Int64N(int64(accessLife + accessLife/4))))
	build, ok := makeCredentials[mode]
	if !ok {
		panic("sandbox: no credentials for auth mode " + mode)
	}
	c.credentials = build(grant{rng: rng, now: issued, i: c.integration})
	return c.credentials
}

// withoutRefreshTokens returns v without its refresh tokens, at any depth.
func withoutRefreshTokens(v any) any {
	return js.Transform(v, func(key string, v any) any {
		return js.When(key != "refresh_token" && key != "refreshToken", v)
	})
}
