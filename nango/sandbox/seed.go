package sandbox

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango/sandbox/catalog"
	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

// The mix of the seeded connections. Shares are of 1.
const (
	maxConnectionAge = 3 * 365 * 24 * time.Hour
	maxErrorAge      = 20 * 24 * time.Hour
	authErrorShare   = 0.03
	syncErrorShare   = 0.015
	legacyShare      = 0.04 // of customers: have an end_user row, from before there were tags
	untaggedShare    = 0.08 // of customers
	overrideShare    = 0.03 // have their own webhook URL
)

// seededIntegration is an integration of the seeded environment; weight is its share of the connections.
type seededIntegration struct {
	key, provider, name string
	weight              int
	scopes              string
}

var seededIntegrations = []seededIntegration{
	{"hubspot", "hubspot", "", 18, "crm.objects.contacts.read,crm.objects.companies.read"},
	{"salesforce", "salesforce", "", 14, "api,refresh_token"},
	{"slack", "slack", "", 14, "chat:write,channels:read"},
	{"slack-support", "slack", "Slack (support bot)", 3, "chat:write"},
	{"google-calendar", "google-calendar", "", 12, "https://www.googleapis.com/auth/calendar.readonly"},
	{"gmail-eu", "google-mail", "Gmail (EU)", 6, "https://www.googleapis.com/auth/gmail.readonly"},
	{"notion", "notion", "", 6, ""},
	{"github", "github", "", 5, "repo,user"},
	{"linear", "linear", "", 4, "read,write"},
	{"jira", "jira", "", 4, "read:jira-work,offline_access"},
	{"xero", "xero", "", 4, "accounting.transactions,offline_access"},
	{"airtable", "airtable", "", 3, "schema.bases:read"},
	{"mailgun", "mailgun", "", 3, ""},
	{"freshdesk", "freshdesk", "", 3, ""},
	{"posthog", "posthog", "", 3, ""},
	{"algolia", "algolia", "Algolia search", 2, ""},
	{"netsuite-tba", "netsuite-tba", "", 2, ""},
	{"trello", "trello", "", 2, ""},
	{"auth0-cc", "auth0-cc", "", 2, ""},
	{"github-app", "github-app", "", 2, ""},
	{"tableau", "tableau", "", 1, ""},
	{"ghost-admin", "ghost-admin", "", 1, ""},
	{"canva-mcp", "canva-mcp", "", 1, ""},
	{"status page", "unauthenticated", "Public status page", 1, ""},
}

// populate adds n connections, integrations, functions and variables to an empty environment; nothing if n is 0.
func populate(env *environment, n int) {
	if n == 0 {
		return
	}
	r := rand.New(rand.NewPCG(env.seed, 0x776f726c64))
	picks := addSeededIntegrations(env, r)
	env.seedFunctions()
	env.variables = []variable{
		{"APP_URL", "https://app.example.com"},
		{"SEGMENT_WRITE_KEY", fake.Alphanumeric(r, 32)},
		{"FEATURE_SYNC_V2", "true"},
	}
	customers := make([]customer, max(1, n*2/5))
	for i := range customers {
		customers[i] = makeCustomer(r, i)
	}
	env.connections = make([]*connection, 0, n)
	rows := make([]connection, n)
	for i, age := range connectionAges(r, n) {
		c := &rows[i]
		fillConnection(env, r, c, &customers[r.IntN(len(customers))], picks[r.IntN(len(picks))], env.start.Add(-age))
		for c.integration.connections[c.connectionID] != nil {
			c.connectionID = fake.UUID(r)
		}
		env.addConnection(c)
	}
	env.seeded, env.webhookURL = n, seededWebhook
	addEdgeCases(env, r)
	env.markLarge()
	env.seedSyncFailures()
}

func addSeededIntegrations(env *environment, r *rand.Rand) []*integration {
	var picks []*integration
	for n, seed := range seededIntegrations {
		p := env.catalog.ByName[seed.provider]
		made := timestampMs(env.start.Add(-maxConnectionAge - time.Duration(len(seededIntegrations)-n)*36*time.Hour))
		i := &integration{key: seed.key, name: seed.name, provider: p, forwardWebhooks: n%5 != 4, created: made, updated: made}
		i.credentials = seededApp(r, p.AuthMode, seed.scopes)
		env.addIntegration(i)
		for range seed.weight {
			picks = append(picks, i)
		}
	}
	return picks
}

// seededApp returns the developer app of an integration, nil in auth modes without one.
func seededApp(r *rand.Rand, mode, scopes string) *js.Object {
	switch mode {
	case "OAUTH1", "OAUTH2", "TBA":
		return js.NewObject("type", mode, "client_id", fake.Alphanumeric(r, 20), "client_secret", fake.Alphanumeric(r, 40),
			"scopes", scopes, "webhook_secret", nil)
	case "APP":
		return js.NewObject("type", mode, "app_id", strconv.Itoa(100_000+r.IntN(900_000)), "private_key", fake.PEM(r),
			"app_link", "https://github.com/apps/example-app")
	}
	return nil
}

// connectionAges returns n ages from minutes to years, oldest first. Half of them are under five months.
func connectionAges(r *rand.Rand, n int) []time.Duration {
	out := make([]time.Duration, n)
	for i := range out {
		u := r.Float64()
		out[i] = 2*time.Minute + time.Duration(float64(maxConnectionAge)*u*u*u)
	}
	slices.SortFunc(out, func(a, b time.Duration) int { return cmp.Compare(b, a) })
	return out
}

func fillConnection(env *environment, r *rand.Rand, c *connection, who *customer, i *integration, created time.Time) {
	c.integration = i
	c.created = timestampMs(created)
	c.updated = c.created
	if i.provider.AuthMode != "NONE" {
		c.lastFetched = randomBetween(r, c.created, timestampMs(env.start))
	}
	if r.Float64() < overrideShare {
		c.webhookURL = "https://hooks." + who.slug + ".example/nango"
	}
	c.connectionID = connectionIDFor(r, who)
	c.tags = who.tags
	c.endUser = who.endUser
	if who.endUser != nil {
		env.endUsers[who.endUser.id] = who.endUser
	}
	c.metadata = metadataFor(r, who)
	c.config = configFor(i.provider, who)
	if r.Float64() < authErrorShare && i.provider.AuthMode != "NONE" {
		at := errorTime(r, c.created, env.start)
		c.failRefreshAt(r, at)
		if timestampMs(env.start)-at > timestamp((24 * time.Hour).Microseconds()) { // or it would have been tried since
			c.failingSince = at - timestamp(refreshLimit.Microseconds())
		}
	}
	if r.Float64() < syncErrorShare {
		c.syncErrorLog = logID(r, errorTime(r, c.created, env.start))
	}
}

// failRefreshAt adds an auth error of that time, the first. The next refresh fails once more before the server backs off.
func (c *connection) failRefreshAt(r *rand.Rand, at timestamp) {
	c.refreshFails, c.failingSince = true, at
	c.authErrorLog = logID(r, at)
}

// heal ends the failures of the refresh.
func (c *connection) heal() {
	c.refreshFails, c.lastRefreshFailure, c.failingSince, c.authErrorLog = false, 0, 0, ""
}

func randomBetween(r *rand.Rand, from, to timestamp) timestamp {
	if to <= from {
		return from
	}
	return from + timestamp(r.Int64N(int64(to-from)))/1000*1000
}

// errorTime returns a time between a minute and some weeks ago, mostly in the last hours, not before created.
func errorTime(r *rand.Rand, created timestamp, start time.Time) timestamp {
	ago := time.Minute + time.Duration(float64(maxErrorAge)*math.Pow(r.Float64(), 4))
	at := timestampMs(start.Add(-ago))
	if at < created {
		return randomBetween(r, created, timestampMs(start))
	}
	return at
}

func connectionIDFor(r *rand.Rand, who *customer) string {
	switch p := r.IntN(100); {
	case p < 82:
		return fake.UUID(r)
	case p < 90:
		return "user-" + strconv.Itoa(r.IntN(10_000_000))
	case p < 94:
		return who.email
	case p < 97:
		return "org/" + who.slug + "/" + strconv.Itoa(r.IntN(1000))
	case p < 99:
		return who.slug + " " + strconv.Itoa(r.IntN(1000))
	}
	return string(js.Encode(js.NewObject("org", who.slug, "user", who.id)))
}

func metadataFor(r *rand.Rand, who *customer) string {
	switch p := r.IntN(100); {
	case p < 45:
		return "{}"
	case p < 65:
		return js.JSONB(js.NewObject("accountId", "acc_"+strconv.Itoa(r.IntN(1_000_000))))
	case p < 80:
		return who.fieldMapping
	case p < 90:
		return `{"seats":` + strconv.Itoa(1+r.IntN(500)) + `,"trial":` + strconv.FormatBool(p%2 == 0) + `,"owner_id":` +
			strconv.FormatInt(9_007_199_254_740_993+r.Int64N(1_000_000), 10) + `}`
	case p < 99:
		return `{"note":` + string(js.Encode(who.name)) + `,"folders":["inbox","archive"],"lastRun":null}`
	}
	return "null"
}

// configFor returns the connection config that the provider asks of a customer.
func configFor(p *catalog.Provider, who *customer) string {
	o := js.NewObject()
	for _, name := range p.ConnectionKeys {
		f := p.ConnectionConfig[name]
		switch {
		case f.Optional:
		case len(f.Enum) > 0:
			o.Set(name, f.Enum[0])
		case f.Pattern != "" || f.Format != "":
			o.Set(name, strings.TrimPrefix(f.Example, "https://"))
		default:
			o.Set(name, who.slug)
		}
	}
	return js.JSONB(o)
}

// addEdgeCases changes a few connections, if there are enough, into ones that break careless clients: ids that can be
// imported and listed and are rejected everywhere else, and names with escape sequences, newlines and reversed text.
func addEdgeCases(env *environment, r *rand.Rand) {
	if len(env.connections) < 2*len(edgeCases) {
		return
	}
	step := max(1, min(len(env.connections), 200)/len(edgeCases))
	for n, rare := range edgeCases {
		c := env.connections[len(env.connections)-1-n*step]
		if rare.id != "" {
			delete(c.integration.connections, c.connectionID)
			c.connectionID = rare.id
			c.integration.connections[c.connectionID] = c
		}
		if rare.name != "" {
			c.tags = js.JSONB(js.NewObject("end_user_id", fmt.Sprintf("rare-%d", n), "end_user_display_name", rare.name))
		}
		if rare.failed > 0 && c.integration.provider.AuthMode != "NONE" {
			at := timestampMs(env.start.Add(-rare.failed))
			c.created, c.updated = min(c.created, at), min(c.updated, at)
			c.failRefreshAt(r, at)
		}
	}
	slices.SortFunc(env.connections, olderFirst)
}

// edgeCase is what changes in a connection; failed is how long ago its refresh failed.
type edgeCase struct {
	id, name string
	failed   time.Duration
}

var edgeCases = []edgeCase{
	{failed: time.Minute},
	{id: `weird<>#?`},
	{name: "Red \x1b[31mAlert\x1b[0m GmbH"},
	{id: `{"org":"acme","user":42}`},
	{name: "Two\nLines Ltd"},
	{id: `team/eu/alpha beta`},
	{name: "Right\u202eodraw\u202c to left"},
	{failed: 3 * time.Minute},
	{id: `100%?&naïve`},
	{name: "\x1b]0;owned\x07Bell & Title"},
	{id: `o'hara "quoted"`, name: "Seán O'Hara 👩‍💻"},
	{id: `..`, failed: 2 * time.Hour},
}
