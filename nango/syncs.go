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

// BaseVariant is the variant that every sync has. Nango uses it if none is given.
const BaseVariant = "base"

// SyncName identifies a sync of an integration and one of its variants.
type SyncName struct {
	Name    string
	Variant string // empty for [BaseVariant]
}

// String formats the name as Nango does: "issues", or "issues::eu" for a variant.
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

// SyncSelection selects syncs.
type SyncSelection struct {
	// Connection is the connection. Without an id, it means every connection of the integration.
	Connection ConnectionRef
	Syncs      []SyncName // the selected syncs
	// All selects every sync with all its variants. For Nango an empty list means all, even when pausing, so it must
	// be said explicitly here.
	All bool
}

func (s SyncSelection) names() []string {
	names := make([]string, 0, len(s.Syncs))
	for _, name := range s.Syncs {
		names = append(names, name.String())
	}
	return names
}

// maxSyncs is the maximum number of syncs in one request.
const maxSyncs = 256

func (s SyncSelection) check(operation Operation) error {
	switch {
	case s.All && len(s.Syncs) > 0:
		return errors.New("select either some syncs or all, not both")
	case !s.All && len(s.Syncs) == 0:
		return errors.New("no sync is selected; Nango would take that for all of them")
	case len(s.Syncs) > maxSyncs:
		return fmt.Errorf("%d syncs are too many; the maximum is %d", len(s.Syncs), maxSyncs)
	}
	var err error
	for _, name := range s.Syncs {
		err = firstError(err, name.check())
	}
	if s.Connection.ID == "" {
		return firstError(err, CheckIntegrationKey(s.Connection.Integration))
	}
	return firstError(err, s.Connection.check(operation))
}

// SyncStatus is the status of a sync of a connection.
type SyncStatus struct {
	ID string `json:"id"` // a UUID; empty if the sync was never set up
	// Connection is the connection id.
	Connection string    `json:"connection_id"`
	Name       SyncName  `json:"-"`
	State      SyncState `json:"status"` // in Nango's terms: see [SyncState]
	Type       string    `json:"type"`   // "INCREMENTAL" or the older "INITIAL". It no longer has a meaning.
	// Frequency is how often it runs, such as "every hour"; empty if Nango doesn't say.
	Frequency  string     `json:"frequency"`
	FinishedAt *time.Time `json:"-"` // the end of the last run; nil during a run, and if it never ran
	NextAt     *time.Time `json:"-"` // the next run; nil while it is paused or stopped
	// Latest is what the latest run changed, by model; nil if it never ran.
	Latest map[string]SyncResult `json:"latestResult"`
	// LatestState is the state of the latest run; empty if it never ran.
	LatestState SyncState `json:"latestExecutionStatus"`
	// Records is the number of records by model. For a variant, Nango returns the base variant's numbers.
	Records    map[string]int64 `json:"recordCount"`
	Checkpoint json.RawMessage  `json:"checkpoint"` // a JSON object, or nil
}

// SyncResult counts what a run changed in the records of a model.
type SyncResult struct {
	Added   int64 `json:"added"`
	Updated int64 `json:"updated"`
	Deleted int64 `json:"deleted"`
}

// SyncState is the state of a sync, in Nango's terms. Other states than these can appear.
type SyncState string

// The states of a sync.
const (
	SyncStateRunning SyncState = "RUNNING"
	SyncStatePaused  SyncState = "PAUSED"
	// SyncStateStopped means that there is no schedule. For the latest run, it means that it failed or was stopped.
	SyncStateStopped SyncState = "STOPPED"
	SyncStateSuccess SyncState = "SUCCESS" // also the state of a sync that never ran
	SyncStateError   SyncState = "ERROR"
)

// ListSyncs reads the status of syncs. Unknown syncs are silently left out. For a whole integration, the server
// checks each sync of each connection in turn, which can take long, so never send it unasked.
func ListSyncs(selection SyncSelection) Read[[]SyncStatus] {
	call := newCall(OpSyncsList, http.MethodGet, "sync", "status").about(selection.Connection)
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

// UnmarshalJSON decodes a status of [ListSyncs].
func (s *SyncStatus) UnmarshalJSON(raw []byte) error {
	type plain SyncStatus
	var wire struct {
		plain
		SyncName
		Finished timestamp `json:"finishedAt"`
		Next     timestamp `json:"nextScheduledSyncAt"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil {
		return err
	}
	if wire.Variant == BaseVariant {
		wire.Variant = ""
	}
	*s = SyncStatus(wire.plain)
	s.Name, s.FinishedAt, s.NextAt, s.Checkpoint = wire.SyncName, wire.Finished.orNil(), wire.Next.orNil(), notNull(s.Checkpoint)
	return nil
}

func decodeSyncs(response Response) ([]SyncStatus, error) {
	wire, err := decodeJSON[struct{ Syncs *[]SyncStatus }](response)
	switch {
	case err != nil:
		return nil, err
	case wire.Syncs == nil:
		return nil, missing("syncs")
	}
	return firstRows(*wire.Syncs, MaxRows), nil
}
