package sandbox

import (
	"maps"
	"net"
	"net/http"
	"strconv"
	"time"

	"nango-tui/nango/sandbox/js"
)

// window is the length of a rate limit window. Windows don't slide.
const window = time.Minute

// maxBuckets limits the limiter's memory. Above it, ended windows are dropped.
const maxBuckets = 10_000

type bucket struct {
	used int
	ends time.Time
}

// limiter counts requests. All keys of the account share one bucket. Calls from a function (which say so in a header) and
// calls without a key have others.
type limiter struct {
	limit   int // negative: no limit
	buckets map[string]*bucket
}

func newLimiter(limit int) *limiter { return &limiter{limit: limit, buckets: map[string]*bucket{}} }

// take counts a call, sets its headers, and ends the request with 429 above the limit.
func (l *limiter) take(c *call, now time.Time) {
	if l.limit < 0 {
		return
	}
	b := l.bucket(bucketName(c), now)
	b.used++
	c.headers.Set("X-RateLimit-Limit", strconv.Itoa(l.limit))
	c.headers.Set("X-RateLimit-Remaining", strconv.Itoa(max(l.limit-b.used, 0)))
	c.headers.Set("X-RateLimit-Reset", strconv.FormatInt(b.ends.Unix(), 10))
	if b.used > l.limit {
		c.headers.Set("Retry-After", strconv.Itoa(int(b.ends.Sub(now)/time.Second)))
		stop(errorAnswer(http.StatusTooManyRequests,
			js.NewObject("code", "too_many_request", "method", c.r.Method, "path", c.r.URL.Path))) // without a message
	}
}

func bucketName(c *call) string {
	switch {
	case c.key == nil:
		host, _, err := net.SplitHostPort(c.r.RemoteAddr)
		if err != nil {
			host = c.r.RemoteAddr
		}
		return "public " + host
	case c.r.Header.Get("Nango-Is-Script") == "true":
		return "script"
	}
	return "account"
}

func (l *limiter) bucket(name string, now time.Time) *bucket {
	b := l.buckets[name]
	if b == nil || !now.Before(b.ends) {
		if len(l.buckets) >= maxBuckets {
			l.evict(now)
		}
		b = &bucket{ends: now.Add(window)}
		l.buckets[name] = b
	}
	return b
}

func (l *limiter) evict(now time.Time) {
	maps.DeleteFunc(l.buckets, func(_ string, b *bucket) bool { return !now.Before(b.ends) })
	if len(l.buckets) >= maxBuckets {
		clear(l.buckets)
	}
}
