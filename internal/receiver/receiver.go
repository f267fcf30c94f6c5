// Package receiver receives webhooks over HTTP on this machine, and checks their signatures. It stores nothing, and answers nothing but
// a status. It may import nothing of the project: what it receives is untrusted, and the caller cleans it.
package receiver

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"
)

const (
	// MaxBody is how much of a body is kept, in bytes. The rest is read for the signature and dropped.
	MaxBody = 1 << 20
	// maxRead is the largest body that is read, in bytes. A larger one is answered with 413.
	maxRead = 64 << 20
	// maxAtOnce is how many webhooks are received at the same time. Others wait.
	maxAtOnce = 8
	// maxConnections is how many connections are open at the same time, also those that wait or send nothing. Others wait in the system.
	maxConnections = 64
	// maxHeader is the size of all headers, in bytes, and maxTime how long a webhook may take to arrive.
	maxHeader = 64 << 10
	maxTime   = time.Minute
	// maxPath is the longest path that is kept, in bytes.
	maxPath = 500
)

// SignatureHeader is the header with the hexadecimal HMAC-SHA256 of the body by the webhook signing key.
const SignatureHeader = "X-Nango-Hmac-Sha256"

// Signature is what a check of the signature has shown.
type Signature int

// The outcomes of a check.
const (
	// Unchecked means that no key was given.
	Unchecked Signature = iota
	// Valid and Wrong mean that the key was used for the signature, or that it wasn't, and Missing that there is no signature.
	Valid
	Wrong
	Missing
)

// Webhook is a request that was received.
type Webhook struct {
	At           time.Time
	Method, Path string
	// Body is the body, or its first [MaxBody] bytes, and Size the size of all of it. TooLarge means that not all of it was read.
	Body      []byte
	Size      int64
	TooLarge  bool
	Signature Signature
}

// Listen receives webhooks at an address such as "127.0.0.1:3007" until the context ends. The key may be empty. An error says what is
// wrong with the address, such as that its port is taken.
func Listen(ctx context.Context, address, key string, now func() time.Time) (listening string, _ <-chan Webhook, _ error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return "", nil, fmt.Errorf("cannot listen at %s: %w", address, cause(err))
	}
	hooks, slots := make(chan Webhook), make(chan struct{}, maxAtOnce)
	server := &http.Server{
		ReadHeaderTimeout: maxTime, ReadTimeout: maxTime, WriteTimeout: maxTime, IdleTimeout: maxTime, MaxHeaderBytes: maxHeader,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			select {
			case slots <- struct{}{}:
				defer func() { <-slots }()
			case <-r.Context().Done():
				return
			}
			hook := receive(r, key, now())
			select {
			case hooks <- hook:
				w.WriteHeader(hook.status())
			case <-ctx.Done():
			}
		}),
	}
	ended := make(chan struct{})
	go func() {
		_ = server.Serve(netutil.LimitListener(listener, maxConnections)) // it ends with the context
		close(ended)
	}()
	go func() {
		<-ctx.Done()
		_ = server.Close()
		<-ended
	}()
	return listener.Addr().String(), hooks, nil
}

// cause is the error without the names of the operation and the network.
func cause(err error) error {
	if e, ok := errors.AsType[*net.OpError](err); ok {
		return e.Err
	}
	return err
}

// receive reads a webhook. The signature is that of the whole body, of which only the beginning is kept.
func receive(r *http.Request, key string, now time.Time) Webhook {
	hook := Webhook{At: now, Method: r.Method, Path: r.URL.Path[:min(len(r.URL.Path), maxPath)]}
	sum := hmac.New(sha256.New, []byte(key))
	body := io.TeeReader(io.LimitReader(r.Body, maxRead+1), sum)
	hook.Body, _ = io.ReadAll(io.LimitReader(body, MaxBody)) // a body that is cut off has a wrong signature
	rest, _ := io.Copy(io.Discard, body)
	hook.Size = int64(len(hook.Body)) + rest
	hook.TooLarge = hook.Size > maxRead
	given, err := hex.DecodeString(r.Header.Get(SignatureHeader))
	switch {
	case key == "":
	case len(given) == 0 && err == nil:
		hook.Signature = Missing
	case err == nil && !hook.TooLarge && hmac.Equal(given, sum.Sum(nil)):
		hook.Signature = Valid
	default:
		hook.Signature = Wrong
	}
	return hook
}

// status is the answer: Nango sends a webhook again after 5xx only.
func (h Webhook) status() int {
	switch {
	case h.TooLarge:
		return http.StatusRequestEntityTooLarge
	case h.Signature == Wrong, h.Signature == Missing:
		return http.StatusUnauthorized
	}
	return http.StatusOK
}
