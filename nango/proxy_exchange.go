package nango

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// proxied reads the response to a proxied request. Its budget headers may be the provider's and were ignored.
func (c *Client) proxied(ctx context.Context, call Call, httpResponse *http.Response) (Response, *Error) {
	response := Response{Status: httpResponse.StatusCode, Header: httpResponse.Header, received: c.config.Now()}
	if err := response.take(httpResponse, call.sink); err != nil {
		if saving := new(savingError); errors.As(err, &saving) {
			return response, notSaved(call, response, saving.error, c.config.Secrets)
		}
		return c.cutOff(ctx, call, response, err)
	}
	c.config.Secrets.learnHeader(response.Header)
	c.config.Secrets.learn(response.Body)
	code, own := IsNangoResponse(response.proxied())
	if !own {
		return response, nil
	}
	if code == "too_many_request" {
		c.config.Limiter.block(c.config.Now().Add(max(retryAfter(response.Header, response.received), time.Second)))
	}
	return response, proxyError(call, response, code, c.config.Secrets)
}

// take reads the body: into the writer, if there is one and the response is not an error, else into memory.
func (a *Response) take(httpResponse *http.Response, sink io.Writer) (err error) {
	if sink != nil && httpResponse.StatusCode < 400 {
		a.saved = true
		a.size, err = io.Copy(saving{sink}, io.LimitReader(httpResponse.Body, MaxProxyFile))
		if err == nil && a.size == MaxProxyFile {
			a.cut = moreIn(httpResponse.Body)
		}
		return err
	}
	var body bytes.Buffer
	if known := httpResponse.ContentLength; known > 0 && known <= MaxProxyResponse {
		body.Grow(int(known) + bytes.MinRead) // so that 5 MB are not copied again and again
	}
	a.size, err = body.ReadFrom(io.LimitReader(httpResponse.Body, MaxProxyResponse))
	a.Body = body.Bytes()
	if err == nil && a.size == MaxProxyResponse {
		a.cut = moreIn(httpResponse.Body)
	}
	return err
}

// moreIn reports whether there is more to read.
func moreIn(body io.Reader) bool {
	n, _ := io.ReadFull(body, make([]byte, 1))
	return n > 0
}

// saving distinguishes a writer's errors from network errors.
type saving struct{ to io.Writer }

type savingError struct{ error }

func (s saving) Write(some []byte) (int, error) {
	n, err := s.to.Write(some)
	if err != nil {
		return n, &savingError{err}
	}
	return n, nil
}

// notSaved is the error for a response that could not be written. The request was carried out.
func notSaved(call Call, response Response, err error, secrets *Secrets) *Error {
	e := newError(call, NotSaved)
	e.Status, e.cause = response.Status, err
	e.Message = bounded(secrets.Mask("the response arrived but could not be written: " + err.Error()))
	return e
}
