package nango

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// Bounds for sending.
const (
	// MaxResponse is the maximum size of a response, in bytes. Nango's largest are 3 MB; records can be larger.
	MaxResponse   = 64 << 20
	MaxTries      = 4           // how often a read is sent at most. Everything else is sent once.
	maxRetryAfter = time.Minute // the longest wait that a server can ask for
	// maxWaits is how often a call waits for the budget, a minute each; other programs may use it up first.
	maxWaits   = 10
	retryDelay = 400 * time.Millisecond // the pause before the second try. It doubles with each try.
)

// Send sends any request. The caller is responsible for the user's confirmation.
func Send[T any](ctx context.Context, c *Client, r Request[T]) (T, error) {
	var zero T
	if r.refusal != nil {
		e := newError(r.call, RejectedLocally)
		e.Message, e.cause = bounded(c.config.Secrets.Mask(r.refusal.Error())), r.refusal
		return zero, e
	}
	var value T
	e := c.send(ctx, r.call, func(response Response) (err error) {
		value, err = r.decode(response)
		return err
	})
	if e != nil {
		return zero, e
	}
	return value, nil
}

// Fetch sends a read.
func Fetch[T any](ctx context.Context, c *Client, r Read[T]) (T, error) {
	return Send(ctx, c, r.request)
}

// unreadable is the error for a success response with unexpected content.
func (c *Client) unreadable(call Call, response Response, err error) *Error {
	e := newError(call, Malformed)
	e.Status, e.cause, e.OutcomeUnknown = response.Status, err, call.Effect.Changes()
	e.Message = bounded(c.config.Secrets.Mask(err.Error()))
	if errors.Is(err, errNoSuccess) {
		e.Kind, e.OutcomeUnknown = Rejected, false
	}
	return e
}

// sendForm sends a call in one form: it is checked, logged, recorded in the journal and sent, and its response is read.
func (c *Client) sendForm(ctx context.Context, call Call, decode func(Response) error) *Error {
	if e := c.refuses(call); e != nil {
		return e
	}
	c.config.Secrets.learnCall(call)
	entry := c.entry(call)
	id := c.config.Log.Begin(entry)
	response, end, e := c.try(ctx, call, &entry)
	if e == nil {
		if err := decode(response); err != nil {
			e = c.unreadable(call, response, err)
		}
	}
	c.learnOwner(call, e)
	c.end(id, entry, response, e)
	end(intentEnd(call, response, e))
	return e
}

func (c *Client) entry(call Call) LogEntry {
	return LogEntry{
		Operation: call.Operation, Effect: call.Effect, Method: call.Method, Host: c.host,
		Path: call.MaskedURI(c.config.Secrets), Began: c.config.Now(), Background: c.who == byItself,
	}
}

// end logs the end of a call.
func (c *Client) end(id int, entry LogEntry, response Response, e *Error) {
	entry.Duration = c.config.Now().Sub(entry.Began)
	entry.State, entry.Budget = Done, c.config.Limiter.Budget()
	entry.Status, entry.Size = response.Status, max(len(response.Body), int(response.size))
	if e != nil {
		entry.State, entry.Status = Failed, e.Status
		if entry.Code = e.Code; entry.Code == "" {
			entry.Code = e.Kind.Error()
		}
	}
	c.config.Log.End(id, entry)
	c.debugLine(entry)
}

// try sends a call once, or up to [MaxTries] times for a read. End records the outcome in the journal.
func (c *Client) try(ctx context.Context, call Call, entry *LogEntry) (_ Response, end func(IntentEnd), _ *Error) {
	notSent := func(IntentEnd) {}
	for {
		if e := c.await(ctx, call); e != nil {
			return Response{}, notSent, e
		}
		end, e := c.begin(call)
		if e != nil {
			return Response{}, notSent, e
		}
		entry.Tries++
		response, e := c.exchange(ctx, call)
		if e == nil || !mayRetry(call, e) || entry.Tries >= MaxTries {
			return response, end, e
		}
		if e.Kind == RateLimited && spendsBudget(call) {
			continue // await waits as long as needed
		}
		if err := c.config.Wait(ctx, max(backoff(entry.Tries), e.RetryAfter)); err != nil {
			return response, end, c.withoutResponse(ctx, call, err, false)
		}
	}
}

// mayRetry reports whether another try may succeed and is harmless.
func mayRetry(call Call, e *Error) bool {
	if !call.isRetryable() {
		return false
	}
	gateway := e.Status >= 502 && e.Status <= 504
	return e.Kind == Network || e.Kind == RateLimited || gateway
}

// backoff is the pause after a number of tries. It doubles, and varies by half so that clients don't retry in step.
func backoff(tries int) time.Duration {
	pause := retryDelay << (tries - 1)
	return pause/2 + rand.N(pause)
}

// await waits for the budget and shows that it does.
func (c *Client) await(ctx context.Context, call Call) *Error {
	if !spendsBudget(call) {
		return nil
	}
	limiter := c.config.Limiter
	for range maxWaits {
		now := c.config.Now()
		until := limiter.take(now, c.who, call.isRetryable())
		if until.IsZero() {
			return nil
		}
		done := limiter.wait(until)
		err := c.config.Wait(ctx, until.Sub(now))
		done()
		if err != nil {
			return c.withoutResponse(ctx, call, err, false)
		}
	}
	e := newError(call, RateLimited)
	e.Message = fmt.Sprintf("the request limit was used up all %d times it was waited for", maxWaits)
	return e
}
