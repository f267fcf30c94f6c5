package nango

import "testing"

func TestTheOldestPendingCallIsTheUsers(t *testing.T) {
	log := NewLog()
	if _, ok := log.Oldest(); ok {
		t.Error("an empty log has a pending call")
	}
	log.Begin(LogEntry{Path: "/poll", Background: true})
	first := log.Begin(LogEntry{Path: "/first"})
	log.Begin(LogEntry{Path: "/second"})
	if got, _ := log.Oldest(); got.Path != "/first" {
		t.Errorf("%s", got.Path)
	}
	log.End(first, LogEntry{Path: "/first", State: Done})
	if got, ok := log.Oldest(); !ok || got.Path != "/second" {
		t.Errorf("%s", got.Path)
	}
}
