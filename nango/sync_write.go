package nango

import (
	"errors"
	"net/http"
	"strings"
)

// TriggerOptions are options for running syncs.
type TriggerOptions struct {
	// Reset ends a current run, deletes the checkpoint and starts from the beginning. Nango supports it since
	// v0.69.32.
	Reset bool `json:"reset"`
	// EmptyCache deletes all records first. Without Reset, Nango accepts but ignores it (seen on v0.71.4), so it is
	// refused here.
	EmptyCache bool `json:"emptyCache"`
}

// TriggerSyncs runs syncs now. Success only means that Nango accepted the request, even if it can't carry it out
// (seen on v0.71.4). Check with [ListSyncs] afterwards.
func TriggerSyncs(selection SyncSelection, options TriggerOptions) Request[Success] {
	var sent *TriggerOptions
	if options.Reset {
		sent = &options
	}
	r := commandSyncs(OpSyncTrigger, "trigger", selection, sent)
	if options.Reset || options.EmptyCache {
		r.call.Effect = Destroys
	}
	r.refusal = firstError(r.refusal, refuseIf(options.EmptyCache && !options.Reset,
		"emptying the cache requires a reset; without one, Nango ignores it"))
	return r
}

// StartSyncs resumes the schedule of syncs. Success only means that Nango accepted the request.
func StartSyncs(selection SyncSelection) Request[Success] {
	return commandSyncs(OpSyncStart, "start", selection, nil)
}

// PauseSyncs pauses the schedule of syncs. Success only means that Nango accepted the request.
func PauseSyncs(selection SyncSelection) Request[Success] {
	return commandSyncs(OpSyncPause, "pause", selection, nil)
}

func commandSyncs(operation Operation, verb string, selection SyncSelection, options *TriggerOptions) Request[Success] {
	call := newCall(operation, http.MethodPost, "sync", verb).about(selection.Connection)
	call.Syncs = selection.Syncs
	if len(call.Syncs) == 1 {
		call.Name = call.Syncs[0].String()
	}
	call, err := call.withBody(struct {
		Integration string          `json:"provider_config_key"`
		Connection  string          `json:"connection_id,omitempty"`
		Syncs       []string        `json:"syncs"`
		Options     *TriggerOptions `json:"opts,omitempty"`
	}{selection.Connection.Integration, selection.Connection.ID, selection.names(), options})
	return request(call, decodeSuccess, selection.check(operation), err)
}

// SetFrequency changes how often a sync of a connection runs. An empty text restores the function's own frequency. It
// returns the frequency as Nango stores it: "2 hours" for "every 2 hours".
func SetFrequency(ref ConnectionRef, sync SyncName, frequency string) Request[string] {
	call := newCall(OpSyncFrequency, http.MethodPut, "sync", "update-connection-frequency").about(ref)
	call.Syncs = []SyncName{sync}
	body := struct {
		Integration string  `json:"provider_config_key"`
		Connection  string  `json:"connection_id"`
		Sync        string  `json:"sync_name"`
		Variant     string  `json:"sync_variant,omitempty"`
		Frequency   *string `json:"frequency"`
	}{ref.Integration, ref.ID, sync.Name, sync.Variant, nil}
	var wrong error
	if frequency != "" {
		body.Frequency = &frequency
		_, wrong = ParseFrequency(frequency)
	}
	call, err := call.withBody(body)
	return request(call, decodeFrequency, ref.check(OpSyncFrequency), sync.check(), wrong, err)
}

func decodeFrequency(response Response) (string, error) {
	wire, err := decodeJSON[map[string]string](response) // null decodes to an empty string
	frequency, found := wire["frequency"]
	if err == nil && !found {
		err = missing("frequency")
	}
	return frequency, err
}

// Variant is a variant of a sync just created.
type Variant struct {
	ID   string // the sync's id, a UUID
	Name SyncName
}

// CreateVariant creates a variant of a sync for a connection. It has its own records.
func CreateVariant(ref ConnectionRef, sync SyncName) Request[Variant] {
	call, err := aboutVariant(OpVariantCreate, http.MethodPost, ref, sync)
	return request(call, decodeVariant, ref.check(OpVariantCreate), CheckFunctionName(sync.Name), CheckVariant(sync.Variant), err)
}

// DeleteVariant deletes a variant with its records.
func DeleteVariant(ref ConnectionRef, sync SyncName) Request[Success] {
	call, err := aboutVariant(OpVariantDelete, http.MethodDelete, ref, sync)
	return request(call, decodeSuccess, ref.check(OpVariantDelete), CheckFunctionName(sync.Name), CheckVariant(sync.Variant), err)
}

// aboutVariant identifies the connection in the body, even to delete.
func aboutVariant(operation Operation, method string, ref ConnectionRef, sync SyncName) (Call, error) {
	call := newCall(operation, method, "sync", sync.Name, "variant", sync.Variant).about(ref)
	call.Name = sync.Variant
	return call.withBody(struct {
		Integration string `json:"provider_config_key"`
		Connection  string `json:"connection_id"`
	}{ref.Integration, ref.ID})
}

func decodeVariant(response Response) (Variant, error) {
	wire, err := decodeJSON[struct{ ID, Name, Variant string }](response)
	if err == nil && wire.ID == "" {
		err = missing("id")
	}
	return Variant{ID: wire.ID, Name: SyncName{wire.Name, wire.Variant}}, err
}

// CheckVariant returns an error if Nango would refuse the name for a new variant. "base" in any case is reserved
// (seen on v0.71.4).
func CheckVariant(name string) error {
	if strings.EqualFold(name, BaseVariant) {
		return errors.New("every sync has the variant base; it can't be created or deleted")
	}
	return checkName("the variant", name, providerChars)
}

// CheckFunctionName returns an error if Nango would refuse the name of a sync, an action or an on-event function.
func CheckFunctionName(name string) error {
	return checkName("the function name", name, providerChars)
}
