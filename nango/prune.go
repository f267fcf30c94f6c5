package nango

import (
	"errors"
	"fmt"
	"net/http"
)

// Bounds of pruning.
const (
	// PrunePage is how many records one request prunes. Nango takes up to [MaxRecordPage], and 1,000 where nothing
	// is said.
	PrunePage = 1000
	// maxIdlePrunes is how often Nango may say that there is more without having pruned any.
	maxIdlePrunes = 2
)

// PruneInput says which payloads to erase: those of a model's records up to a cursor, the record of the cursor
// included. The records stay, without payload.
type PruneInput struct {
	Connection ConnectionRef
	// Model and Variant are as in a [RecordQuery].
	Model, Variant string
	// Until is the cursor of the last record to prune.
	Until string
	// Limit is how many at once, 1 to [MaxRecordPage]; 0 leaves it to Nango.
	Limit int
}

// Pruned is what one request has erased.
type Pruned struct {
	// Count is records pruned, More whether some are left.
	Count int
	More  bool
}

// PruneRecords erases payloads for good: only a new run of the sync from its start brings them back. One request
// does not do all; see [Pruning].
func PruneRecords(input PruneInput) Request[Pruned] {
	call := newCall(OpRecordsPrune, http.MethodPatch, "records", "prune")
	call.About, call.Header = input.Connection, connectionHeader(input.Connection)
	call, err := call.withBody(struct {
		Model   string `json:"model"`
		Variant string `json:"variant,omitempty"`
		Until   string `json:"until_cursor"`
		Limit   int    `json:"limit,omitempty"`
	}{input.Model, input.Variant, input.Until, input.Limit})
	return request(call, decodePruned, input.Connection.checkHeader(OpRecordsPrune), input.check(), err)
}

func (i PruneInput) check() error {
	var until error
	if i.Until == "" {
		until = errors.New("the cursor up to which to prune is missing")
	}
	query := RecordQuery{Model: i.Model, Variant: i.Variant, Cursor: i.Until, Limit: i.Limit}
	return firstError(until, query.check())
}

func decodePruned(answer Response) (Pruned, error) {
	wire, err := decodeJSON[struct {
		Count *int `json:"count"`
		More  bool `json:"has_more"`
	}](answer)
	switch {
	case err != nil:
		return Pruned{}, err
	case wire.Count == nil:
		return Pruned{}, missing("count")
	}
	return Pruned{Count: *wire.Count, More: wire.More}, nil
}

// Pruning erases the payloads of all records up to a cursor, one request after the other, without sending
// anything itself. It is a plain value.
type Pruner struct {
	input PruneInput
	count int
	idle  int
	done  bool
}

// NewPruner begins. A limit of 0 is taken for [PrunePage].
func NewPruner(input PruneInput) Pruner {
	if input.Limit == 0 {
		input.Limit = PrunePage
	}
	return Pruner{input: input}
}

// Next is the request to send now, and whether there is one.
func (p *Pruner) Next() (Request[Pruned], bool) {
	if p.done {
		return Request[Pruned]{}, false
	}
	return PruneRecords(p.input), true
}

// Arrived takes the answer. Nango can say that there is more where there is none, so a second answer of nothing
// ends it.
func (p *Pruner) Add(pruned Pruned) error {
	p.count += pruned.Count
	p.idle++
	if pruned.Count > 0 {
		p.idle = 0
	}
	p.done = !pruned.More || p.idle >= maxIdlePrunes
	if p.done && pruned.More {
		return fmt.Errorf("nango says that more can be pruned, and has pruned nothing %d times in a row", p.idle)
	}
	return nil
}

// Count is how many records were pruned.
func (p *Pruner) Count() int { return p.count }

// Done says that nothing is left to prune.
func (p *Pruner) Done() bool { return p.done }
