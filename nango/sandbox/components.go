package sandbox

import "fmt"

// Part is a part of Nango that can be down while its API answers.
type Component string

// The parts. Without the orchestrator commands to syncs are taken and nothing happens, status is
// 500 and actions fail; without the runner actions fail; without the execution environment nothing
// is compiled, tried or deployed.
const (
	Orchestrator         Component = "orchestrator"
	Runner               Component = "runner"
	ExecutionEnvironment Component = "execution environment"
)

// SetDown takes a part of the server down, or brings it back.
func (s *Server) SetDown(part Component, down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down[part] = down
}

// OrchestratorDown takes the orchestrator down, or brings it back.
func (s *Server) OrchestratorDown(down bool) { s.SetDown(Orchestrator, down) }

// LoseSchedule takes a sync of a connection its schedule: status is 500 wherever the sync is among those asked for, and
// commands to it are taken and come to nothing.
func (s *Server) RemoveSchedule(integration, id, sync string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	conn := s.env.connection(integration, id)
	if conn == nil {
		return fmt.Errorf("no connection %q of %q", id, integration)
	}
	states := s.env.syncsOf(conn, []selector{{sync, baseVariant}})
	if len(states) == 0 {
		return fmt.Errorf("no sync %q of connection %q", sync, id)
	}
	states[0].unscheduled = true
	return nil
}
