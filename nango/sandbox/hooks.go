package sandbox

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

// IntegrationSpec is an integration to add. Provider must be in the catalog.
type IntegrationSpec struct {
	Key, Provider string
	Name          string    // "" = the provider's
	Scopes        string    // of the app, separated by commas
	Created       time.Time // zero = now
}

// AddIntegration adds an integration, with a made-up developer app in auth modes that have one.
func (s *Server) AddIntegration(spec IntegrationSpec) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.env.catalog.ByName[spec.Provider]
	if p == nil {
		return fmt.Errorf("no provider %q in the catalog", spec.Provider)
	}
	if s.env.integration(spec.Key) != nil {
		return fmt.Errorf("integration %q exists already", spec.Key)
	}
	created := timestampMs(s.timeOr(spec.Created))
	s.env.addIntegration(&integration{
		key: spec.Key, name: spec.Name, provider: p, forwardWebhooks: true, created: created, updated: created,
		credentials: seededApp(s.env.rng, p.AuthMode, spec.Scopes),
	})
	return nil
}

func (s *Server) timeOr(t time.Time) time.Time {
	if t.IsZero() {
		return s.now()
	}
	return t
}

// ConnectionSpec is a connection to add.
type ConnectionSpec struct {
	Integration, ID string            // an empty ID is made up
	Tags            map[string]string // keys are not lower-cased
	Metadata        json.RawMessage   // nil = {}
	Config          json.RawMessage   // connection_config; nil = {}
	Credentials     json.RawMessage   // as GET shows them; nil = made up
	WebhookURL      string
	Created         time.Time // zero = now
}

// AddConnection adds a connection and returns its id. It checks none of Nango's rules, so that a test can make any state.
func (s *Server) AddConnection(spec ConnectionSpec) (string, error) {
	metadata, err := js.DecodeObject(spec.Metadata)
	config, err2 := js.DecodeObject(spec.Config)
	credentials, err3 := js.DecodeObject(spec.Credentials)
	if err := cmp.Or(err, err2, err3); err != nil {
		return "", fmt.Errorf("metadata, config or credentials of connection %q: %w", spec.ID, err)
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
		return "", fmt.Errorf("connection %q of %q exists already", id, i.key)
	}
	created := toTimestamp(s.timeOr(spec.Created))
	tags := js.NewObject()
	for k, v := range spec.Tags {
		tags.Set(k, v)
	}
	s.env.addConnection(&connection{
		connectionID: id, integration: i, created: created, updated: created, lastFetched: created, tags: js.JSONB(tags),
		metadata: jsonbOr(metadata, "{}"), config: jsonbOr(config, "{}"), credentials: credentials, webhookURL: spec.WebhookURL,
	})
	return id, nil
}

// SetVariable sets an environment variable.
func (s *Server) SetVariable(name, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := variable{name, value}
	if at := slices.IndexFunc(s.env.variables, func(old variable) bool { return old.Name == name }); at >= 0 {
		s.env.variables[at] = v
		return
	}
	s.env.variables = append(s.env.variables, v)
}

// ConnectionView is the stored state of a connection, for tests.
type ConnectionView struct {
	ID                                int
	Integration, Provider, Connection string
	Tags                              map[string]string
	Metadata, Config, Credentials     json.RawMessage
	WebhookURL                        string
	Created, Updated, Fetched         time.Time // Fetched is zero if it never was
	AuthError, SyncError              string    // log_id, "" for none
	EndUserID                         string
}

// findConnection needs the lock.
func (s *Server) findConnection(integration, id string) (*connection, error) {
	if c := s.env.connection(integration, id); c != nil {
		return c, nil
	}
	return nil, fmt.Errorf("no connection %q of %q", id, integration)
}

// Connection returns the state of a connection. It changes nothing: no timestamp, no token.
func (s *Server) Connection(integration, id string) (ConnectionView, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.env.updateSyncErrors(s.timestamp())
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

// ConnectionCount returns the number of connections.
func (s *Server) ConnectionCount() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.env.connections)
}

// Failure is what Fail does to a connection.
type Failure string

// FailAuth is a refresh that failed just now and fails again. FailNextRefresh shows nothing until the next refresh. Heal
// ends all failures.
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
	c, err := s.findConnection(integration, id)
	if err != nil {
		return err
	}
	now := s.timestamp()
	switch kind {
	case FailAuth:
		c.failRefreshAt(s.env.rng, now)
		s.env.logAuthError(c)
	case FailNextRefresh:
		c.refreshFails = true
	case FailSync:
		s.env.failSync(c, now)
	case Heal:
		c.heal()
		s.env.healSyncs(c, now)
	default:
		return fmt.Errorf("no such failure: %q", kind)
	}
	return nil
}

// FinishSession completes a connect session as the customer would, and returns the id of the connection. integration ""
// is the session's only one. Credentials and config that are not in fields are made up. It returns an error if the session
// ended, doesn't allow the integration, or the provider rejects the credentials (a key or password that begins with "bad").
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

// SessionValid reports whether a connect session's token still works.
func (s *Server) SessionValid(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.env.validSession(token, s.now()) != nil
}

// Component is a part of Nango that can be down while the API answers.
type Component string

// Without the orchestrator, sync commands are accepted and ignored, sync status is 500, and actions fail. Without the
// runner, actions fail. Without the execution environment, no function is compiled, tested or deployed.
const (
	Orchestrator         Component = "orchestrator"
	Runner               Component = "runner"
	ExecutionEnvironment Component = "execution environment"
)

// SetDown takes a component down, or brings it back.
func (s *Server) SetDown(c Component, down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down[c] = down
}

// OrchestratorDown takes the orchestrator down, or brings it back.
func (s *Server) OrchestratorDown(down bool) { s.SetDown(Orchestrator, down) }

// RemoveSchedule removes the schedule of a sync of a connection. Its status is 500, also together with other syncs, and
// commands to it are accepted and ignored.
func (s *Server) RemoveSchedule(integration, id, sync string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	conn, err := s.findConnection(integration, id)
	if err != nil {
		return err
	}
	states := s.env.syncsOf(conn, []selector{{sync, baseVariant}})
	if len(states) == 0 {
		return fmt.Errorf("no sync %q of connection %q", sync, id)
	}
	states[0].unscheduled = true
	return nil
}

// AddFunction deploys a function of an integration, or replaces the one of the same kind and name. Connections that exist
// already don't get a sync that is deployed while the orchestrator is down.
func (s *Server) AddFunction(integration string, spec FunctionSpec) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.env.integration(integration)
	if i == nil {
		return fmt.Errorf("no integration %q", integration)
	}
	f, err := spec.function()
	if err != nil {
		return fmt.Errorf("function %q: %w", spec.Name, err)
	}
	f.deployed = deployedBefore(s.now(), spec.DaysAgo)
	if s.down[Orchestrator] {
		f.syncsSince = f.deployed
	}
	s.env.deploy(i, f)
	return nil
}

// SetActionResult sets the output of an action; nil is null.
func (s *Server) SetActionResult(integration, name string, output json.RawMessage, duration time.Duration) error {
	if output == nil {
		output = json.RawMessage("null")
	}
	v, err := js.Decode(output)
	if err != nil {
		return fmt.Errorf("output of %q: %w", name, err)
	}
	return s.changeAction(integration, name, outcome{output: v, duration: duration})
}

// FailAction makes an action fail: with status 0 by an error of the script that carries payload, otherwise by the
// provider's error with that status and body.
func (s *Server) FailAction(integration, name string, status int, payload json.RawMessage) error {
	v, err := js.Decode(payload)
	if err != nil {
		return fmt.Errorf("payload of %q: %w", name, err)
	}
	if status == 0 {
		return s.changeAction(integration, name, actionError(v))
	}
	return s.changeAction(integration, name, providerError(status, v))
}

func (s *Server) changeAction(integration, name string, out outcome) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.env.integration(integration)
	if i == nil || i.function(name, kindAction) == nil {
		return fmt.Errorf("no action %q of %q", name, integration)
	}
	i.function(name, kindAction).run = func(actionCall) outcome { return out }
	return nil
}
