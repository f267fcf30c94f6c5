package nango

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// BaseVariant is the variant that every sync has. Nango means it where none is named.
const BaseVariant = "base"

// SyncName names a sync of an integration, and one of its variants.
type SyncName struct {
	Name string
	// Variant is empty for [BaseVariant].
	Variant string
}

// String is the name as Nango writes it: "issues", or "issues::eu" for a variant.
func (n SyncName) String() string {
	if n.Variant == "" {
		return n.Name
	}
	return n.Name + "::" + n.Variant
}

func (n SyncName) check() error {
	if n.Variant == "" {
		return CheckFunctionName(n.Name)
	}
	return firstError(CheckFunctionName(n.Name), checkName("the variant", n.Variant, providerChars))
}

// SyncSelection says which syncs are meant.
type SyncSelection struct {
	// Of names the connection. Without an id it is every connection of the integration.
	Connection ConnectionRef
	// Syncs are those meant.
	Syncs []SyncName
	// All means every sync with all its variants. Nango takes an empty list for that, at a pause as well, so
	// that nobody gets there by leaving something out.
	All bool
}

func (s SyncSelection) names() []string {
	names := make([]string, 0, len(s.Syncs))
	for _, name := range s.Syncs {
		names = append(names, name.String())
	}
	return names
}

// maxSyncs is how many syncs one request may name.
const maxSyncs = 256

func (s SyncSelection) check(operation Operation) error {
	switch {
	case s.All && len(s.Syncs) > 0:
		return errors.New("some syncs are named, and all are asked for: it must be one of the two")
	case !s.All && len(s.Syncs) == 0:
		return errors.New("no sync is named; Nango would take that for all of them")
	case len(s.Syncs) > maxSyncs:
		return fmt.Errorf("%d syncs are too many; %d can be named at once", len(s.Syncs), maxSyncs)
	}
	for _, name := range s.Syncs {
		if err := name.check(); err != nil {
			return err
		}
	}
	if s.Connection.ID == "" {
		return CheckIntegrationKey(s.Connection.Integration)
	}
	return s.Connection.check(operation)
}

// SyncStatus is how a sync of a connection stands.
type SyncStatus struct {
	// ID is a UUID; empty where the sync was never set up.
	ID string
	// Connection is the connection id.
	Connection string
	Name       SyncName
	// State is Nango's word: see [SyncState].
	State SyncState
	// Type is "INCREMENTAL" or the old "INITIAL", and says nothing today.
	Type string
	// Frequency is how often it runs, such as "every hour"; empty where Nango does not say.
	Frequency string
	// FinishedAt is when it last ran to an end; nil while it runs, and where it never did.
	FinishedAt *time.Time
	// NextAt is when it runs next; nil while it is paused or stopped.
	NextAt *time.Time
	// Latest is what the latest run did, by model; nil where it never ran.
	Latest map[string]SyncResult
	// LatestState is how the latest run ended; empty where it never ran.
	LatestState SyncState
	// Records counts the records by model. For another variant than the base one Nango gives the base's.
	Records map[string]int64
	// Checkpoint is a JSON object, or nil where there is none.
	Checkpoint json.RawMessage
}

// SyncResult counts what a run did to the records of a model.
type SyncResult struct {
	Added   int64 `json:"added"`
	Updated int64 `json:"updated"`
	Deleted int64 `json:"deleted"`
}

// SyncState is how a sync stands, in Nango's word. Others than those named here may come.
type SyncState string

// The states of a sync.
const (
	SyncStateRunning SyncState = "RUNNING"
	SyncStatePaused  SyncState = "PAUSED"
	// SyncStateStopped has no schedule; for the latest run it means that the run failed or was ended.
	SyncStateStopped SyncState = "STOPPED"
	// SyncStateSuccess is also that of a sync that never ran.
	SyncStateSuccess SyncState = "SUCCESS"
	SyncStateError   SyncState = "ERROR"
)

// ListSyncs reads how syncs stand. Unknown ones are left out, not told. For a whole integration the server
// asks for each sync of each connection one after the other, which can take long: never do it unasked.
func ListSyncs(selection SyncSelection) Read[[]SyncStatus] {
	call := newCall(OpSyncsList, http.MethodGet, "sync", "status")
	call.About = selection.Connection
	names := strings.Join(selection.names(), ",")
	if selection.All {
		names = "*"
	}
	call.Query = url.Values{"provider_config_key": {selection.Connection.Integration}, "syncs": {names}}
	if selection.Connection.ID != "" {
		call.Query.Set("connection_id", selection.Connection.ID)
	}
	return read(call, decodeSyncs, selection.check(OpSyncsList))
}

type syncWire struct {
	ID          string                `json:"id"`
	Connection  string                `json:"connection_id"`
	Name        string                `json:"name"`
	Variant     string                `json:"variant"`
	Type        string                `json:"type"`
	State       SyncState             `json:"status"`
	Frequency   string                `json:"frequency"`
	FinishedAt  timestamp             `json:"finishedAt"`
	NextAt      timestamp             `json:"nextScheduledSyncAt"`
	Latest      map[string]SyncResult `json:"latestResult"`
	LatestState SyncState             `json:"latestExecutionStatus"`
	Records     map[string]int64      `json:"recordCount"`
	Checkpoint  json.RawMessage       `json:"checkpoint"`
}

func decodeSyncs(answer Response) ([]SyncStatus, error) {
	wire, err := decodeJSON[struct{ Syncs *[]syncWire }](answer)
	switch {
	case err != nil:
		return nil, err
	case wire.Syncs == nil:
		return nil, missing("syncs")
	}
	all := make([]SyncStatus, 0, len(*wire.Syncs))
	for _, one := range *wire.Syncs {
		all = append(all, one.plain())
	}
	return all, nil
}

func (w syncWire) plain() SyncStatus {
	if w.Variant == BaseVariant {
		w.Variant = ""
	}
	return SyncStatus{
		ID: w.ID, Connection: w.Connection, Name: SyncName{w.Name, w.Variant}, State: w.State, Type: w.Type, Frequency: w.Frequency,
		FinishedAt: w.FinishedAt.orNil(), NextAt: w.NextAt.orNil(), Latest: w.Latest, LatestState: w.LatestState,
		Records: w.Records, Checkpoint: notNull(w.Checkpoint),
	}
}
