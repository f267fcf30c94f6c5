package bulk

import "nango-tui/nango"

// state is how far a connection of a run is.
type state uint8

const (
	left    state = iota // its request was not sent yet
	out                  // the user took it out of the plan
	sending              // its request was sent and has no outcome yet
	done
	failed
	unknown // its request may have been carried out
	states  // the number of them
)

// stateNames are also how states are kept in files.
var stateNames = [states]string{"left", "out", "sending", "done", "failed", "not-known"}

func (s state) String() string { return stateNames[s] }

// item is a connection of a run.
type item struct {
	Target
	state state
	// fault is the index of the error among the run's faults, if it failed.
	fault int32
}

// span are the connections of a request: those from index from to before index to.
type span struct{ from, to int }

func (s span) len() int { return s.to - s.from }

// items are the connections of a run, and how many are in each state.
type items struct {
	all    []item
	counts [states]int
	// faults are the different errors. Beyond maxFaults they are told apart no more.
	faults []string
	// first is an index before which no connection is left.
	first int
	// revision changes with every change.
	revision int
}

const (
	// maxFaults is how many different errors of a run are kept.
	maxFaults = 500
	// maxFault is the length of an error in bytes.
	maxFault = 300
)

func newItems(targets []Target) items {
	c := items{all: make([]item, len(targets)), faults: []string{""}}
	for i, target := range targets {
		c.all[i].Target = target
	}
	c.counts[left] = len(targets)
	return c
}

// set sets the state of a span. Why is why it failed.
func (c *items) set(s span, to state, why string) {
	fault := c.faultOf(why)
	for i := s.from; i < s.to; i++ {
		at := &c.all[i]
		c.counts[at.state]--
		c.counts[to]++
		at.state, at.fault = to, fault
	}
	if to == left {
		c.first = min(c.first, s.from)
	}
	c.revision++
}

func (c *items) faultOf(why string) int32 {
	if len(why) > maxFault {
		why = cut(why, maxFault) + "…"
	}
	for i, known := range c.faults {
		if known == why {
			return int32(i)
		}
	}
	if len(c.faults) == maxFaults {
		why = textOtherError
		if c.faults[maxFaults-1] == why {
			return maxFaults - 1
		}
		c.faults[maxFaults-1] = why
		return maxFaults - 1
	}
	c.faults = append(c.faults, why)
	return int32(len(c.faults) - 1)
}

// why is why a connection failed; empty if it didn't.
func (c *items) why(i *item) string { return c.faults[i.fault] }

// next moves first to the first connection that is left, and returns the span of the next request: at most so many connections that
// are left, of one integration, one after another.
func (c *items) next(most int) (s span, ok bool) {
	for c.first < len(c.all) && c.all[c.first].state != left {
		c.first++
	}
	if c.first == len(c.all) {
		return span{}, false
	}
	s = span{c.first, c.first + 1}
	key := c.all[s.from].Ref.Integration
	for s.to < len(c.all) && s.len() < most && c.all[s.to].state == left && c.all[s.to].Ref.Integration == key {
		s.to++
	}
	return s, true
}

// requests is how many requests those that are left need.
func (c *items) requests(most int) int {
	n, size, key := 0, 0, ""
	for i := range c.all {
		switch at := &c.all[i]; {
		case at.state != left:
			size = 0
		case size == 0 || size == most || at.Ref.Integration != key:
			n, size, key = n+1, 1, at.Ref.Integration
		default:
			size++
		}
	}
	return n
}

func (c *items) ids(s span) []string {
	ids := make([]string, 0, s.len())
	for i := s.from; i < s.to; i++ {
		ids = append(ids, c.all[i].Ref.ID)
	}
	return ids
}

func (c *items) ref(s span) nango.ConnectionRef { return c.all[s.from].Ref }

// planned is how many connections were not taken out.
func (c *items) planned() int { return len(c.all) - c.counts[out] }

// ended is how many of them have an outcome.
func (c *items) ended() int { return c.counts[done] + c.counts[failed] + c.counts[unknown] }

// cut returns the beginning of a text, of whole characters.
func cut(text string, bytes int) string {
	for bytes > 0 && bytes < len(text) && text[bytes]&0xc0 == 0x80 {
		bytes--
	}
	return text[:min(bytes, len(text))]
}
