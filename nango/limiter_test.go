package nango

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// counting is a server with a budget like that of Nango: a fixed window of a minute, reported in headers.
type counting struct {
	mu          sync.Mutex
	limit, used int
	began       time.Time
	sent        []time.Time
	skew        time.Duration // how far its clock is ahead
	silent      bool          // without headers
}

func (s *counting) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if now.Sub(s.began) >= window {
		s.began, s.used = now, 0
	}
	s.sent = append(s.sent, now)
	response := &http.Response{StatusCode: 200, Header: http.Header{}, Request: r, Body: bodyOf(`{"data":[]}`)}
	response.Header.Set("Content-Type", "application/json")
	if s.silent {
		return response, nil
	}
	reset := s.began.Add(window)
	response.Header.Set("X-RateLimit-Limit", strconv.Itoa(s.limit))
	response.Header.Set("X-RateLimit-Reset", strconv.FormatInt(reset.Add(s.skew).Unix(), 10))
	response.Header.Set("Date", now.Add(s.skew).UTC().Format(http.TimeFormat))
	if s.used == s.limit {
		response.StatusCode, response.Body = 429, bodyOf(`{"error":{"code":"too_many_request","method":"GET","path":"/x"}}`)
		response.Header.Set("Retry-After", strconv.Itoa(int(reset.Sub(now).Seconds())))
	} else {
		s.used++
	}
	response.Header.Set("X-RateLimit-Remaining", strconv.Itoa(s.limit-s.used))
	return response, nil
}

// arrived is the number of requests received.
func (s *counting) arrived() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sent)
}

func inBubble(t *testing.T, server http.RoundTripper, run func(t *testing.T, client *Client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		if s, ok := server.(*counting); ok {
			s.began = time.Now()
		}
		run(t, clientFor(t, "https://nango.example", func(c *Config) { c.Transport = server }))
	})
}

func fetchIntegrations(t *testing.T, client *Client) {
	t.Helper()
	if _, err := Fetch(context.Background(), client, ListIntegrations()); err != nil {
		t.Error(err)
	}
}

func TestBudgetFromServer(t *testing.T) {
	for _, skew := range []time.Duration{0, -5 * time.Minute, 5 * time.Minute} {
		inBubble(t, &counting{limit: 1000, skew: skew}, func(t *testing.T, client *Client) {
			if budget := client.Budget(); budget.Known || budget.Limit != AssumedLimit || budget.Remaining != AssumedLimit {
				t.Errorf("before the first answer: %+v", budget)
			}
			fetchIntegrations(t, client)
			fetchIntegrations(t, client)
			budget := client.Budget()
			if left := time.Until(budget.Reset); !budget.Known || budget.Limit != 1000 || budget.Remaining != 998 ||
				left < 58*time.Second || left > window {
				t.Errorf("skew %v: %+v, %v left", skew, budget, left)
			}
		})
	}
}

func TestAssumedBudget(t *testing.T) {
	inBubble(t, &counting{silent: true}, func(t *testing.T, client *Client) {
		for range 5 {
			fetchIntegrations(t, client)
		}
		if budget := client.Budget(); budget.Known || budget.Limit != 200 || budget.Remaining != 195 {
			t.Errorf("%+v", budget)
		}
		time.Sleep(window)
		fetchIntegrations(t, client)
		if budget := client.Budget(); budget.Remaining != 199 {
			t.Errorf("a minute later: %+v", budget)
		}
	})
}

func TestBackgroundLeavesAQuarter(t *testing.T) {
	server := &counting{limit: 20}
	inBubble(t, server, func(t *testing.T, client *Client) {
		for range 15 {
			fetchIntegrations(t, client)
		}
		began, waited := time.Now(), make(chan struct{})
		go func() {
			fetchIntegrations(t, client.Background())
			close(waited)
		}()
		synctest.Wait()
		if budget := client.Budget(); server.arrived() != 15 || budget.Remaining != 5 || !budget.WaitUntil.Equal(budget.Reset) {
			t.Errorf("sent %d, %+v", server.arrived(), budget)
		}
		fetchIntegrations(t, client) // the user's requests are sent at once
		if server.arrived() != 16 || time.Since(began) > time.Second {
			t.Errorf("sent %d after %v", server.arrived(), time.Since(began))
		}
		<-waited
		if budget := client.Budget(); server.arrived() != 17 || !budget.WaitUntil.IsZero() || time.Since(began) < 30*time.Second {
			t.Errorf("sent %d after %v, %+v", server.arrived(), time.Since(began), budget)
		}
	})
}

// This holds for any minute, and for all clients of the host.
func TestBackgroundUsesAtMostATenth(t *testing.T) {
	server := &counting{limit: 100}
	inBubble(t, server, func(t *testing.T, client *Client) {
		fetchIntegrations(t, client) // its response reports the limit
		server.sent = nil
		for range 4 {
			fetchIntegrations(t, client.Background())
		}
		time.Sleep(50 * time.Second)
		for range 40 {
			fetchIntegrations(t, client.Background())
		}
		if len(server.sent) != 44 {
			t.Fatalf("%d were sent", len(server.sent))
		}
		for i, at := range server.sent[10:] {
			if apart := at.Sub(server.sent[i]); apart < window {
				t.Errorf("11 within %v", apart)
			}
		}
		if took := server.sent[43].Sub(server.sent[0]); took > 5*time.Minute {
			t.Errorf("it took %v", took)
		}
	})
}

func TestPollsDoNotDelayTheUser(t *testing.T) {
	limiter, now := NewLimiter(), time.Unix(1000, 0)
	for i := range AssumedLimit / pollShare {
		if until := limiter.take(now, byItself, true); !until.IsZero() {
			t.Fatalf("poll %d waits until %v", i, until)
		}
	}
	if until := limiter.take(now, byItself, true); !until.Equal(now.Add(window)) {
		t.Errorf("one too many waits until %v", until)
	}
	if until := limiter.take(now, asked, true); !until.IsZero() {
		t.Errorf("the user waits until %v", until)
	}
}

// However small the limit is, one background request per minute is allowed.
func TestBackgroundMaySendOne(t *testing.T) {
	server := &counting{limit: 6}
	inBubble(t, server, func(t *testing.T, client *Client) {
		for range 3 {
			fetchIntegrations(t, client.Background())
		}
		if server.arrived() != 3 {
			t.Errorf("%d arrived", server.arrived())
		}
	})
}

func TestWaitForBudgetCanBeCanceled(t *testing.T) {
	server := &counting{limit: 4}
	inBubble(t, server, func(t *testing.T, client *Client) {
		for range 3 {
			fetchIntegrations(t, client)
		}
		ctx, cancel := context.WithCancel(context.Background())
		go func() {
			synctest.Wait()
			cancel()
		}()
		_, err := Send(ctx, client.Background(), DeleteConnection(sampleRef))
		if !errors.Is(err, Canceled) || errors.Is(err, OutcomeUnknown) || server.arrived() != 3 || !client.Budget().WaitUntil.IsZero() {
			t.Errorf("sent %d: %v", server.arrived(), err)
		}
	})
}

func TestReadsWaitAfter429AndWritesFail(t *testing.T) {
	server := &counting{limit: 2}
	inBubble(t, server, func(t *testing.T, client *Client) {
		fetchIntegrations(t, client)
		fetchIntegrations(t, client)
		began := time.Now()
		_, err := Send(context.Background(), client, DeleteConnection(sampleRef))
		if e, ok := AsError(err); !ok || e.Kind != RateLimited || e.OutcomeUnknown || e.RetryAfter < 50*time.Second ||
			time.Since(began) > time.Second {
			t.Errorf("a write: %v", err)
		}
		fetchIntegrations(t, client)
		if waited := time.Since(began); waited < 55*time.Second || waited > 65*time.Second || server.arrived() != 4 {
			t.Errorf("a read waited %v, %d sent", waited, server.arrived())
		}
	})
}

func TestSessionTokensDoNotUseTheBudget(t *testing.T) {
	inBubble(t, &counting{limit: 10}, func(t *testing.T, client *Client) {
		if _, err := Send(context.Background(), client, DeleteSession(sampleToken)); err != nil {
			t.Error(err)
		}
		if budget := client.Budget(); budget.Known {
			t.Errorf("%+v", budget)
		}
	})
}

// Responses can arrive out of order: within a window, the count only decreases.
func TestLateResponseDoesNotRaiseBudget(t *testing.T) {
	limiter, now := NewLimiter(), time.Unix(1000, 0)
	header := func(remaining int) http.Header {
		return http.Header{"X-Ratelimit-Limit": {"100"}, "X-Ratelimit-Remaining": {strconv.Itoa(remaining)}, "X-Ratelimit-Reset": {"1050"}}
	}
	for range 3 {
		limiter.take(now, asked, true)
	}
	for i, step := range []struct{ reported, want int }{{97, 95}, {99, 96}, {98, 97}} { // two, one and no requests pending
		limiter.finish(header(step.reported), now)
		if got := limiter.Budget().Remaining; got != step.want {
			t.Errorf("answer %d: %d left, want %d", i, got, step.want)
		}
	}
	limiter.take(now, asked, true)
	limiter.unsent()
	limiter.take(now, asked, true)
	limiter.finish(http.Header{"X-Ratelimit-Limit": {"-1"}, "X-Ratelimit-Remaining": {"x"}}, now)
	if got := limiter.Budget(); got.Limit != 100 || got.Remaining != 96 {
		t.Errorf("one that never left, and one answered with nonsense: %+v", got)
	}
}

func TestBulkLeavesAQuarter(t *testing.T) {
	server := &counting{limit: 40}
	inBubble(t, server, func(t *testing.T, client *Client) {
		began := time.Now()
		for range 29 {
			fetchIntegrations(t, client.Bulk())
		}
		if client.Budget().Remaining > 11 || time.Since(began) > window/2 {
			t.Errorf("%d are left after %v", client.Budget().Remaining, time.Since(began))
		}
		for range 3 {
			fetchIntegrations(t, client.Bulk())
		}
		if took := time.Since(began); took < window/2 {
			t.Errorf("it took %v, and nothing was left to others", took)
		}
	})
}
