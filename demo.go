package main

import (
	"sync"
	"time"

	"nango-tui/internal/config"
	"nango-tui/internal/guard"
	"nango-tui/models"
	"nango-tui/nango"
	"nango-tui/nango/sandbox"
)

// demoProfile is the profile of the demo, which always exists.
const demoProfile = "demo"

// demoServer is the in-memory Nango of the demo. It keeps its state when the user switches to another profile and back.
type demoServer struct {
	mu       sync.Mutex
	listener *sandbox.Listener // nil before the first use
	key      nango.Secret
}

// start serves it on a free loopback port, unless it is running.
func (d *demoServer) start(o options) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.listener != nil {
		return nil
	}
	server := sandbox.New(sandbox.Options{
		Seed: o.seed, RandomKeys: !o.fixedKeys, Connections: o.connections, Logs: demoLogs(o.fixedKeys),
	})
	listener, err := sandbox.Listen(server, "127.0.0.1:0")
	if err != nil {
		return err
	}
	d.listener, d.key = listener, nango.Secret(server.Keys().Environment)
	return nil
}

// demoActivity is the time between operations that appear in the logs of the in-memory Nango by themselves.
const demoActivity = 7 * time.Second

// demoLogs are the logs of the in-memory Nango. With a seed that was asked for, they don't change by themselves.
func demoLogs(fixed bool) sandbox.LogOptions {
	if fixed {
		return sandbox.LogOptions{}
	}
	return sandbox.LogOptions{Activity: demoActivity}
}

// connectDemo connects to the demo, which the Close of the active profile ends.
func (c *connector) connectDemo() (models.ActiveProfile, error) {
	if err := c.demo.start(c.options); err != nil {
		return models.ActiveProfile{}, err
	}
	p := config.Profile{Profile: guard.Profile{
		Name: demoProfile, Host: c.demo.listener.URL(), ReadOnly: c.options.readOnly, MayRefresh: !c.options.readOnly,
	}}
	active, err := c.activate(p, c.demo.key, nil)
	active.Close = c.demo.listener.Close
	return active, err
}
