package sandbox

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// stamp is a time in microseconds since 1970, which is what PostgreSQL keeps, at 8 bytes each.
type stamp int64

func stampOf(t time.Time) stamp     { return stamp(t.UnixMicro()) }
func (s stamp) time() time.Time     { return time.UnixMicro(int64(s)) }
func (s stamp) ms() int64           { return int64(s) / 1000 }
func millis(t time.Time) stamp      { return stampOf(t.Truncate(time.Millisecond)) }
func (s stamp) before(o stamp) bool { return s < o }

// integration is one configured provider.
type integration struct {
	key, name       string // name is "" where the provider's own is shown
	provider        *provider
	forwardWebhooks bool
	credentials     *object // nil for auth modes without app credentials
	config          *object // integration_config, nil where none was sent
	custom          *object
	created, edited stamp
	byID            map[string]*connection
	functions       []*function // by kind and name
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
	id           int
	connectionID string
	integration  *integration
	created      stamp
	updated      stamp
	fetched      stamp // 0 where it was never fetched
	tags         string
	metadata     string
	config       string
	override     string // webhook_url_override, "" for null
	endUser      *endUser
	creds        *object // nil until somebody asks
	authLog      string  // log_id of the auth error, "" for none
	syncLog      string
	lastFailure  stamp
	broken       bool         // its next refresh fails
	many         bool         // its syncs have many records, where they can
	syncs        []*syncState // by name and variant; made when somebody asks
}

// world is the state of one environment. Server's mutex guards it.
type world struct {
	seed         uint64
	start        time.Time
	rng          *rand.Rand
	environment  string // uuid, part of webhook URLs
	catalog      *catalog
	integrations []*integration
	ordered      []*connection // oldest first
	lastID       int
	endUsers     map[string]*endUser
	variables    []variable
	sessions     map[string]*session

	id           int // number of the environment
	webhookKey   string
	lastFunction int
	lastEvent    int
	troubles     []*trouble
	nextChange   stamp // when troubles are looked at again
	listing      listing
	async        []*asyncRun // oldest first
	actionsRun   int
	jobs         []*job  // oldest first
	upstreamHits *object // of the provider's flaky page, by key
}

func newWorld(seed uint64, start time.Time) *world {
	return newWorldOf(seed, start, embeddedCatalog())
}

// newWorldOf is an empty environment that shares its catalogue with others.
func newWorldOf(seed uint64, start time.Time, c *catalog) *world {
	w := &world{
		seed:     seed,
		start:    start,
		rng:      rand.New(rand.NewPCG(seed, 0x6e616e676f)),
		catalog:  c,
		endUsers: map[string]*endUser{},
		sessions: map[string]*session{},
		id:       ownEnvironment,

		upstreamHits: newObject(),
	}
	w.environment = uuid(w.rng)
	return w
}

// uuid is a random UUID of version 4, from the seed.
func uuid(r *rand.Rand) string {
	var b [16]byte
	putUint64(b[:8], r.Uint64())
	putUint64(b[8:], r.Uint64())
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	var t [36]byte
	hex.Encode(t[0:8], b[0:4])
	hex.Encode(t[9:13], b[4:6])
	hex.Encode(t[14:18], b[6:8])
	hex.Encode(t[19:23], b[8:10])
	hex.Encode(t[24:], b[10:])
	t[8], t[13], t[18], t[23] = '-', '-', '-', '-'
	return string(t[:])
}

func putUint64(b []byte, v uint64) {
	for i := range 8 {
		b[i] = byte(v >> (8 * i))
	}
}

const alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

func randomText(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte(alphanumeric[r.IntN(len(alphanumeric))])
	}
	return b.String()
}

// logID looks like 1795357740251_EKmT7arm: the milliseconds of the failure and eight characters,
// as seen on v0.71.4.
func logID(r *rand.Rand, at stamp) string { return fmt.Sprintf("%013d_%s", at.ms(), randomText(r, 8)) }

func (w *world) integration(key string) *integration {
	for _, i := range w.integrations {
		if i.key == key {
			return i
		}
	}
	return nil
}

func (w *world) connection(integrationKey, id string) *connection {
	if i := w.integration(integrationKey); i != nil {
		return i.byID[id]
	}
	return nil
}

func (w *world) addIntegration(i *integration) {
	i.byID = map[string]*connection{}
	w.integrations = append(w.integrations, i)
	slices.SortStableFunc(w.integrations, func(a, b *integration) int {
		return cmp.Or(strings.Compare(a.provider.Name, b.provider.Name), cmp.Compare(a.created, b.created))
	})
}

// removeIntegration takes its connections with it, as the server does.
func (w *world) removeIntegration(i *integration) {
	w.integrations = slices.DeleteFunc(w.integrations, func(x *integration) bool { return x == i })
	w.dropTroubles(func(t *trouble) bool { return t.conn.integration == i })
	w.ordered = slices.DeleteFunc(w.ordered, func(c *connection) bool { return c.integration == i })
}

// addConnection gives c its number and its place in the order of the list.
func (w *world) addConnection(c *connection) {
	w.lastID++
	c.id = w.lastID
	c.integration.byID[c.connectionID] = c
	at, _ := slices.BinarySearchFunc(w.ordered, c, olderFirst)
	w.ordered = slices.Insert(w.ordered, at, c)
}

func olderFirst(a, b *connection) int {
	return cmp.Or(cmp.Compare(a.created, b.created), cmp.Compare(a.id, b.id))
}

func (w *world) removeConnection(c *connection) {
	w.dropTroubles(func(t *trouble) bool { return t.conn == c })
	delete(c.integration.byID, c.connectionID)
	at, found := slices.BinarySearchFunc(w.ordered, c, olderFirst)
	if found {
		w.ordered = slices.Delete(w.ordered, at, at+1)
	}
}

func appendErrors(b []byte, c *connection) []byte {
	b = append(b, `"errors":[`...)
	if c.authLog != "" {
		b = append(b, `{"type":"auth","log_id":`...)
		b = append(appendString(b, c.authLog), '}')
	}
	if c.syncLog != "" {
		if c.authLog != "" {
			b = append(b, ',')
		}
		b = append(b, `{"type":"sync","log_id":`...)
		b = append(appendString(b, c.syncLog), '}')
	}
	return append(b, ']')
}

func appendNullable(b []byte, s string) []byte {
	if s == "" {
		return append(b, "null"...)
	}
	return appendString(b, s)
}

func appendEndUser(b []byte, u *endUser) []byte {
	if u == nil {
		return append(b, "null"...)
	}
	b = appendString(append(b, `{"id":`...), u.id)
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
	b = appendString(append(b, `{"id":`...), u.orgID)
	b = appendNullable(append(b, `,"display_name":`...), u.orgName)
	return append(b, "}}"...)
}
