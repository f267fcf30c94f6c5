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
)

const (
	oldest          = 3 * 365 * 24 * time.Hour // the oldest seeded connection, about
	authErrorShare  = 0.03
	syncErrorShare  = 0.015
	legacyShare     = 0.04 // customers with an end_user row, as they were made before tags
	untaggedShare   = 0.08
	overrideShare   = 0.03                // with a webhook URL of their own
	staleErrorShare = 20 * 24 * time.Hour // the oldest error, about
)

// seededIntegration is an integration of the made-up environment; weight is its share of the
// connections.
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

// populate fills an empty world with n connections of a believable mix. No connections means an
// empty environment: no integrations and no variables either.
func populate(w *world, n int) {
	if n == 0 {
		return
	}
	r := rand.New(rand.NewPCG(w.seed, 0x776f726c64))
	picks := addSeededIntegrations(w, r)
	w.seedFunctions()
	w.variables = []variable{
		{"APP_URL", "https://app.example.com"},
		{"SEGMENT_WRITE_KEY", randomText(r, 32)},
		{"FEATURE_SYNC_V2", "true"},
	}
	customers := makeCustomers(r, max(1, n*2/5))
	w.ordered = make([]*connection, 0, n)
	rows := make([]connection, n)
	for i, age := range ages(r, n) {
		c := &rows[i]
		fill(w, r, c, &customers[r.IntN(len(customers))], picks[r.IntN(len(picks))], w.start.Add(-age))
		for c.integration.byID[c.connectionID] != nil {
			c.connectionID = uuid(r)
		}
		w.addConnection(c)
	}
	addRarities(w, r)
	w.markMany()
	w.seedTroubles()
}

func addSeededIntegrations(w *world, r *rand.Rand) []*integration {
	var picks []*integration
	for n, seed := range seededIntegrations {
		p := w.catalog.byName[seed.provider]
		made := millis(w.start.Add(-oldest - time.Duration(len(seededIntegrations)-n)*36*time.Hour))
		i := &integration{key: seed.key, name: seed.name, provider: p, forwardWebhooks: n%5 != 4, created: made, edited: made}
		i.credentials = seededApp(r, p.AuthMode, seed.scopes)
		w.addIntegration(i)
		for range seed.weight {
			picks = append(picks, i)
		}
	}
	return picks
}

// seededApp is the developer app of an integration, in the modes that have one.
func seededApp(r *rand.Rand, mode, scopes string) *object {
	switch mode {
	case "OAUTH1", "OAUTH2", "TBA":
		return newObject("type", mode, "client_id", randomText(r, 20), "client_secret", randomText(r, 40),
			"scopes", scopes, "webhook_secret", nil)
	case "APP":
		return newObject("type", mode, "app_id", strconv.Itoa(100_000+r.IntN(900_000)), "private_key", fakePEM(r),
			"app_link", "https://github.com/apps/example-app")
	}
	return nil
}

func fakePEM(r *rand.Rand) string {
	return "-----BEGIN RSA PRIVATE KEY-----\n" + randomText(r, 64) + "\n-----END RSA PRIVATE KEY-----"
}

// ages are n ages from minutes to years, oldest first; half of them are under five months.
func ages(r *rand.Rand, n int) []time.Duration {
	out := make([]time.Duration, n)
	for i := range out {
		u := r.Float64()
		out[i] = 2*time.Minute + time.Duration(float64(oldest)*u*u*u)
	}
	slices.SortFunc(out, func(a, b time.Duration) int { return cmp.Compare(b, a) })
	return out
}

func fill(w *world, r *rand.Rand, c *connection, who *customer, i *integration, made time.Time) {
	c.integration = i
	c.created = millis(made)
	c.updated = c.created
	if i.provider.AuthMode != "NONE" {
		c.fetched = between(r, c.created, millis(w.start))
	}
	if r.Float64() < overrideShare {
		c.override = "https://hooks." + who.slug + ".example/nango"
	}
	c.connectionID = connectionIDFor(r, who)
	c.tags = who.tags
	c.endUser = who.endUser
	if who.endUser != nil {
		w.endUsers[who.endUser.id] = who.endUser
	}
	c.metadata = metadataFor(r, who)
	c.config = configFor(i.provider, who)
	if r.Float64() < authErrorShare && i.provider.AuthMode != "NONE" {
		c.breakAt(r, errorTime(r, c.created, w.start))
	}
	if r.Float64() < syncErrorShare {
		c.syncLog = logID(r, errorTime(r, c.created, w.start))
	}
}

// breakAt gives a connection an auth error of that time; whoever reads it next sees the refresh
// fail once more before the server backs off.
func (c *connection) breakAt(r *rand.Rand, at stamp) {
	c.broken = true
	c.authLog = logID(r, at)
}

func between(r *rand.Rand, from, to stamp) stamp {
	if to <= from {
		return from
	}
	return from + stamp(r.Int64N(int64(to-from)))/1000*1000
}

// errorTime lies between a minute ago and some weeks, most often in the last hours, and never
// before the connection was made.
func errorTime(r *rand.Rand, made stamp, start time.Time) stamp {
	u := r.Float64()
	ago := time.Minute + time.Duration(float64(staleErrorShare)*math.Pow(u, 4))
	at := millis(start.Add(-ago))
	if at.before(made) {
		return between(r, made, millis(start))
	}
	return at
}

func connectionIDFor(r *rand.Rand, who *customer) string {
	switch p := r.IntN(100); {
	case p < 82:
		return uuid(r)
	case p < 90:
		return "user-" + strconv.Itoa(r.IntN(10_000_000))
	case p < 94:
		return who.email
	case p < 97:
		return "org/" + who.slug + "/" + strconv.Itoa(r.IntN(1000))
	case p < 99:
		return who.slug + " " + strconv.Itoa(r.IntN(1000))
	}
	return string(encode(newObject("org", who.slug, "user", who.id)))
}

func metadataFor(r *rand.Rand, who *customer) string {
	switch p := r.IntN(100); {
	case p < 45:
		return "{}"
	case p < 65:
		return jsonb(newObject("accountId", "acc_"+strconv.Itoa(r.IntN(1_000_000))))
	case p < 80:
		return who.fieldMapping
	case p < 90:
		return `{"seats":` + strconv.Itoa(1+r.IntN(500)) + `,"trial":` + strconv.FormatBool(p%2 == 0) + `,"owner_id":` +
			strconv.FormatInt(9_007_199_254_740_993+r.Int64N(1_000_000), 10) + `}`
	case p < 99:
		return `{"note":` + string(encode(who.name)) + `,"folders":["inbox","archive"],"lastRun":null}`
	}
	return "null"
}

// configFor fills in what the provider asks of a customer.
func configFor(p *provider, who *customer) string {
	if len(p.fields.config) == 0 {
		return "{}"
	}
	o := newObject()
	for _, name := range p.fields.config {
		f := p.ConnectionConfig[name]
		switch {
		case f.Optional:
		case len(f.Enum) > 0:
			o.set(name, f.Enum[0])
		case f.Pattern != "" || f.Format != "":
			o.set(name, strings.TrimPrefix(f.Example, "https://"))
		default:
			o.set(name, who.slug)
		}
	}
	return jsonb(o)
}

// addRarities changes a few connections of a world that is large enough into the ones that break
// careless clients: ids that can be imported and listed and are refused everywhere else, and
// names with escape sequences, newlines and reversed text.
func addRarities(w *world, r *rand.Rand) {
	const wanted = 12
	if len(w.ordered) < 2*wanted {
		return
	}
	step := max(1, min(len(w.ordered), 200)/wanted)
	for n, rare := range rarities {
		c := w.ordered[len(w.ordered)-1-n*step]
		if rare.id != "" {
			delete(c.integration.byID, c.connectionID)
			c.connectionID = rare.id
			c.integration.byID[c.connectionID] = c
		}
		if rare.name != "" {
			c.tags = jsonb(newObject("end_user_id", fmt.Sprintf("rare-%d", n), "end_user_display_name", rare.name))
		}
		if rare.failed > 0 && c.integration.provider.AuthMode != "NONE" {
			at := millis(w.start.Add(-rare.failed))
			c.created, c.updated = min(c.created, at), min(c.updated, at)
			c.breakAt(r, at)
		}
	}
	slices.SortFunc(w.ordered, olderFirst)
}

// rarity is what is changed of a connection; failed is how long ago its refresh failed.
type rarity struct {
	id, name string
	failed   time.Duration
}

var rarities = []rarity{
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
