package nango

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// AssumedLimit is the number of requests per minute assumed if the server doesn't say: Nango's default.
const AssumedLimit = 200

// window is the period after which Nango resets its count.
const window = time.Minute

// Shares of the budget, as fractions 1/n.
const (
	reservedShare = 4  // kept for requests by the user
	pollShare     = 10 // what background requests may use per minute, at least one request
)

// asker says who makes a request, which determines its share of the budget.
type asker int

const (
	asked    asker = iota // the user: the request is sent at once
	inBulk                // one of many requests from one user action: it leaves the reserved share
	byItself              // a background request: it leaves the reserved share and uses no more than the poll share
)

// Budget is how many requests the account may still send this minute, over all its keys and environments.
type Budget struct {
	// Limit is the number of requests per minute, Remaining the number left.
	Limit, Remaining int
	Reset            time.Time // when the count starts over; zero before the first request
	// Known means that the server reported it. Otherwise, [AssumedLimit] is assumed and only this program's requests
	// are counted.
	Known     bool
	WaitUntil time.Time // when a waiting request will go on; zero if none is waiting
}

// Limiter tracks the budget of a host. There is one per host for the whole program, because all clients share the
// budget.
type Limiter struct {
	mu      sync.Mutex
	limit   int
	floor   int // what is left once all pending requests are counted; it only decreases within a window
	flying  int // pending requests, which the server may or may not have counted
	reset   time.Time
	known   bool
	blocked time.Time   // the time given by Nango's 429
	polls   []time.Time // times of the background requests of the last minute, oldest first
	waiting map[int]time.Time
	nextID  int
}

// NewLimiter returns a limiter without any information yet.
func NewLimiter() *Limiter {
	return &Limiter{limit: AssumedLimit, floor: AssumedLimit, waiting: map[int]time.Time{}}
}

// Budget returns the current budget.
func (l *Limiter) Budget() Budget {
	l.mu.Lock()
	defer l.mu.Unlock()
	budget := Budget{Limit: l.limit, Remaining: l.remaining(), Reset: l.reset, Known: l.known}
	for _, until := range l.waiting {
		if until.After(budget.WaitUntil) {
			budget.WaitUntil = until
		}
	}
	return budget
}

func (l *Limiter) remaining() int { return max(l.floor-l.flying, 0) }

// take counts a request about to be sent, or returns how long it has to wait. A user's request waits only after a
// 429, and only if it is a read; a change fails instead.
func (l *Limiter) take(now time.Time, who asker, patient bool) (until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !now.Before(l.reset) { // the window is over
		l.floor, l.reset = l.limit, now.Add(window)
	}
	switch {
	case (patient || who != asked) && l.blocked.After(now):
		return l.blocked
	case who != asked && l.remaining() <= l.limit/reservedShare:
		return l.reset
	}
	if who == byItself {
		if until := l.poll(now); !until.IsZero() {
			return until
		}
	}
	l.flying++
	return time.Time{}
}

// poll counts a background request, or returns how long it has to wait. It looks back one minute instead of counting
// windows, because two of them could fall into one of Nango's.
func (l *Limiter) poll(now time.Time) (until time.Time) {
	for len(l.polls) > 0 && !now.Before(l.polls[0].Add(window)) {
		l.polls = l.polls[1:]
	}
	if most := max(l.limit/pollShare, 1); len(l.polls) >= most {
		return l.polls[len(l.polls)-most].Add(window)
	}
	l.polls = append(l.polls, now)
	return time.Time{}
}

// finish counts a request that was sent: by its response's headers, or as one if it has none.
func (l *Limiter) finish(header http.Header, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.flying--
	if !l.learn(header, now) {
		l.floor = max(l.floor-1, 0)
	}
}

// unsent undoes the count for a request that was not sent.
func (l *Limiter) unsent() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.flying--
}

// learn reads the budget from the headers of Nango's response and reports whether there were any. Responses can
// arrive out of order, so the lowest count within a window is the right one.
func (l *Limiter) learn(header http.Header, now time.Time) bool {
	limit, err1 := strconv.Atoi(header.Get("X-RateLimit-Limit"))
	remaining, err2 := strconv.Atoi(header.Get("X-RateLimit-Remaining"))
	resetAt, err3 := strconv.ParseInt(header.Get("X-RateLimit-Reset"), 10, 64)
	if err1 != nil || err2 != nil || err3 != nil || limit <= 0 {
		return false
	}
	reset := localReset(time.Unix(resetAt, 0), header, now)
	remaining = min(max(remaining, 0), limit)
	if l.known && reset.Sub(l.reset).Abs() < window/2 {
		remaining, reset = min(remaining, l.floor), l.reset
	}
	l.limit, l.floor, l.reset, l.known = limit, remaining, reset, true
	return true
}

// localReset is the end of the window on the local clock. The server's clock may be minutes off, so the reset is
// computed relative to its own Date header.
func localReset(reset time.Time, header http.Header, now time.Time) time.Time {
	server := now
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		server = date
	}
	return now.Add(min(max(reset.Sub(server), 0), window))
}

// block records the waiting time that Nango asked for.
func (l *Limiter) block(until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.floor = 0
	if until.After(l.blocked) {
		l.blocked = until
	}
}

// Unblock ends the wait that a 429 asked for: the user's next request is sent at once. Requests that wait already go on waiting.
func (l *Limiter) Unblock() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.blocked = time.Time{}
}

// wait shows that a request is waiting, until the returned function is called.
func (l *Limiter) wait(until time.Time) (done func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.nextID++
	id := l.nextID
	l.waiting[id] = until
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.waiting, id)
	}
}
