package nango

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"time"
)

// exchange sends a call once and reads its answer.
func (c *Client) exchange(ctx context.Context, call Call) (Response, *Error) {
	ctx, cancel := context.WithTimeout(ctx, call.Timeout)
	defer cancel()
	transport, sent := c.transport(call)
	request, err := c.httpRequest(httptrace.WithClientTrace(ctx, sent.trace()), call)
	if err != nil {
		c.countOff(call, nil, false)
		return Response{}, c.ended(ctx, call, err, false)
	}
	response, err := transport.RoundTrip(request)
	c.countOff(call, response, sent.maybe())
	if err != nil {
		return Response{}, c.ended(ctx, call, err, sent.maybe())
	}
	defer func() { _ = response.Body.Close() }()
	if call.Operation.isProxied() {
		return c.proxied(ctx, call, response)
	}
	answer := Response{Status: response.StatusCode, Header: response.Header}
	answer.Body, err = io.ReadAll(io.LimitReader(response.Body, MaxResponse+1))
	if err != nil {
		return c.cutOff(ctx, call, answer, err)
	}
	return c.judge(call, answer)
}

// sending knows whether a request may have left this machine.
type sending struct {
	traced    bool // the transport tells when it has a connection
	connected bool
}

func (s *sending) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { s.connected = true }}
}

func (s *sending) maybe() bool { return s.connected || !s.traced }

func (c *Client) transport(call Call) (http.RoundTripper, *sending) {
	transport := c.once
	if call.isLook() {
		transport = c.reading
	}
	_, traced := transport.(*http.Transport)
	return transport, &sending{traced: traced}
}

// httpRequest makes the request. RoundTrip is called without an http.Client: so there is nobody to follow a
// redirect, keep a cookie or send a body again.
func (c *Client) httpRequest(ctx context.Context, call Call) (*http.Request, error) {
	var body io.Reader
	if call.Body != nil {
		body = bytes.NewReader(call.Body)
	}
	request, err := http.NewRequestWithContext(ctx, call.Method, call.URL(c.host), body)
	if err != nil {
		return nil, err
	}
	if uri := request.URL.RequestURI(); call.Target != "" && !strings.HasSuffix(uri, call.Target) {
		// net/url would escape "${", which Nango then does not know.
		request.URL.Opaque, request.URL.RawQuery = strings.TrimPrefix(call.URL(c.host), request.URL.Scheme+"://"+request.URL.Host), ""
	}
	request.GetBody = nil // without it net/http cannot send the body a second time
	for name, values := range call.Header {
		request.Header[http.CanonicalHeaderKey(name)] = values
	}
	secret := c.config.Key
	if call.Token != "" {
		secret = call.Token
	}
	request.Header.Set("Authorization", "Bearer "+secret.Reveal())
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", c.config.UserAgent)
	if call.Body != nil {
		request.Header.Set("Content-Type", call.contentType())
	}
	return request, nil
}

// countOff tells the limiter what became of a request.
func (c *Client) countOff(call Call, response *http.Response, sent bool) {
	limiter, now := c.config.Limiter, c.config.Now()
	switch {
	case !spendsBudget(call):
		return
	case response != nil && call.Operation.isProxied():
		limiter.landed(nil, now) // its headers, and a 429, may be the provider's
	case response != nil:
		limiter.landed(response.Header, now)
		if response.StatusCode == http.StatusTooManyRequests {
			limiter.block(now.Add(max(retryAfter(response.Header), time.Second)))
		}
	case sent:
		limiter.landed(nil, now)
	default:
		limiter.unsent()
	}
}

// spendsBudget says whether a call is paid for by the account's budget. What a session token pays for comes
// from another.
func spendsBudget(call Call) bool { return call.Token == "" }

// cutOff is an answer whose body broke off.
func (c *Client) cutOff(ctx context.Context, call Call, answer Response, err error) (Response, *Error) {
	e := c.ended(ctx, call, err, mayBeDone(answer.Status))
	e.Status = answer.Status
	if e.Kind == Network {
		e.Message = fmt.Sprintf("the answer broke off after %d bytes", len(answer.Body))
	}
	return Response{Status: answer.Status}, e
}

// mayBeDone says whether a status leaves it open that a change was made. From 400 to 499 it was refused.
func mayBeDone(status int) bool { return status < 400 || status >= 500 }

// judge says whether an answer is a success that can be decoded.
func (c *Client) judge(call Call, answer Response) (Response, *Error) {
	if len(answer.Body) > MaxResponse {
		e := newError(call, TooLarge)
		e.Status, e.OutcomeUnknown = answer.Status, call.Effect.Changes() && mayBeDone(answer.Status)
		e.Message = fmt.Sprintf("the answer has more than %d MB, which is the most that is read", MaxResponse>>20)
		return Response{Status: answer.Status}, e
	}
	c.learnSecrets(call, answer)
	if isError(answer.Status) {
		return answer, answerError(call, answer, c.config.Secrets)
	}
	if answer.Status != http.StatusNoContent && len(answer.Body) > 0 && !isJSON(answer) {
		e := newError(call, NotNango)
		e.Status = answer.Status
		foreignAnswer(e, call)
		e.OutcomeUnknown = call.Effect.Changes()
		return answer, e
	}
	return answer, nil
}

// learnSecrets remembers what an answer holds of secrets, before any of its text is kept. Lists hold none by
// structure, and are long.
func (c *Client) learnSecrets(call Call, answer Response) {
	switch call.Operation {
	case OpConnectionsList, OpIntegrationsList, OpProvidersList, OpProviderGet, OpProviderTemplates,
		OpSyncsList, OpRecordsList, OpScriptsList, OpFunctionsList, OpFunctionGet:
		return
	case OpEnvironmentVariables:
		var variables []Variable
		if json.Unmarshal(answer.Body, &variables) == nil {
			values := make([]string, 0, len(variables))
			for _, variable := range variables {
				values = append(values, variable.Value.Reveal())
			}
			c.config.Secrets.addLikely(values...)
		}
		return
	}
	c.config.Secrets.learn(answer.Body)
}

// ended is the error of a call that has no answer. Where it may have left this machine and changes
// something, nobody knows whether it was done.
func (c *Client) ended(ctx context.Context, call Call, err error, sent bool) *Error {
	e := newError(call, Network)
	e.cause, e.OutcomeUnknown = err, sent && call.Effect.Changes()
	switch {
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(ctx.Err(), context.DeadlineExceeded):
		e.Kind, e.Message = Timeout, fmt.Sprintf("no answer from %s within the time limit", c.host)
	case errors.Is(err, context.Canceled) || ctx.Err() != nil:
		e.Kind, e.Message = Canceled, "given up before the answer came"
	default:
		e.Message = bounded(c.config.Secrets.Mask(networkReason(err)))
	}
	return e
}

// networkReason is the innermost words of a network error; the outer ones name addresses twice.
func networkReason(err error) string {
	var dns *net.DNSError
	var operation *net.OpError
	switch {
	case errors.As(err, &dns):
		return "the host is not known: " + dns.Name
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection was closed before the answer came"
	case errors.As(err, &operation):
		return operation.Error()
	}
	return err.Error()
}
