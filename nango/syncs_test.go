package nango

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestFrequencies(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"every 5 minutes": 5 * time.Minute, "30s": 30 * time.Second, "1h": time.Hour, "every hour": time.Hour, "every day": 24 * time.Hour,
		"every week": 7 * 24 * time.Hour, "every month": 30 * 24 * time.Hour, "every half day": 12 * time.Hour,
		"every half hour": 30 * time.Minute,
		"quarter hour":    15 * time.Minute, "2 hrs": 2 * time.Hour, "90 secs": 90 * time.Second, "every 3 hours": 3 * time.Hour,
		"3650d": 3650 * 24 * time.Hour,
	} {
		if got, err := ParseFrequency(text); err != nil || got != want {
			t.Errorf("%q is %v: %v", text, got, err)
		}
	}
	for text, says := range map[string]string{
		"": "looks like", "sometimes": "looks like", "every": "looks like", "every ": "looks like",
		"5": "looks like", "Every hour": "looks like", "every 2 weeks": "looks like", "-5m": "looks like",
		"1.5h": "looks like", "1h\n": "looks like", "10s": "every 30 seconds at most", "29 seconds": "every 30 seconds at most",
		"0h": "every 30 seconds at most", "every s": "every 30 seconds at most",
		"3651d": "ten years", "99999999999999999999s": "ten years", "9223372036854775807h": "ten years",
	} {
		if got, err := ParseFrequency(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q is %v: %v", text, got, err)
		}
	}
}

func TestFrequencyTextRoundTrip(t *testing.T) {
	for every, want := range map[time.Duration]string{
		time.Hour: "every hour", 90 * time.Minute: "every 90 minutes", 24 * time.Hour: "every day", 48 * time.Hour: "every 2 days",
		30 * time.Second: "every 30 seconds", time.Minute: "every minute", 7 * 24 * time.Hour: "every 7 days",
	} {
		text := FrequencyText(every)
		if back, err := ParseFrequency(text); text != want || err != nil || back != every {
			t.Errorf("%v is %q, and that %v (%v)", every, text, back, err)
		}
	}
}

func TestTriggerEffect(t *testing.T) {
	for options, want := range map[TriggerOptions]Effect{
		{}: Runs, {Reset: true}: Destroys, {Reset: true, EmptyCache: true}: Destroys, {EmptyCache: true}: Destroys,
	} {
		request := TriggerSyncs(sampleSyncs, options)
		if request.Call().Effect != want || (request.Validate() == nil) != (options != TriggerOptions{EmptyCache: true}) {
			t.Errorf("%+v %s: %v", options, request.Call().Effect, request.Validate())
		}
	}
	body := string(TriggerSyncs(sampleSyncs, TriggerOptions{Reset: true}).Call().Body)
	if body != `{"provider_config_key":"i","connection_id":"c","syncs":["s"],"opts":{"reset":true,"emptyCache":false}}` {
		t.Error(body)
	}
}

// For Nango an empty list means every sync, so it must be asked for explicitly.
func TestAllSyncsMustBeExplicit(t *testing.T) {
	for name, selection := range map[string]SyncSelection{
		"none": {Connection: sampleRef}, "both": {Connection: sampleRef, Syncs: sampleSyncs.Syncs, All: true}, "no integration": {All: true},
		"a bad name":    {Connection: sampleRef, Syncs: []SyncName{{Name: "a b"}}},
		"a bad variant": {Connection: sampleRef, Syncs: []SyncName{{"a", "b,c"}}},
		"a bad id":      {Connection: ConnectionRef{"i", "<>"}, All: true}, "too many": {Connection: sampleRef, Syncs: make([]SyncName, 257)},
	} {
		if PauseSyncs(selection).Validate() == nil || StartSyncs(selection).Validate() == nil || ListSyncs(selection).Validate() == nil {
			t.Errorf("%s is not refused", name)
		}
	}
	whole := PauseSyncs(SyncSelection{Connection: ConnectionRef{Integration: "i"}, All: true})
	if whole.Validate() != nil || string(whole.Call().Body) != `{"provider_config_key":"i","syncs":[]}` {
		t.Errorf("%s: %v", whole.Call().Body, whole.Validate())
	}
}

func TestCheckVariant(t *testing.T) {
	for name, fine := range map[string]bool{"eu": true, "V_1-a": true, "base": false, "BASE": false, "a b": false, "": false,
		"..": false, strings.Repeat("x", 256): false} {
		if err := CheckVariant(name); (err == nil) != fine {
			t.Errorf("%q: %v", name, err)
		}
		if request := DeleteVariant(sampleRef, SyncName{"s", name}); (request.Validate() == nil) != fine ||
			request.Call().Effect != Destroys || request.Call().Method != http.MethodDelete {
			t.Errorf("%q: %v", name, request.Validate())
		}
	}
}

func TestSyncStatusWithFewFields(t *testing.T) {
	all, err := decodeSyncs(Response{Body: []byte(`{"syncs":[{"type":"INITIAL","status":"NEW_WORD","frequency":null,` +
		`"nextScheduledSyncAt":null,"recordCount":{"A":12345678901},"checkpoint":{"at":12345678901234567890}},{}]}`)})
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	if s := all[0]; s.State != "NEW_WORD" || s.Frequency != "" || s.NextAt != nil || s.FinishedAt != nil || s.Latest != nil ||
		s.Records["A"] != 12345678901 || string(s.Checkpoint) != `{"at":12345678901234567890}` {
		t.Errorf("%+v", s)
	}
	if _, err := decodeSyncs(Response{Body: []byte(`{}`)}); err == nil {
		t.Error("an answer without syncs is not one")
	}
}
