package main

import (
	"sync"

	"nango-tui/models"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// demoProfile is the profile of the embedded Nango. It always exists.
const demoProfile = "demo"

// embedded is the Nango of the demo. There is one, however often it is switched to: what was done in it stays done.
type embedded struct {
	mu       sync.Mutex
	listener *sandbox.Listener // nil before it is first asked for
	key      nango.Secret
}

// start serves it on a free loopback port, unless it is served already.
func (e *embedded) start(o options) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.listener != nil {
		return nil
	}
	server := sandbox.New(sandbox.Options{Seed: o.seed, Connections: o.connections})
	listener, err := sandbox.Listen(server, "127.0.0.1:0")
	if err != nil {
		return err
	}
	e.listener, e.key = listener, nango.Secret(server.Keys().Environment)
	return nil
}

// connectDemo makes a session for the embedded Nango. The Close of the session ends it.
func (c *connector) connectDemo() (models.ActiveProfile, error) {
	if err := c.demo.start(c.options); err != nil {
		return models.ActiveProfile{}, err
	}
	session, err := c.session(profile{name: demoProfile, host: c.demo.listener.URL(), refresh: !c.options.readOnly}, c.demo.key)
	session.Close = c.demo.listener.Close
	return session, err
}
