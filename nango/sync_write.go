package nango

import (
	"errors"
	"net/http"
	"strings"
)

// TriggerOptions says how syncs are run.
type TriggerOptions struct {
	// Reset ends a run that is under way, forgets the checkpoint and begins from the start. Nango has it since
	// v0.69.32.
	Reset bool
	// EmptyCache removes all records first. Nango takes it without Reset, and then does nothing of the sort
	// (seen on v0.71.4), so it is refused here.
	EmptyCache bool
}

type selectionBody struct {
	Integration string       `json:"provider_config_key"`
	Connection  string       `json:"connection_id,omitempty"`
	Syncs       []string     `json:"syncs"`
	Options     *triggerBody `json:"opts,omitempty"`
}

type triggerBody struct {
	Reset      bool `json:"reset"`
	EmptyCache bool `json:"emptyCache"`
}

func (s SyncSelection) body() selectionBody {
	return selectionBody{Integration: s.Connection.Integration, Connection: s.Connection.ID, Syncs: s.names()}
}

// TriggerSyncs runs syncs now. Success says that Nango took the order, no more: it answers so even when it
// cannot carry it out (seen on v0.71.4), so look at [ListSyncs] afterwards.
func TriggerSyncs(selection SyncSelection, options TriggerOptions) Request[Success] {
	call := newCall(OpSyncTrigger, http.MethodPost, "sync", "trigger")
	call.About = selection.Connection
	var nothing error
	body := selection.body()
	switch {
	case options.Reset:
		call.Effect = Destroys
		body.Options = &triggerBody{Reset: true, EmptyCache: options.EmptyCache}
	case options.EmptyCache:
		call.Effect = Destroys
		nothing = errors.New("emptying the cache needs a reset; without one Nango leaves it as it is")
	}
	call, err := call.withBody(body)
	return request(call, decodeSuccess, selection.check(OpSyncTrigger), nothing, err)
}

// StartSyncs lets syncs run by their schedule again. Success says no more than that Nango took the order.
func StartSyncs(selection SyncSelection) Request[Success] {
	return commandSyncs(OpSyncStart, "start", selection)
}

// PauseSyncs stops syncs from being run by their schedule. Success says no more than that Nango took the order.
func PauseSyncs(selection SyncSelection) Request[Success] {
	return commandSyncs(OpSyncPause, "pause", selection)
}

func commandSyncs(operation Operation, verb string, selection SyncSelection) Request[Success] {
	call := newCall(operation, http.MethodPost, "sync", verb)
	call.About = selection.Connection
	call, err := call.withBody(selection.body())
	return request(call, decodeSuccess, selection.check(operation), err)
}

// SetFrequency changes how often a sync of a connection runs; an empty text goes back to the function's own.
// It gives the frequency as Nango keeps it: "every 2 hours" comes back as "2 hours".
func SetFrequency(ref ConnectionRef, sync SyncName, frequency string) Request[string] {
	call := newCall(OpSyncFrequency, http.MethodPut, "sync", "update-connection-frequency")
	call.About = ref
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

func decodeFrequency(answer Response) (string, error) {
	wire, err := decodeJSON[map[string]string](answer) // null is read as an empty text
	frequency, found := wire["frequency"]
	if err == nil && !found {
		err = missing("frequency")
	}
	return frequency, err
}

// Variant is a variant of a sync that was just made.
type Variant struct {
	// ID is that of the sync, a UUID.
	ID   string
	Name SyncName
}

// CreateVariant makes a variant of a sync for a connection. It has records of its own.
func CreateVariant(ref ConnectionRef, sync SyncName) Request[Variant] {
	call, err := aboutVariant(OpVariantCreate, http.MethodPost, ref, sync)
	return request(call, decodeVariant, ref.check(OpVariantCreate), CheckFunctionName(sync.Name), CheckVariant(sync.Variant), err)
}

// DeleteVariant deletes a variant with its records.
func DeleteVariant(ref ConnectionRef, sync SyncName) Request[Success] {
	call, err := aboutVariant(OpVariantDelete, http.MethodDelete, ref, sync)
	return request(call, decodeSuccess, ref.check(OpVariantDelete), CheckFunctionName(sync.Name), CheckVariant(sync.Variant), err)
}

// aboutVariant names the connection in the body, at a deletion as well.
func aboutVariant(operation Operation, method string, ref ConnectionRef, sync SyncName) (Call, error) {
	call := newCall(operation, method, "sync", sync.Name, "variant", sync.Variant)
	call.About = ref
	return call.withBody(struct {
		Integration string `json:"provider_config_key"`
		Connection  string `json:"connection_id"`
	}{ref.Integration, ref.ID})
}

func decodeVariant(answer Response) (Variant, error) {
	wire, err := decodeJSON[struct{ ID, Name, Variant string }](answer)
	if err == nil && wire.ID == "" {
		err = missing("id")
	}
	return Variant{ID: wire.ID, Name: SyncName{wire.Name, wire.Variant}}, err
}

// CheckVariant says whether Nango takes the text as the name of a new variant: "base" is every sync's own, in
// capitals as well (seen on v0.71.4).
func CheckVariant(name string) error {
	if strings.EqualFold(name, BaseVariant) {
		return errors.New("the variant base belongs to every sync, and can be neither made nor deleted")
	}
	return checkName("the variant", name, providerChars)
}

// CheckFunctionName says whether Nango takes the text as the name of a sync, an action or an on-event function.
func CheckFunctionName(name string) error {
	return checkName("the function's name", name, providerChars)
}
