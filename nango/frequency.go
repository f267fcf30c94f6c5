package nango

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// Bounds for a sync's frequency. The minimum is Nango's; the maximum catches typing errors.
const (
	MinFrequency = 30 * time.Second
	MaxFrequency = 10 * 365 * 24 * time.Hour
)

// frequencyShape is Nango's grammar, as stated in its error message (seen on v0.71.4).
var frequencyShape = regexp.MustCompile(`^(?:every )?(?:([0-9]+)?\s?` +
	`(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)|(month|week|half day|half hour|quarter hour))$`)

const day = 24 * time.Hour

// frequencyWords are the intervals without a number. A month is 30 days.
var frequencyWords = map[string]time.Duration{
	"month": 30 * day, "week": 7 * day, "half day": day / 2, "half hour": time.Hour / 2, "quarter hour": time.Hour / 4,
}

var frequencyUnits = map[byte]time.Duration{'s': time.Second, 'm': time.Minute, 'h': time.Hour, 'd': day}

// ParseFrequency parses a frequency such as "every 2 hours", "30s" or "every half day".
func ParseFrequency(text string) (time.Duration, error) {
	parts := frequencyShape.FindStringSubmatch(text)
	if parts == nil {
		return 0, errors.New(`a frequency looks like "every 5 minutes", "30s", "1h", "every day" or "every half hour"`)
	}
	number, unit, word := parts[1], parts[2], parts[3]
	every, amount := frequencyWords[word], int64(1)
	if word == "" {
		every = frequencyUnits[unit[0]]
	}
	if number != "" {
		var err error
		if amount, err = strconv.ParseInt(number, 10, 64); err != nil || amount > int64(MaxFrequency/every) {
			return 0, errors.New("a sync must run at least once in ten years")
		}
	}
	if every *= time.Duration(amount); every < MinFrequency {
		return 0, fmt.Errorf("a sync can run every %d seconds at most", MinFrequency/time.Second)
	}
	return every, nil
}

// FrequencyText formats a duration in Nango's format, such as "every 90 minutes".
func FrequencyText(every time.Duration) string {
	for _, unit := range []struct {
		size time.Duration
		one  string
	}{{day, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}} {
		switch amount := every / unit.size; {
		case every%unit.size != 0 || amount == 0:
		case amount == 1:
			return "every " + unit.one
		default:
			return fmt.Sprintf("every %d %ss", amount, unit.one)
		}
	}
	return fmt.Sprintf("every %d seconds", every/time.Second)
}
