package main

import (
	"context"
	"fmt"
	"os/signal"
	"strings"

	"nango-tui/internal/clean"
	"nango-tui/internal/terminal"
	"nango-tui/nango/sandbox"
	"nango-tui/ui"
)

// sandboxGreeting says what a client needs. The keys open only this sandbox, so they are shown.
const sandboxGreeting = `An in-memory Nango with %s connections of seed %d. Its data is lost when it ends (ctrl+c).

  address                    %s
  key                        %s
  key without credentials    %s
  key for lists only         %s
  account key                %s

  curl -H 'Authorization: Bearer %s' '%s/connections?limit=10'
  NANGO_HOSTPORT=%s NANGO_API_KEY=%s nango-tui
`

// serveSandbox serves the in-memory Nango until a signal ends the program.
func serveSandbox(args []string, out, errs *clean.Writer) int {
	o, err := parseSandboxOptions(args, out)
	if err != nil {
		return reportUsage(err, errs)
	}
	ctx, stop := signal.NotifyContext(context.Background(), terminal.QuitSignals()...)
	defer stop()
	server := sandbox.New(sandbox.Options{
		Seed: o.seed, RandomKeys: !o.fixedKeys, Connections: o.connections, Server: sandbox.Version(o.server),
		Logs: demoLogs(o.fixedKeys),
	})
	listener, err := sandbox.Listen(server, o.listen)
	if err != nil {
		return reportError(err, errs)
	}
	url, keys := listener.URL(), server.Keys()
	greeting := fmt.Sprintf(sandboxGreeting, ui.Count(o.connections), o.seed, url, keys.Environment, keys.NoCredentials, keys.ListOnly,
		keys.Account, keys.Environment, url, url, keys.Environment)
	_ = out.Print(clean.Lines(strings.TrimSuffix(greeting, "\n"))...)
	<-ctx.Done()
	if err := listener.Close(); err != nil {
		return reportError(err, errs)
	}
	return 0
}
