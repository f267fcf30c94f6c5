package nango

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
)

// cloudLogs has the log tools of [CloudHost].
const cloudLogs = "https://mcp.nango.dev"

// logsPath is where a server has the log tools.
const logsPath = "mcp"

// ErrLogsAddress is a malformed address of log tools.
var ErrLogsAddress = errors.New("expected the address of Nango's MCP server, such as https://mcp.example.com/mcp; " +
	"http is for this machine only")

// CheckLogsAddress returns the canonical form of the address of log tools, without the path /mcp. It must be https, or this machine.
func CheckLogsAddress(text string) (string, error) {
	address, _, err := logsAddress(Host{}, text)
	if err != nil || text == "" {
		return "", ErrLogsAddress
	}
	return address.String(), nil
}

// logsServer is where a client calls the log tools, and what is known about it.
type logsServer struct {
	// core is the client's own, or that of another address.
	core *core
	// host is the Host header; empty for that of the address.
	host string
	// isGuess means that nothing says that the address is right: it is the client's own. It is tried once.
	isGuess bool
	// turn is taken by the call that tries a guess.
	turn  chan struct{}
	found atomic.Bool
	// absent is the error that says that there are no log tools at the guessed address; nil if that isn't known.
	absent atomic.Pointer[Error]
	// oneByOne means that the server takes no batches.
	oneByOne atomic.Bool
}

// newLogsServer chooses the address: the one that the profile names, the cloud's for the cloud, else the client's own, with another
// name in the Host header. The key is sent nowhere else.
func newLogsServer(own *core, host Host) (*logsServer, error) {
	address, name, err := logsAddress(host, own.config.Logs)
	if err != nil {
		return nil, fmt.Errorf("logs: %w", err)
	}
	logs := &logsServer{core: own, host: name, turn: make(chan struct{}, 1)}
	if logs.isGuess = own.config.Logs == "" && own.host != CloudHost; logs.isGuess {
		if name == "" {
			logs.absent.Store(&Error{Kind: LogsNoAddress, Message: logs.whyAbsent()})
		}
		return logs, nil
	}
	if logs.core, err = newCore(own.config, address); err != nil {
		return nil, fmt.Errorf("logs: %w", err)
	}
	logs.core.logs, logs.core.debug = logs, own.debug
	return logs, nil
}

// logsAddress returns the address of the log tools without the path /mcp, and the Host header for the client's own address. That
// header is empty if there can be no log tools.
func logsAddress(host Host, named string) (address Host, name string, err error) {
	switch {
	case named == "" && host.String() == CloudHost:
		named = cloudLogs
	case named == "":
		return host, logsHost(host), nil
	}
	address, err = ParseHost(named)
	if err != nil || address.Check(false) != nil {
		return Host{}, "", ErrLogsAddress
	}
	address.path = strings.TrimSuffix(address.path, "/"+logsPath)
	return address, "", nil
}

// logsHost is the Host header by which a server tells the log tools from its API: mcp. before its name. It is empty for an IP address,
// which can't have such a name, unless it is this machine.
func logsHost(host Host) string {
	name := host.name
	if _, err := netip.ParseAddr(name); err == nil {
		if !host.IsLoopback() {
			return ""
		}
		name = "localhost"
	}
	return shortAddress(host.scheme, "mcp."+name, host.port)
}

// try waits until no other call tries a guess. It returns the error that is known by then. Done must be called after the call.
func (l *logsServer) try(ctx context.Context, c *Client, call Call) (done func(), e *Error) {
	done = func() {}
	if l.isGuess && !l.found.Load() && l.absent.Load() == nil {
		select {
		case l.turn <- struct{}{}:
			done = func() { <-l.turn }
		case <-ctx.Done():
			return done, c.withoutResponse(ctx, call, ctx.Err(), false)
		}
	}
	if known := l.absent.Load(); known != nil {
		e = new(*known)
		e.Operation = call.Operation
	}
	return done, e
}

func (l *logsServer) whyAbsent() string {
	switch {
	case l.host == "" && l.isGuess:
		return "the profile doesn't name the address of the logs, and its host is an IP address"
	case l.isGuess:
		return fmt.Sprintf("%s doesn't have Nango's log tools under the name %s, and the profile names no other address", l.core.host, l.host)
	}
	return l.core.host + " doesn't have Nango's log tools"
}

// learn remembers whether the guessed address is right.
func (l *logsServer) learn(e *Error) {
	switch {
	case e == nil || e.Kind == LogsDisabled || e.Kind == NotFound || len(e.Scopes) > 0:
		l.found.Store(true)
	case l.isGuess && !l.found.Load() && (e.Kind == LogsNoAddress || e.Kind == Redirected) &&
		e.Status != http.StatusUnauthorized && e.Status != http.StatusForbidden: // these may change
		l.absent.Store(e)
	}
}

// sendLogs sends a call of log tools to where they are.
func (c *Client) sendLogs(ctx context.Context, call Call, decode func(Response) error) *Error {
	done, e := c.logs.try(ctx, c, call)
	defer done()
	if e != nil {
		return e
	}
	there := &Client{core: c.logs.core, who: c.who}
	e = there.sendBatch(ctx, call, decode)
	c.logs.learn(e)
	return e
}

// sendBatch sends a call. If it is a batch that the server doesn't take, its parts are sent one by one, now and from then on.
func (c *Client) sendBatch(ctx context.Context, call Call, decode func(Response) error) *Error {
	if len(call.parts) < 2 {
		return c.sendForm(ctx, call, decode)
	}
	if !c.logs.oneByOne.Load() {
		if e := c.sendForm(ctx, call, decode); e == nil || !refusesBatch(e) {
			return e
		}
	}
	results := make([]logResult, len(call.parts))
	read := 0
	for i, part := range call.parts {
		e := c.sendForm(ctx, part, func(r Response) error {
			results[i] = r.results[0]
			return nil
		})
		switch {
		case e == nil:
			read++
		case read == 0 && (e.Kind != NotFound || i == len(call.parts)-1):
			return e
		default:
			results[i].err = e
		}
	}
	c.logs.oneByOne.Store(true)
	if err := decode(Response{results: results}); err != nil {
		return c.unreadable(call, Response{}, err)
	}
	return nil
}

// refusesBatch reports whether the error of a batch can be due to its being one. MCP has batches up to its version 2025-03-26.
func refusesBatch(e *Error) bool {
	return e.Kind == LogsTooNew || e.Kind == Malformed || e.Kind == ServerFailed && e.Status < http.StatusBadGateway
}
