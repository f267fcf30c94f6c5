package nango

// Secret is a text that is never printed by accident: every format prints [Masked].
type Secret string

// Masked is shown in place of a secret.
const Masked = "••••••••"

// String returns [Masked].
func (Secret) String() string { return Masked }

// GoString returns [Masked].
func (Secret) GoString() string { return Masked }

// MarshalJSON encodes [Masked].
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + Masked + `"`), nil }

// Reveal returns the text itself, for the few places that need it: the Authorization header and the clipboard.
func (s Secret) Reveal() string { return string(s) }
