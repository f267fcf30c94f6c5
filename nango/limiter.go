package nango

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// AssumedLimit is how many requests a minute are assumed where the server does not say: what Nango gives by
// default.
const AssumedLimit = 200

// window is how long Nango counts before it begins anew.
const window = time.Minute

// Shares of the budget, one in so many.
const (
	// reservedShare is left to what the user asks for.
	reservedShare = 4
	// pollShare is what the program may take by itself in any minute, at least one request.
	pollShare = 10
)

// asker says who wants a request, and with it how much of the budget the request may take.
type asker int

const (
	// asked is the user: it goes out at once.
	asked asker = iota
	// inBulk is the user, who wanted many with one key: it leaves the reserved share.
	inBulk
	// byItself is the program: it leaves the reserved share, and takes no more than the polls' share.
	byItself
)

// Budget is what is left of the requests that an account may send in a minute, over all its keys and
// environments.
type Budget struct {
	// Limit is requests a minute, Remaining those left.
	Limit, Remaining int
	// Reset is when the count begins anew; zero where nothing was asked yet.
	Reset time.Time
	// Known says that the server told it; otherwise [AssumedLimit] is assumed, and only our own requests are
	// counted.
	Known bool
	// WaitUntil is until when something waits for the budget; zero where nothing does.
	WaitUntil time.Time
}

// Limiter counts the budget of a host. The whole program has one for each host, since all its clients share
// the budget.
type Limiter struct {
	mu      sync.Mutex
	limit   int
	floor   int // what is left when everything under way has been counted off: within a window it only falls
	flying  int // sent, not answered: the server may have counted it already, or not
	reset   time.Time
	known   bool
	blocked time.Time   // Nango said 429 and to come back then
	polls   []time.Time // when the program asked by itself within the last minute, the oldest first
	waiting map[int]time.Time
	nextID  int
}

// NewLimiter is a limiter that knows nothing yet.
func NewLimiter() *Limiter {
	return &Limiter{limit: AssumedLimit, floor: AssumedLimit, waiting: map[int]time.Time{}}
}

// Budget is how it stands.
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

// take counts a request that is about to be sent, or says until when it has to wait. What the user asks for
// waits only where Nango has said so and it is patient: a read is, a change is told of it instead.
func (l *Limiter) take(now time.Time, who asker, patient bool) (until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.roll(now)
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

// poll counts a request that the program makes by itself, or says until when it has to wait. It looks back a
// minute instead of counting by windows, of which two could meet within one of Nango's.
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

// roll begins a new window where the old one is over.
func (l *Limiter) roll(now time.Time) {
	if now.Before(l.reset) {
		return
	}
	l.floor, l.reset = l.limit, now.Add(window)
}

// landed counts off a request that has left: by its answer's headers, or by one where there are none.
func (l *Limiter) landed(header http.Header, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.flying--
	if !l.learn(header, now) {
		l.floor = max(l.floor-1, 0)
	}
}

// unsent takes back a request that has not left.
func (l *Limiter) unsent() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.flying--
}

// learn takes the budget from the headers of an answer of Nango's own. Answers overtake each other, so
// within a window the lowest count is the true one. It says whether there were such headers.
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

// localReset is the end of the window on our clock: the server's may be minutes off, so what counts is how
// far its reset is from its own date.
func localReset(reset time.Time, header http.Header, now time.Time) time.Time {
	server := now
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		server = date
	}
	return now.Add(min(max(reset.Sub(server), 0), window))
}

// block remembers that Nango wants to be left alone.
func (l *Limiter) block(until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.floor = 0
	if until.After(l.blocked) {
		l.blocked = until
	}
}

// wait shows that something waits, until the function that it returns is called.
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
