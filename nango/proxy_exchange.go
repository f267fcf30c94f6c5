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
func (c *Client) proxied(ctx context.Context, call Call, response *http.Response) (Response, *Error) {
	answer := Response{Status: response.StatusCode, Header: response.Header}
	if err := answer.take(response, call.sink); err != nil {
		if saving := new(savingError); errors.As(err, &saving) {
			return answer, notSaved(call, answer, saving.error, c.config.Secrets)
		}
		return c.cutOff(ctx, call, answer, err)
	}
	c.config.Secrets.learnHeader(answer.Header)
	c.config.Secrets.learn(answer.Body)
	code, own := IsNangoResponse(answer.proxied())
	if !own {
		return answer, nil
	}
	if code == "too_many_request" {
		c.config.Limiter.block(c.config.Now().Add(max(retryAfter(answer.Header), time.Second)))
	}
	return answer, proxyError(call, answer, code, c.config.Secrets)
}

// take reads the body: into the writer, if there is one and the response is not an error, else into memory.
func (a *Response) take(response *http.Response, sink io.Writer) (err error) {
	if sink != nil && response.StatusCode < 400 {
		a.saved = true
		a.size, err = io.Copy(saving{sink}, io.LimitReader(response.Body, MaxProxyFile))
		if err == nil && a.size == MaxProxyFile {
			a.cut = moreIn(response.Body)
		}
		return err
	}
	var body bytes.Buffer
	if known := response.ContentLength; known > 0 && known <= MaxProxyResponse {
		body.Grow(int(known) + bytes.MinRead) // so that 5 MB are not copied again and again
	}
	a.size, err = body.ReadFrom(io.LimitReader(response.Body, MaxProxyResponse))
	a.Body = body.Bytes()
	if err == nil && a.size == MaxProxyResponse {
		a.cut = moreIn(response.Body)
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
func notSaved(call Call, answer Response, err error, secrets *Secrets) *Error {
	e := newError(call, NotSaved)
	e.Status, e.cause = answer.Status, err
	e.Message = bounded(secrets.Mask("the response arrived but could not be written: " + err.Error()))
	return e
}
