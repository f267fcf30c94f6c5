package nango

import (
	"bytes"
	"context"
	"crypto/x509"
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

// exchange sends a call once and reads its response.
func (c *Client) exchange(ctx context.Context, call Call) (Response, *Error) {
	ctx, cancel := context.WithTimeout(ctx, call.Timeout)
	defer cancel()
	transport, sent := c.transport(call)
	request, err := c.httpRequest(httptrace.WithClientTrace(ctx, sent.trace()), call)
	if err != nil {
		c.countOff(call, nil, false)
		return Response{}, c.withoutResponse(ctx, call, err, false)
	}
	httpResponse, err := transport.RoundTrip(request)
	c.countOff(call, httpResponse, sent.maybe())
	if err != nil {
		return Response{}, c.nameProxy(c.withoutResponse(ctx, call, err, sent.maybe()), err, sent)
	}
	defer func() { _ = httpResponse.Body.Close() }()
	if call.Operation.isProxied() && !c.isFromProxy(httpResponse.StatusCode) {
		return c.proxied(ctx, call, httpResponse)
	}
	response := Response{Status: httpResponse.StatusCode, Header: httpResponse.Header, received: c.config.Now(), host: c.host}
	if call.Operation.ofLogs() {
		return c.logsResponse(ctx, call, response, httpResponse)
	}
	return c.bodyOf(ctx, call, response, httpResponse)
}

// bodyOf completes a response with its body, and checks it.
func (c *Client) bodyOf(ctx context.Context, call Call, response Response, from *http.Response) (_ Response, e *Error) {
	var err error
	response.Body, err = readBody(from)
	if err != nil {
		return c.cutOff(ctx, call, response, err)
	}
	response.Body = withoutBOM(response.Body)
	checked, e := c.checkResponse(call, response)
	return checked, c.nameProxyInResponse(e, response)
}

// maxSized is the largest buffer that is made because a response says that it is as long. A longer one grows as it arrives.
const maxSized = 8 << 20

// readBody reads a body up to the first byte beyond [MaxResponse]. What arrived before an error is returned, too.
func readBody(response *http.Response) ([]byte, error) {
	size := min(max(response.ContentLength, 0), maxSized) + bytes.MinRead // with this much room at the end, it doesn't grow
	body := bytes.NewBuffer(make([]byte, 0, size))
	_, err := body.ReadFrom(io.LimitReader(response.Body, MaxResponse+1))
	return body.Bytes(), err
}

func (c *Client) transport(call Call) (http.RoundTripper, *sending) {
	transport := c.once
	if call.isRetryable() {
		transport = c.reading
	}
	_, traced := transport.(*http.Transport)
	return transport, &sending{traced: traced}
}

// httpRequest creates the HTTP request. It is sent with RoundTrip, not with an http.Client, so redirects are not
// followed, cookies are not kept, and bodies are not sent again.
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
		// net/url would escape "${", which Nango then doesn't recognize.
		request.URL.Opaque, request.URL.RawQuery = strings.TrimPrefix(call.URL(c.host), request.URL.Scheme+"://"+request.URL.Host), ""
	}
	request.GetBody = nil // without GetBody, net/http can't send the body a second time
	for name, values := range call.Header {
		request.Header[http.CanonicalHeaderKey(name)] = values
	}
	secret := c.config.Key
	if call.Token != "" {
		secret = call.Token
	}
	request.Header.Set("Authorization", "Bearer "+secret.Reveal())
	if request.Header.Get("Accept") == "" {
		request.Header.Set("Accept", jsonMedia)
	}
	if call.Operation.ofLogs() && c.logs.host != "" {
		request.Host = c.logs.host
	}
	request.Header.Set("User-Agent", c.config.UserAgent)
	if call.Body != nil {
		request.Header.Set("Content-Type", call.contentType())
	}
	return request, nil
}

// countOff reports the end of a request to the limiter.
func (c *Client) countOff(call Call, response *http.Response, sent bool) {
	limiter, now := c.config.Limiter, c.config.Now()
	switch {
	case !spendsBudget(call):
		return
	case response != nil && call.Operation.isProxied():
		limiter.finish(nil, now) // its headers, and a 429, may come from the provider
	case response != nil:
		limiter.finish(response.Header, now)
		if response.StatusCode == http.StatusTooManyRequests {
			limiter.block(now.Add(max(retryAfter(response.Header, now), time.Second)))
		}
	case sent:
		limiter.finish(nil, now)
	default:
		limiter.unsent()
	}
}

// spendsBudget reports whether a call counts against the account's budget. Calls with a session token count against
// another.
func spendsBudget(call Call) bool { return call.Token == "" }

// cutOff is the error for a response whose body ended early.
func (c *Client) cutOff(ctx context.Context, call Call, response Response, err error) (Response, *Error) {
	e := c.withoutResponse(ctx, call, err, mayBeDone(response.Status))
	e.Status = response.Status
	if e.Kind == Network {
		e.Message = fmt.Sprintf("the response ended early, after %d bytes", len(response.Body))
	}
	return Response{Status: response.Status}, e
}

// mayBeDone reports whether a change may have been made despite the status. With 400 to 499 it was refused.
func mayBeDone(status int) bool { return status < 400 || status >= 500 }

// checkResponse returns an error unless the response is a success that can be decoded.
func (c *Client) checkResponse(call Call, response Response) (Response, *Error) {
	if len(response.Body) > MaxResponse {
		e := newError(call, TooLarge)
		e.Status, e.OutcomeUnknown = response.Status, call.Effect.Changes() && mayBeDone(response.Status)
		e.Message = fmt.Sprintf("the response is larger than %d MB, the maximum", MaxResponse>>20)
		return Response{Status: response.Status}, e
	}
	c.learnSecrets(call, response)
	if isError(response.Status) {
		return response, responseError(call, response, c.config.Secrets)
	}
	if response.Status != http.StatusNoContent && len(response.Body) > 0 && !isJSON(response) {
		e := newError(call, NotNango)
		e.Status = response.Status
		foreignResponse(e, response, c.config.Secrets)
		e.OutcomeUnknown = call.Effect.Changes()
		return response, e
	}
	return response, nil
}

// learnSecrets remembers the secrets in a response before any of its text is stored. Lists contain none by their
// structure, and are long.
func (c *Client) learnSecrets(call Call, response Response) {
	switch call.Operation {
	case OpConnectionsList, OpIntegrationsList, OpProvidersList, OpProviderGet, OpProviderTemplates,
		OpSyncsList, OpRecordsList, OpScriptsList, OpFunctionsList, OpFunctionGet:
		return
	case OpEnvironmentVariables:
		var variables []Variable
		if json.Unmarshal(response.Body, &variables) == nil {
			values := make([]string, 0, len(variables))
			for _, variable := range variables {
				values = append(values, variable.Value.Reveal())
			}
			c.config.Secrets.addLikely(values...)
		}
		return
	}
	c.config.Secrets.learn(response.Body)
	if call.Operation == OpSessionCreate || call.Operation == OpSessionReconnect {
		if session, err := decodeSession(response); err == nil {
			c.config.Secrets.Add(session.Link.Reveal()) // it may say more than the response
		}
	}
}

// withoutResponse is the error for a call without a response. If it makes a change and may have left this machine,
// its outcome is unknown.
func (c *Client) withoutResponse(ctx context.Context, call Call, err error, sent bool) *Error {
	e := newError(call, Network)
	e.cause, e.OutcomeUnknown = err, sent && call.Effect.Changes()
	switch {
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(ctx.Err(), context.DeadlineExceeded):
		e.Kind, e.Message = Timeout, fmt.Sprintf("no response from %s within the time limit", c.host)
	case errors.Is(err, context.Canceled) || ctx.Err() != nil:
		e.Kind, e.Message = Canceled, "canceled before a response arrived"
	default:
		e.Message = bounded(c.config.Secrets.Mask(networkReason(err)))
	}
	return e
}

// networkReason returns the innermost text of a network error. The outer texts repeat addresses.
func networkReason(err error) string {
	var dns *net.DNSError
	var operation *net.OpError
	var authority x509.UnknownAuthorityError
	switch {
	case errors.As(err, &authority):
		return "its certificate is not from a CA that this system knows; a profile can name the CA of its host with tls: {ca: FILE}"
	case errors.As(err, &dns):
		return "unknown host: " + dns.Name
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection was closed before a response arrived"
	case errors.As(err, &operation):
		return operation.Error()
	}
	return err.Error()
}
