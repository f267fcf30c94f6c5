package receiver

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

const key = "whsec-of-a-test"

func signed(body []byte) string {
	sum := hmac.New(sha256.New, []byte(key))
	sum.Write(body)
	return hex.EncodeToString(sum.Sum(nil))
}

// deliver sends a webhook and returns what was received, and the status of the answer.
func deliver(t *testing.T, key string, body []byte, signature string) (Webhook, int) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	address, hooks, err := Listen(ctx, "127.0.0.1:0", key, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	status := make(chan int, 1)
	go func() {
		r, _ := http.NewRequest(http.MethodPost, "http://"+address+"/hook", bytes.NewReader(body))
		if signature != "" {
			r.Header.Set(SignatureHeader, signature)
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			status <- 0
			return
		}
		_ = answer.Body.Close()
		status <- answer.StatusCode
	}()
	return <-hooks, <-status
}

func TestSignatureIsChecked(t *testing.T) {
	body := []byte(`{"type":"auth"}`)
	for name, c := range map[string]struct {
		key, signature string
		want           Signature
		status         int
	}{
		"no key":       {"", "", Unchecked, 200},
		"valid":        {key, signed(body), Valid, 200},
		"capital hex":  {key, strings.ToUpper(signed(body)), Valid, 200},
		"another body": {key, signed([]byte("{}")), Wrong, 401},
		"not hex":      {key, "sha256=" + signed(body), Wrong, 401},
		"none":         {key, "", Missing, 401},
	} {
		hook, status := deliver(t, c.key, body, c.signature)
		if hook.Signature != c.want || status != c.status || !bytes.Equal(hook.Body, body) || hook.Path != "/hook" || hook.Method != "POST" {
			t.Errorf("%s: %d, %+v", name, status, hook)
		}
	}
}

func TestLargeBodyIsCheckedAndNotKept(t *testing.T) {
	body := bytes.Repeat([]byte("x"), 50<<20)
	hook, status := deliver(t, key, body, signed(body))
	if hook.Signature != Valid || status != 200 || len(hook.Body) != MaxBody || hook.Size != 50<<20 || hook.TooLarge {
		t.Errorf("%d: %d bytes of %d, %v", status, len(hook.Body), hook.Size, hook.Signature)
	}
}

func TestPortThatIsTakenIsReported(t *testing.T) {
	ctx := t.Context()
	address, _, err := Listen(ctx, "127.0.0.1:0", "", time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := Listen(ctx, address, "", time.Now); err == nil || !strings.Contains(err.Error(), "cannot listen at "+address) ||
		!strings.Contains(err.Error(), "in use") {
		t.Errorf("%v", err)
	}
	if _, _, err := Listen(ctx, "nonsense", "", time.Now); err == nil {
		t.Error("an address without a port is taken")
	}
}

// Connections that send nothing must not use up the program's files.
func TestConnectionsAreBounded(t *testing.T) {
	address, hooks, err := Listen(t.Context(), "127.0.0.1:0", "", time.Now)
	if err != nil {
		t.Fatal(err)
	}
	var idle []net.Conn
	for range maxConnections {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		idle = append(idle, c)
	}
	last, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer last.Close()
	if _, err := last.Write([]byte("POST /last HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	select {
	case hook := <-hooks:
		t.Errorf("%d connections are open, and it receives %+v", maxConnections, hook)
	case <-time.After(100 * time.Millisecond):
	}
	_ = idle[0].Close()
	if hook := <-hooks; hook.Path != "/last" {
		t.Errorf("%+v", hook)
	}
}
