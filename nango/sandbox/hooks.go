package sandbox

import (
	"cmp"
	"encoding/json"
	"fmt"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

// IntegrationSpec is an integration to put into the world. Provider must be in the catalogue.
type IntegrationSpec struct {
	Key, Provider string
	Name          string    // "" = the provider's
	Created       time.Time // zero = now
}

// AddIntegration puts an integration into the world, with a made-up developer app where its auth
// mode has one.
func (s *Server) AddIntegration(spec IntegrationSpec) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.env.catalog.ByName[spec.Provider]
	if p == nil {
		return fmt.Errorf("no provider %q in the catalogue", spec.Provider)
	}
	if s.env.integration(spec.Key) != nil {
		return fmt.Errorf("integration %q is there already", spec.Key)
	}
	made := timestampMs(s.timeOr(spec.Created))
	s.env.addIntegration(&integration{
		key: spec.Key, name: spec.Name, provider: p, forwardWebhooks: true, created: made, updated: made,
		credentials: seededApp(s.env.rng, p.AuthMode, ""),
	})
	return nil
}

func (s *Server) timeOr(t time.Time) time.Time {
	if t.IsZero() {
		return s.now()
	}
	return t
}

// ConnectionSpec is a connection to put into the world.
type ConnectionSpec struct {
	Integration, ID string            // an empty ID is made up
	Tags            map[string]string // keys are kept as they are
	Metadata        json.RawMessage   // nil = {}
	Config          json.RawMessage   // connection_config; nil = {}
	Credentials     json.RawMessage   // as GET shows them; nil = made up
	WebhookURL      string
	Created         time.Time // zero = now
}

// AddConnection puts a connection into the world and answers its id. It holds nothing against
// Nango's rules, so that any state can be made.
func (s *Server) AddConnection(spec ConnectionSpec) (string, error) {
	parts := map[string]*js.Object{}
	for name, raw := range map[string]json.RawMessage{"metadata": spec.Metadata, "config": spec.Config, "credentials": spec.Credentials} {
		o, err := js.DecodeObject(raw)
		if err != nil {
			return "", fmt.Errorf("%s of connection %q: %w", name, spec.ID, err)
		}
		parts[name] = o
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.env.integration(spec.Integration)
	if i == nil {
		return "", fmt.Errorf("no integration %q", spec.Integration)
	}
	id := spec.ID
	if id == "" {
		id = fake.UUID(s.env.rng)
	}
	if i.connections[id] != nil {
		return "", fmt.Errorf("connection %q of %q is there already", id, i.key)
	}
	made := toTimestamp(s.timeOr(spec.Created))
	tags := js.NewObject()
	for k, v := range spec.Tags {
		tags.Set(k, v)
	}
	s.env.addConnection(&connection{
		connectionID: id, integration: i, created: made, updated: made, lastFetched: made, tags: js.JSONB(tags),
		metadata: jsonbOr(parts["metadata"], "{}"), config: jsonbOr(parts["config"], "{}"),
		credentials: parts["credentials"], webhookURL: spec.WebhookURL,
	})
	return id, nil
}

// SetVariable sets an environment variable.
func (s *Server) SetVariable(name, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for n := range s.env.variables {
		if s.env.variables[n].Name == name {
			s.env.variables[n].Value = value
			return
		}
	}
	s.env.variables = append(s.env.variables, variable{name, value})
}

// View is a connection as the world has it, for tests to look at without asking for it.
type ConnectionView struct {
	ID                                int
	Integration, Provider, Connection string
	Tags                              map[string]string
	Metadata, Config, Credentials     json.RawMessage
	WebhookURL                        string
	Created, Updated, Fetched         time.Time // Fetched is zero where it never was
	AuthError, SyncError              string    // log_id, "" for none
	EndUserID                         string
}

// Connection looks at a connection; looking stamps and refreshes nothing.
func (s *Server) Connection(integration, id string) (ConnectionView, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.env.updateSyncErrors(timestampMs(s.now()))
	c := s.env.connection(integration, id)
	if c == nil {
		return ConnectionView{}, false
	}
	v := ConnectionView{
		ID: c.id, Integration: c.integration.key, Provider: c.integration.provider.Name, Connection: c.connectionID,
		Tags: map[string]string{}, Metadata: json.RawMessage(c.metadata), Config: json.RawMessage(c.config),
		Credentials: js.Encode(s.env.credentialsOf(c)), WebhookURL: c.webhookURL, Created: c.created.time(), Updated: c.updated.time(),
		AuthError: c.authErrorLog, SyncError: c.syncErrorLog,
	}
	if c.lastFetched != 0 {
		v.Fetched = c.lastFetched.time()
	}
	if c.endUser != nil {
		v.EndUserID = c.endUser.id
	}
	tags := js.MustDecode(c.tags).(*js.Object)
	for _, k := range tags.Keys() {
		v.Tags[k] = tags.Str(k)
	}
	return v, true
}

// Len is the number of connections.
func (s *Server) ConnectionCount() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.env.connections)
}

// Failure is what Fail does to a connection.
type Failure string

// The failures. FailAuth is a refresh that failed just now and will fail again; FailNextRefresh
// shows nothing until somebody asks for credentials; Heal ends all of them.
const (
	FailAuth        Failure = "auth"
	FailNextRefresh Failure = "refresh"
	FailSync        Failure = "sync"
	Heal            Failure = "heal"
)

// Fail makes a connection fail, or heals it.
func (s *Server) Fail(integration, id string, kind Failure) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.env.connection(integration, id)
	if c == nil {
		return fmt.Errorf("no connection %q of %q", id, integration)
	}
	now := timestampMs(s.now())
	switch kind {
	case FailAuth:
		c.failRefreshAt(s.env.rng, now)
	case FailNextRefresh:
		c.refreshFails = true
	case FailSync:
		s.env.failSync(c, now)
	case Heal:
		c.refreshFails, c.lastRefreshFailure, c.authErrorLog = false, 0, ""
		s.env.healSyncs(c, now)
	default:
		return fmt.Errorf("no such failure: %q", kind)
	}
	return nil
}

// FinishSession plays the customer who finishes a connect session with an integration; "" is the
// session's only one. Credentials and config that are not in fields are made up. It answers the
// id of the connection, and fails when the session is over, the integration is not in it, or the
// provider refuses the credentials (a key or password that begins with "bad").
func (s *Server) FinishSession(token, integration string, fields map[string]string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	session := s.env.validSession(token, s.now())
	if session == nil {
		return "", errNoSession
	}
	if len(session.allowed) == 1 {
		integration = cmp.Or(integration, session.allowed[0])
	}
	return s.env.completeSession(session, integration, fields, s.now())
}

// SessionLives says whether a connect session's token still works.
func (s *Server) SessionValid(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.env.validSession(token, s.now()) != nil
}
