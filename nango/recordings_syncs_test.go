package nango

import (
	"errors"
	"net/url"
	"strings"
	"testing"
)

func checkSync(t *testing.T, r recording, s SyncStatus) {
	t.Helper()
	if s.ID == "" || s.Connection == "" || s.Name.check() != nil || s.State == "" || s.Type == "" || s.Records == nil || s.Checkpoint != nil {
		t.Errorf("%s: incomplete: %+v", r.name(), s)
	}
	if _, err := ParseFrequency(s.Frequency); err != nil {
		t.Errorf("%s: frequency %q: %v", r.name(), s.Frequency, err)
	}
	if (s.NextAt == nil) != (s.State == SyncStatePaused) || (s.FinishedAt == nil) != (s.LatestState == "") {
		t.Errorf("%s: times of %+v", r.name(), s)
	}
	if s.Name.Variant == BaseVariant {
		t.Errorf("%s: the base variant has no name of its own: %+v", r.name(), s)
	}
}

// syncNames reads names as a request has them.
func syncNames(texts []string) []SyncName {
	var all []SyncName
	for _, text := range texts {
		name, variant, _ := strings.Cut(text, "::")
		all = append(all, SyncName{name, variant})
	}
	return all
}

func readSyncStatus(r recording) (meaning, error) {
	query, err := url.ParseQuery(r.Request.Query)
	if err != nil {
		return meaning{}, err
	}
	selection := SyncSelection{Connection: ConnectionRef{query.Get("provider_config_key"), query.Get("connection_id")}, All: query.Get("syncs") == "*"}
	if !selection.All {
		selection.Syncs = syncNames(strings.Split(query.Get("syncs"), ","))
	}
	return meansRead(ListSyncs(selection))
}

type recordedSelection struct {
	Integration string    `json:"provider_config_key"`
	Connection  string    `json:"connection_id"`
	Syncs       *[]string `json:"syncs"`
	Options     struct {
		Reset      bool `json:"reset"`
		EmptyCache bool `json:"emptyCache"`
	} `json:"opts"`
}

func readSelection(r recording) (SyncSelection, recordedSelection, error) {
	var body recordedSelection
	if err := strictly(r.Request.Body, &body); err != nil {
		return SyncSelection{}, body, err
	}
	if body.Syncs == nil {
		return SyncSelection{}, body, errors.New("syncs are always named")
	}
	of := ConnectionRef{body.Integration, body.Connection}
	return SyncSelection{Connection: of, Syncs: syncNames(*body.Syncs), All: len(*body.Syncs) == 0}, body, nil
}

func readSyncTrigger(r recording) (meaning, error) {
	selection, body, err := readSelection(r)
	if err != nil {
		return meaning{}, err
	}
	return means(TriggerSyncs(selection, TriggerOptions(body.Options)))
}

func readSyncStart(r recording) (meaning, error) {
	selection, _, err := readSelection(r)
	if err != nil {
		return meaning{}, err
	}
	return means(StartSyncs(selection))
}

func readSyncPause(r recording) (meaning, error) {
	selection, _, err := readSelection(r)
	if err != nil {
		return meaning{}, err
	}
	return means(PauseSyncs(selection))
}

func readFrequency(r recording) (meaning, error) {
	var body struct {
		Integration string  `json:"provider_config_key"`
		Connection  string  `json:"connection_id"`
		Sync        string  `json:"sync_name"`
		Variant     string  `json:"sync_variant"`
		Frequency   *string `json:"frequency"`
	}
	if err := strictly(r.Request.Body, &body); err != nil {
		return meaning{}, err
	}
	frequency := ""
	if body.Frequency != nil {
		frequency = *body.Frequency
	}
	return means(SetFrequency(ConnectionRef{body.Integration, body.Connection}, SyncName{body.Sync, body.Variant}, frequency))
}

func readVariant(r recording) (meaning, error) {
	var body struct {
		Integration string `json:"provider_config_key"`
		Connection  string `json:"connection_id"`
	}
	if err := strictly(r.Request.Body, &body); err != nil {
		return meaning{}, err
	}
	path, err := url.PathUnescape(r.Request.Path)
	if err != nil {
		return meaning{}, err
	}
	parts := strings.Split(path, "/")
	ref, sync := ConnectionRef{body.Integration, body.Connection}, SyncName{parts[2], parts[4]}
	if r.Request.Method == "DELETE" {
		return means(DeleteVariant(ref, sync))
	}
	return means(CreateVariant(ref, sync))
}
