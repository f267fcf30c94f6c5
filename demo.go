package main

import (
	"nango-tui/models"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// demoProfile is the profile of the embedded Nango. It always exists.
const demoProfile = "demo"

// connectDemo starts an embedded Nango on a free loopback port and makes a session for it. The session's Close ends it.
func (c *connector) connectDemo() (models.Session, error) {
	server := sandbox.New(sandbox.Options{Seed: c.options.seed, Connections: c.options.connections})
	listener, err := sandbox.Listen(server, "127.0.0.1:0")
	if err != nil {
		return models.Session{}, err
	}
	session, err := c.session(profile{name: demoProfile, host: listener.URL(), refresh: !c.options.readOnly}, nango.Secret(server.Keys().Environment))
	if err != nil {
		listener.Close()
		return models.Session{}, err
	}
	session.Close = listener.Close
	return session, nil
}
