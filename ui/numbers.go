package ui

import (
	"fmt"
	"strconv"
	"time"
)

const (
	day  = 24 * time.Hour
	year = 365 * day
)

// Age is how long something is ago, in steps, so that it changes rarely: "now" within the first minute, then minutes,
// hours from 60 minutes, days from 48 hours, years from two years. What lies ahead is "now" as well: clocks of two
// machines differ.
func Age(d time.Duration) Text {
	switch {
	case d < time.Minute:
		return Text{"now"}
	case d < time.Hour:
		return Text{strconv.FormatInt(int64(d/time.Minute), 10) + " min"}
	case d < 2*day:
		return Text{strconv.FormatInt(int64(d/time.Hour), 10) + " h"}
	case d < 2*year:
		return Text{strconv.FormatInt(int64(d/day), 10) + " d"}
	default:
		return Text{strconv.FormatInt(int64(d/year), 10) + " y"}
	}
}

// Ago is how long something is ago, as a sentence says it: "just now", "3 h ago".
func Ago(d time.Duration) string {
	if d < time.Minute {
		return "just now"
	}
	return Age(d).String() + " ago"
}

// Timestamp is a time as one writes it down, where the clock of now is: "2026-01-31 14:05".
func Timestamp(now, at time.Time) string { return at.In(now.Location()).Format("2006-01-02 15:04") }

// AgoWithTime is how long something is ago, and when that was; "not known" of the zero time.
func AgoWithTime(now, at time.Time) string {
	if at.IsZero() {
		return "not known"
	}
	return Ago(now.Sub(at)) + ", " + Timestamp(now, at)
}

// Countdown is a time that is running down, as minutes and seconds: "29:41". Begun seconds count whole, so that it
// shows 00:00 when the time is over and not before.
func Countdown(d time.Duration) Text {
	s := max(0, int64((d+time.Second-1)/time.Second))
	return Text{fmt.Sprintf("%02d:%02d", s/60, s%60)}
}

// Count is a number with a comma between thousands: "1,204".
func Count(n int) Text { return Text{count(n)} }

func count(n int) string {
	digits := strconv.Itoa(n)
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(digits) - 3; i > first; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// PluralNoun is a noun for n things: "sync", "syncs". It takes nouns that have an s then, and no others.
func PluralNoun(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}

// Pluralize is n things in words: "1 sync", "1,204 syncs".
func Pluralize(n int, noun string) string { return count(n) + " " + PluralNoun(n, noun) }

// Bytes is a size: "812 B", "4.1 KB", "93 MB". A kilobyte has 1,024 bytes.
func Bytes(n int64) Text {
	if n < 1024 {
		return Text{strconv.FormatInt(n, 10) + " B"}
	}
	value, unit := float64(n)/1024, 0
	for value >= 1023.5 && unit < 3 {
		value, unit = value/1024, unit+1
	}
	name := [...]string{"KB", "MB", "GB", "TB"}[unit]
	if value < 9.95 {
		return Text{fmt.Sprintf("%.1f %s", value, name)}
	}
	return Text{fmt.Sprintf("%.0f %s", value, name)}
}
