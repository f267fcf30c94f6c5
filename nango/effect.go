package nango

// Effect is what a request does to the world. It determines which confirmation is needed before sending.
type Effect int

const (
	Reads     Effect = iota + 1 // changes nothing
	Refreshes                   // reads, but may refresh a token at the provider, update a timestamp or count a failure
	Writes                      // makes a change that can be undone
	Runs                        // runs someone else's code or API; it is unknown whether it can be undone
	Destroys                    // cannot be undone
)

var effectNames = [...]string{"unknown", "reads", "refreshes", "writes", "runs", "destroys"}

// String returns the effect in lower case.
func (e Effect) String() string {
	if e < 0 || int(e) >= len(effectNames) {
		return effectNames[0]
	}
	return effectNames[e]
}

// Changes reports whether the request does more than read: any effect above [Refreshes].
func (e Effect) Changes() bool { return e > Refreshes }

// FormIsDialog reports whether the operation's form is also its confirmation dialog. Making a link for a customer has
// to be quick.
func (o Operation) FormIsDialog() bool { return operations[o].FormIsDialog }

// Effect is the operation's effect from the operation table. An unknown operation counts as [Destroys].
func (o Operation) Effect() Effect {
	if info, ok := o.Info(); ok {
		return info.Effect
	}
	return Destroys
}

// NeedsNoArming reports whether production need not be armed for the operation: it makes or revokes a link.
func (o Operation) NeedsNoArming() bool {
	return operations[o].NeedsNoArming || operations[o].FormIsDialog
}
