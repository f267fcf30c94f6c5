package nango

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// proxied takes the answer to a proxied request. Its budget headers may be the provider's, and were not looked at.
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

// take reads the body: to the writer where there is one and the answer is no error, else into memory.
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

// moreIn says whether there is more to read.
func moreIn(body io.Reader) bool {
	n, _ := io.ReadFull(body, make([]byte, 1))
	return n > 0
}

// saving tells the errors of a writer from those of the network.
type saving struct{ to io.Writer }

type savingError struct{ error }

func (s saving) Write(some []byte) (int, error) {
	n, err := s.to.Write(some)
	if err != nil {
		return n, &savingError{err}
	}
	return n, nil
}

// notSaved is the error of an answer that came and could not be written. What was asked for was done.
func notSaved(call Call, answer Response, err error, secrets *Secrets) *Error {
	e := newError(call, NotSaved)
	e.Status, e.cause = answer.Status, err
	e.Message = bounded(secrets.Mask("the answer came and could not be written: " + err.Error()))
	return e
}
