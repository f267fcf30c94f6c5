package sandbox

import (
	"cmp"
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

// stamp is a time in microseconds since 1970, which is what PostgreSQL keeps, at 8 bytes each.
type timestamp int64

func toTimestamp(t time.Time) timestamp     { return timestamp(t.UnixMicro()) }
func (s timestamp) time() time.Time         { return time.UnixMicro(int64(s)) }
func (s timestamp) milliseconds() int64     { return int64(s) / 1000 }
func timestampMs(t time.Time) timestamp     { return toTimestamp(t.Truncate(time.Millisecond)) }
func (s timestamp) before(o timestamp) bool { return s < o }

// integration is one configured provider.
type integration struct {
	key, name        string // name is "" where the provider's own is shown
	provider         *catalog.Provider
	forwardWebhooks  bool
	credentials      *js.Object // nil for auth modes without app credentials
	config           *js.Object // integration_config, nil where none was sent
	custom           *js.Object
	created, updated timestamp
	connections      map[string]*connection
	functions        []*function // by kind and name
}

// endUser is a row of the deprecated end_user table; connections share it.
type endUser struct {
	id, name, email string
	tags            string // JSON, "" for null
	orgID, orgName  string
}

// connection is one row of the world. Its JSON parts are kept as the text that is sent, so that
// connections of one customer share it and a page is written without encoding anything.
type connection struct {
	id                 int
	connectionID       string
	integration        *integration
	created            timestamp
	updated            timestamp
	lastFetched        timestamp // 0 where it was never fetched
	tags               string
	metadata           string
	config             string
	webhookURL         string // webhook_url_override, "" for null
	endUser            *endUser
	credentials        *js.Object // nil until somebody asks
	authErrorLog       string     // log_id of the auth error, "" for none
	syncErrorLog       string
	lastRefreshFailure timestamp
	refreshFails       bool         // its next refresh fails
	large              bool         // its syncs have many records, where they can
	syncs              []*syncState // by name and variant; made when somebody asks
}

// environment is an environment of the account and all its data. Server's mutex guards it.
type environment struct {
	id         int
	name       string
	production bool
	keys       []environmentKey
	uuid       string // part of webhook URLs
	webhookKey string // signing key

	seed     uint64
	start    time.Time
	rng      *rand.Rand
	catalog  *catalog.Catalog
	upstream *upstream.Provider

	integrations     []*integration
	connections      []*connection // oldest first
	lastConnectionID int
	endUsers         map[string]*endUser
	variables        []variable
	sessions         map[string]*session // by token

	lastFunction int // id
	lastEvent    int // id of the last event function
	syncFailures []*syncFailure
	nextCheck    timestamp // when updateSyncErrors has something to do
	recordCache  recordCache
	asyncRuns    []*asyncRun // oldest first
	actionsRun   int
	jobs         []*job // oldest first
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

// logID looks like 1795357740251_EKmT7arm: the milliseconds of the failure and eight characters,
// as seen on v0.71.4.
func logID(r *rand.Rand, at timestamp) string {
	return fmt.Sprintf("%013d_%s", at.milliseconds(), fake.Alphanumeric(r, 8))
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
	env.integrations = append(env.integrations, i)
	slices.SortStableFunc(env.integrations, func(a, b *integration) int {
		return cmp.Or(strings.Compare(a.provider.Name, b.provider.Name), cmp.Compare(a.created, b.created))
	})
}

// removeIntegration takes its connections with it, as the server does.
func (env *environment) removeIntegration(i *integration) {
	env.integrations = slices.DeleteFunc(env.integrations, func(x *integration) bool { return x == i })
	env.removeSyncFailures(func(t *syncFailure) bool { return t.conn.integration == i })
	env.connections = slices.DeleteFunc(env.connections, func(c *connection) bool { return c.integration == i })
}

// addConnection gives c its number and its place in the order of the list.
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

func (env *environment) removeConnection(c *connection) {
	env.removeSyncFailures(func(t *syncFailure) bool { return t.conn == c })
	delete(c.integration.connections, c.connectionID)
	at, found := slices.BinarySearchFunc(env.connections, c, olderFirst)
	if found {
		env.connections = slices.Delete(env.connections, at, at+1)
	}
}

func appendErrors(b []byte, c *connection) []byte {
	b = append(b, `"errors":[`...)
	if c.authErrorLog != "" {
		b = append(b, `{"type":"auth","log_id":`...)
		b = append(js.AppendString(b, c.authErrorLog), '}')
	}
	if c.syncErrorLog != "" {
		if c.authErrorLog != "" {
			b = append(b, ',')
		}
		b = append(b, `{"type":"sync","log_id":`...)
		b = append(js.AppendString(b, c.syncErrorLog), '}')
	}
	return append(b, ']')
}

func appendNullable(b []byte, s string) []byte {
	if s == "" {
		return append(b, "null"...)
	}
	return js.AppendString(b, s)
}

func appendEndUser(b []byte, u *endUser) []byte {
	if u == nil {
		return append(b, "null"...)
	}
	b = js.AppendString(append(b, `{"id":`...), u.id)
	b = appendNullable(append(b, `,"display_name":`...), u.name)
	b = appendNullable(append(b, `,"email":`...), u.email)
	b = append(b, `,"tags":`...)
	if u.tags == "" {
		b = append(b, "null"...)
	} else {
		b = append(b, u.tags...)
	}
	b = append(b, `,"organization":`...)
	if u.orgID == "" {
		return append(b, "null}"...)
	}
	b = js.AppendString(append(b, `{"id":`...), u.orgID)
	b = appendNullable(append(b, `,"display_name":`...), u.orgName)
	return append(b, "}}"...)
}
