package ui

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

const (
	day  = 24 * time.Hour
	year = 365 * day
)

// Age returns the age of something in coarse steps, so that it rarely changes: "now" below a minute, then minutes,
// hours up to 48, days up to two years, years: "2 m", "41 d". Negative ages are "now", because clocks differ.
func Age(d time.Duration) Text {
	unit, name := year, " y"
	switch {
	case d < time.Minute:
		return Text{"now"}
	case d < time.Hour:
		unit, name = time.Minute, " m"
	case d < 2*day:
		unit, name = time.Hour, " h"
	case d < 2*year:
		unit, name = day, " d"
	}
	return Text{strconv.Itoa(int(d/unit)) + name}
}

// Ago returns an age for a sentence: "just now", "3 h ago".
func Ago(d time.Duration) string {
	if d < time.Minute {
		return "just now"
	}
	return Duration(d) + " ago"
}

// Duration is [Age] for a sentence: "3 min".
func Duration(d time.Duration) string {
	age := Age(d).String()
	if strings.HasSuffix(age, " m") {
		age += "in"
	}
	return age
}

// Timestamp returns a time in the time zone of now: "2026-01-31 14:05".
func Timestamp(now, at time.Time) string { return at.In(now.Location()).Format("2006-01-02 15:04") }

// AgoWithTime returns age and time, or "not known" for the zero time.
func AgoWithTime(now, at time.Time) string {
	if at.IsZero() {
		return "not known"
	}
	return Ago(now.Sub(at)) + ", " + Timestamp(now, at)
}

// Countdown returns the remaining minutes and seconds, rounded up: "29:41". It is 00:00 only when the time is over.
func Countdown(d time.Duration) Text {
	s := max(0, int64((d+time.Second-1)/time.Second))
	return Text{fmt.Sprintf("%02d:%02d", s/60, s%60)}
}

// Elapsed returns how long something takes: "3 s", from a minute on "01:05".
func Elapsed(d time.Duration) Text {
	if d < time.Minute {
		return Text{strconv.Itoa(int(d/time.Second)) + " s"}
	}
	return Countdown(d.Truncate(time.Second))
}

// Took returns how long something took, in the unit that fits: "12 ms", "4.7 s", "3 min".
func Took(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return Duration(d)
}

// Count returns a number with thousands separators: "1,204".
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

// PluralNoun returns the noun for n things: "sync", "syncs". The plural must end in s.
func PluralNoun(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}

// Pluralize returns a number and its noun: "1 sync", "1,204 syncs".
func Pluralize(n int, noun string) string { return count(n) + " " + PluralNoun(n, noun) }

// Bytes returns a size: "812 B", "4.1 KB", "93 MB". A KB has 1,024 bytes.
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
