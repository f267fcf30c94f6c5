package nango

import (
	"fmt"
	"net/http"
)

// Bounds for pruning.
const (
	// PrunePage is how many records one request prunes. Nango allows up to [MaxRecordPage] and defaults to 1,000.
	PrunePage     = 1000
	maxIdlePrunes = 2 // how often Nango may report more records without having pruned any
)

// PruneInput selects payloads to erase: those of a model's records up to and including a cursor. The records stay,
// without payload.
type PruneInput struct {
	Connection ConnectionRef
	// Model and Variant are as in a [RecordQuery].
	Model, Variant string
	Until          string // the cursor of the last record to prune
	Limit          int    // the number of records per request, 1 to [MaxRecordPage]; with 0, Nango decides
}

// Pruned is the result of one request.
type Pruned struct {
	Count int  // the number of records pruned
	More  bool // some are left
}

// PruneRecords permanently erases payloads. Only a sync run from its start restores them. One request doesn't prune
// all; see [Pruner].
func PruneRecords(input PruneInput) Request[Pruned] {
	call := newCall(OpRecordsPrune, http.MethodPatch, "records", "prune")
	call.About, call.Name, call.Header = input.Connection, input.Model, connectionHeader(input.Connection)
	call, err := call.withBody(struct {
		Model   string `json:"model"`
		Variant string `json:"variant,omitempty"`
		Until   string `json:"until_cursor"`
		Limit   int    `json:"limit,omitempty"`
	}{input.Model, input.Variant, input.Until, input.Limit})
	return request(call, decodePruned, input.Connection.checkHeader(OpRecordsPrune), input.check(), err)
}

func (i PruneInput) check() error {
	query := RecordQuery{Model: i.Model, Variant: i.Variant, Cursor: i.Until, Limit: i.Limit}
	return firstError(refuseIf(i.Until == "", "the cursor up to which to prune is missing"), query.check())
}

func decodePruned(response Response) (Pruned, error) {
	wire, err := decodeJSON[struct {
		Count *int `json:"count"`
		More  bool `json:"has_more"`
	}](response)
	switch {
	case err != nil:
		return Pruned{}, err
	case wire.Count == nil:
		return Pruned{}, missing("count")
	}
	return Pruned{Count: *wire.Count, More: wire.More}, nil
}

// Pruner prunes all records up to a cursor, one request after the other, without sending anything itself. It can be
// copied.
type Pruner struct {
	input PruneInput
	count int
	idle  int
	done  bool
}

// NewPruner creates a Pruner. A limit of 0 means [PrunePage].
func NewPruner(input PruneInput) Pruner {
	if input.Limit == 0 {
		input.Limit = PrunePage
	}
	return Pruner{input: input}
}

// Next returns the request to send next, if there is one.
func (p *Pruner) Next() (Request[Pruned], bool) {
	if p.done {
		return Request[Pruned]{}, false
	}
	return PruneRecords(p.input), true
}

// Add adds the result of a request. Nango can report more records when there are none, so a second empty result ends
// it.
func (p *Pruner) Add(pruned Pruned) error {
	p.count += pruned.Count
	p.idle++
	if pruned.Count > 0 {
		p.idle = 0
	}
	p.done = !pruned.More || p.idle >= maxIdlePrunes
	if p.done && pruned.More {
		return fmt.Errorf("nango reports more records to prune, but pruned none %d times in a row", p.idle)
	}
	return nil
}

// Count is the number of records pruned so far.
func (p *Pruner) Count() int { return p.count }

// Done reports whether nothing is left to prune.
func (p *Pruner) Done() bool { return p.done }
