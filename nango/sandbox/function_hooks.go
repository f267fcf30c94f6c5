package sandbox

import (
	"encoding/json"
	"fmt"
	"time"

	"nango-tui/nango/sandbox/js"
)

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
