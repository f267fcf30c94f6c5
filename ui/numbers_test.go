package ui

import (
	"testing"
	"time"
)

func TestAge(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Hour: "now", 0: "now", 59 * time.Second: "now", time.Minute: "1 m", 59*time.Minute + 59*time.Second: "59 m",
		time.Hour: "1 h", 47 * time.Hour: "47 h", 48 * time.Hour: "2 d", 41 * day: "41 d", 729 * day: "729 d", 730 * day: "2 y",
		1<<63 - 1: "292 y",
	} {
		if got := Age(d).String(); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}

func TestAgoWithTime(t *testing.T) {
	now := time.Date(2026, 1, 31, 14, 5, 59, 0, time.FixedZone("CET", 3600))
	for want, at := range map[string]time.Time{
		"just now, 2026-01-31 14:05": now, "3 h ago, 2026-01-31 11:05": now.Add(-3 * time.Hour).UTC(), "not known": {},
	} {
		if got := AgoWithTime(now, at); got != want {
			t.Errorf("%v: %s, want %s", at, got, want)
		}
	}
}

func TestCountdown(t *testing.T) {
	for d, want := range map[time.Duration]string{
		29*time.Minute + 41*time.Second: "29:41", time.Millisecond: "00:01", 0: "00:00", -time.Hour: "00:00", 100 * time.Minute: "100:00",
	} {
		if got := Countdown(d).String(); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}

func TestCountAndBytes(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1204: "1,204", 100000: "100,000", 1234567: "1,234,567", -12: "-12",
		-1204: "-1,204", -123456: "-123,456"} {
		if got := Count(n).String(); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
	for n, want := range map[int]string{0: "0 syncs", 1: "1 sync", 2: "2 syncs", 1204: "1,204 syncs"} {
		if got := Pluralize(n, "sync"); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
	for n, want := range map[int64]string{0: "0 B", 1023: "1023 B", 1024: "1.0 KB", 4200: "4.1 KB", 10188: "9.9 KB",
		10200: "10 KB", 5 << 20: "5.0 MB", 1<<20 - 1: "1.0 MB", 93 << 30: "93 GB", 1<<63 - 1: "8388608 TB"} {
		if got := Bytes(n).String(); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
