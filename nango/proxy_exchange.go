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
	most := int64(MaxProxyResponse)
	if a.saved = sink != nil && httpResponse.StatusCode < 400; a.saved {
		most = MaxProxyFile
		a.size, err = io.Copy(saving{sink}, io.LimitReader(httpResponse.Body, most))
	} else {
		var body bytes.Buffer
		if known := httpResponse.ContentLength; known > 0 && known <= most {
			body.Grow(int(known) + bytes.MinRead) // so that 5 MB are not copied again and again
		}
		a.size, err = body.ReadFrom(io.LimitReader(httpResponse.Body, most))
		a.Body = body.Bytes()
	}
	if err == nil && a.size == most {
		more, _ := io.ReadFull(httpResponse.Body, make([]byte, 1))
		a.cut = more > 0
	}
	return err
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
