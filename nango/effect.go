package nango

// Effect is what a request does to the world. It decides who has to agree before the request is sent.
type Effect int

const (
	// Reads changes nothing.
	Reads Effect = iota + 1
	// Refreshes reads, but may refresh a token upstream, stamp a time or count a failure on the way.
	Refreshes
	// Writes changes what can be put back.
	Writes
	// Runs does what somebody else's code or API does: nobody can say whether it can be put back.
	Runs
	// Destroys cannot be undone.
	Destroys
)

var effectNames = [...]string{"unknown", "reads", "refreshes", "writes", "runs", "destroys"}

// String is the effect's name, in lower case.
func (e Effect) String() string {
	if e < 0 || int(e) >= len(effectNames) {
		return effectNames[0]
	}
	return effectNames[e]
}

// Changes says whether the request is more than a look: everything above [Refreshes].
func (e Effect) Changes() bool { return e > Refreshes }

// Quick says that the form which makes the request is its dialog: making a link for a customer has to be quick.
func (o Operation) FormIsDialog() bool {
	info, _ := o.Info()
	return info.FormIsDialog
}

// Effect is what the operation does to the world, by the table. What stands in no table is taken for the worst.
func (o Operation) Effect() Effect {
	if info, ok := o.Info(); ok {
		return info.Effect
	}
	return Destroys
}

// Unarmed says that production need not be armed for the operation: it makes a link, or takes one back.
func (o Operation) NeedsNoArming() bool {
	info, _ := o.Info()
	return info.NeedsNoArming || info.FormIsDialog
}
