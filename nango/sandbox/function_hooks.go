package sandbox

import (
	"encoding/json"
	"fmt"
	"time"

	"nango-tui/nango/sandbox/js"
)

// AddFunction deploys a function of an integration; one of the same kind and name is replaced. A
// sync that is deployed while the orchestrator is down is not one of the connections that are
// there already.
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

// SyncView is a sync of a connection as the world has it.
type SyncView struct {
	Status                  string
	Paused                  bool
	LastStart, LastEnd, Due time.Time // zero where it never ran; Due is zero while it is paused
	Failed                  bool
}

// Sync looks at a sync of a connection, in the variant base.
func (s *Server) Sync(integration, id, name string) (SyncView, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	conn := s.env.connection(integration, id)
	if conn == nil {
		return SyncView{}, false
	}
	f := conn.integration.function(name, kindSync)
	if f == nil {
		return SyncView{}, false
	}
	now := timestampMs(s.now())
	state := s.env.syncState(conn, f, baseVariant)
	state.advance(now)
	v := SyncView{Status: state.status(now), Paused: state.paused, Failed: state.completed.failed}
	if state.completed.start != 0 {
		v.LastStart, v.LastEnd = state.completed.start.time(), state.completed.end().time()
	}
	if !state.paused {
		v.Due = state.next(now).time()
	}
	return v, true
}

// ActionResult makes an action of an integration answer this from now on; nil makes it answer
// null.
func (s *Server) SetActionResult(integration, name string, output json.RawMessage, takes time.Duration) error {
	v, err := js.Decode(append(json.RawMessage{}, output...))
	if output == nil {
		v, err = nil, nil
	}
	if err != nil {
		return fmt.Errorf("output of %q: %w", name, err)
	}
	return s.changeAction(integration, name, outcome{output: v, duration: takes})
}

// FailAction makes an action fail from now on: with status 0 as a script error that carries
// payload, otherwise as a refusal of the provider with that status and body.
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
