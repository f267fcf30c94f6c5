package main

import (
	"context"
	"fmt"
	"io"
	"os/signal"

	"nango-tui/nango/sandbox"
	"nango-tui/ui"
)

// serveSandbox serves the embedded Nango until the program is told to end.
func serveSandbox(args []string, out, errs io.Writer) int {
	o, err := parseSandboxOptions(args, out)
	if err != nil {
		return refuse(err, errs)
	}
	ctx, stop := signal.NotifyContext(context.Background(), endingSignals()...)
	defer stop()
	server := sandbox.New(sandbox.Options{Seed: o.seed, Connections: o.connections})
	listener, err := sandbox.Listen(server, o.listen)
	if err != nil {
		return fail(err, errs)
	}
	describe(out, listener.URL(), o, server.Keys())
	<-ctx.Done()
	if err := listener.Close(); err != nil {
		return fail(err, errs)
	}
	return 0
}

// describe prints what a client needs. The keys open nothing but this sandbox, so they may be seen.
func describe(out io.Writer, url string, o sandboxOptions, keys sandbox.Keys) {
	fmt.Fprintf(out, `A Nango in memory, with %s connections of seed %d. It forgets everything when it ends (ctrl+c).

  address                    %s
  key                        %s
  key without credentials    %s
  key for the lists alone    %s
  key of the account         %s

  curl -H 'Authorization: Bearer %s' '%s/connections?limit=10'
  NANGO_HOSTPORT=%s NANGO_API_KEY=%s nango-tui
`, ui.Count(o.connections), o.seed, url, keys.Environment, keys.NoCredentials, keys.ListOnly, keys.Account,
		keys.Environment, url, url, keys.Environment)
}
