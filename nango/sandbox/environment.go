package sandbox

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"nango-tui/nango/sandbox/catalog"
	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/upstream"
)

// timestamp is a time in microseconds since 1970, as PostgreSQL keeps it.
type timestamp int64

func toTimestamp(t time.Time) timestamp { return timestamp(t.UnixMicro()) }

// timestampMs is toTimestamp in whole milliseconds, as JavaScript keeps times.
func timestampMs(t time.Time) timestamp { return toTimestamp(t.Truncate(time.Millisecond)) }
func (s timestamp) time() time.Time     { return time.UnixMicro(int64(s)) }

type integration struct {
	number           int
	key, name        string // name is "" if the provider's name is shown
	provider         *catalog.Provider
	forwardWebhooks  bool
	credentials      *js.Object // nil for auth modes without app credentials
	config           *js.Object // integration_config, nil if none was sent
	custom           *js.Object
	created, updated timestamp
	connections      map[string]*connection // by connection id
	functions        []*function            // by kind and name
}

// endUser is a row of the deprecated end_user table. Connections share it.
type endUser struct {
	id, name, email string
	tags            string // JSON, "" for null
	orgID, orgName  string
}

// connection is a connection. Its JSON parts are kept as text, so that connections of one customer share them and a list
// is written without encoding.
type connection struct {
	id                 int // row number
	connectionID       string
	integration        *integration
	created, updated   timestamp
	lastFetched        timestamp // 0 if never
	tags               string
	metadata           string
	config             string
	webhookURL         string // webhook_url_override, "" for null
	endUser            *endUser
	credentials        *js.Object // nil until first used, see credentialsOf
	authErrorLog       string     // log_id of the auth error, "" for none
	syncErrorLog       string     // likewise, of the sync error
	cause              Cause      // of its errors in the logs, "" for one that fits
	lastRefreshFailure timestamp
	failingSince       timestamp    // the first of the refreshes that failed, 0 for none
	refreshFails       bool         // the next refresh fails
	large              bool         // syncs that can have many records have them here
	syncs              []*syncState // by name and variant; those that were used
}

// environment is an environment of the account and all its data. Server's mutex guards it.
type environment struct {
	id            int
	name          string
	production    bool
	keys          []environmentKey
	uuid          string // part of webhook URLs
	webhookKey    string // signing key
	webhookURL    string
	webhookStatus *int // of every receiver; nil = by its URL

	seed     uint64
	start    time.Time
	rng      *rand.Rand
	catalog  *catalog.Catalog
	upstream *upstream.Provider

	integrations     []*integration
	lastIntegration  int
	connections      []*connection // oldest first
	lastConnectionID int
	endUsers         map[string]*endUser
	variables        []variable
	sessions         map[string]*session // by token

	lastFunction int // function id
	lastEvent    int // id of an event function
	syncFailures []*syncFailure
	nextCheck    timestamp // when updateSyncErrors has something to do
	recordCache  recordCache
	asyncRuns    []*asyncRun // oldest first
	actionsRun   int         // number of actions run
	jobs         []*job      // oldest first
	logs         logs
	seeded       int // connections that were made at the start
}

// newEnvironment returns an empty environment. Environments of one account share the catalog.
func newEnvironment(id int, name string, seed uint64, start time.Time, c *catalog.Catalog) *environment {
	env := &environment{
		id: id, name: name, seed: seed, start: start, rng: rand.New(rand.NewPCG(seed, 0x6e616e676f)), catalog: c,
		upstream: upstream.New(seed), endUsers: map[string]*endUser{}, sessions: map[string]*session{},
	}
	env.uuid = fake.UUID(env.rng)
	return env
}

// logID returns a log id like 1795357740251_EKmT7arm: milliseconds and eight characters, as seen on v0.71.4.
func logID(r *rand.Rand, at timestamp) string {
	return fmt.Sprintf("%013d_%s", at/1000, fake.Alphanumeric(r, 8))
}

func (env *environment) integration(key string) *integration {
	for _, i := range env.integrations {
		if i.key == key {
			return i
		}
	}
	return nil
}

func (env *environment) connection(integrationKey, id string) *connection {
	if i := env.integration(integrationKey); i != nil {
		return i.connections[id]
	}
	return nil
}

func (env *environment) addIntegration(i *integration) {
	i.connections = map[string]*connection{}
	env.lastIntegration++
	i.number = env.lastIntegration
	env.integrations = append(env.integrations, i)
	slices.SortStableFunc(env.integrations, func(a, b *integration) int {
		return cmp.Or(strings.Compare(a.provider.Name, b.provider.Name), cmp.Compare(a.created, b.created))
	})
}

// addConnection numbers c and adds it to its integration and to the ordered list.
func (env *environment) addConnection(c *connection) {
	env.lastConnectionID++
	c.id = env.lastConnectionID
	c.integration.connections[c.connectionID] = c
	at, _ := slices.BinarySearchFunc(env.connections, c, olderFirst)
	env.connections = slices.Insert(env.connections, at, c)
}

func olderFirst(a, b *connection) int {
	return cmp.Or(cmp.Compare(a.created, b.created), cmp.Compare(a.id, b.id))
}

func (c *connection) errors() []any {
	var errors []any
	if c.authErrorLog != "" {
		errors = append(errors, js.NewObject("type", "auth", "log_id", c.authErrorLog))
	}
	if c.syncErrorLog != "" {
		errors = append(errors, js.NewObject("type", "sync", "log_id", c.syncErrorLog))
	}
	return errors
}

func (u *endUser) view() any {
	if u == nil {
		return nil
	}
	var organization any
	if u.orgID != "" {
		organization = js.NewObject("id", u.orgID, "display_name", stringOrNull(u.orgName))
	}
	return js.NewObject("id", u.id, "display_name", stringOrNull(u.name), "email", stringOrNull(u.email),
		"tags", json.RawMessage(cmp.Or(u.tags, "null")), "organization", organization)
}
