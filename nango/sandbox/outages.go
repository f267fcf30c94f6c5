package sandbox

// Part is a part of Nango that can be down while its API answers.
type Part string

// The parts. Without the orchestrator commands to syncs are taken and nothing happens, status is
// 500 and actions fail; without the runner actions fail; without the execution environment nothing
// is compiled, tried or deployed.
const (
	Orchestrator         Part = "orchestrator"
	Runner               Part = "runner"
	ExecutionEnvironment Part = "execution environment"
)

// SetDown takes a part of the server down, or brings it back.
func (s *Server) SetDown(part Part, down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down[part] = down
}

// OrchestratorDown takes the orchestrator down, or brings it back.
func (s *Server) OrchestratorDown(down bool) { s.SetDown(Orchestrator, down) }
