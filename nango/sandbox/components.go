package sandbox

import "fmt"

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
