package nango

// Secret is a text that is never printed by accident: every way of formatting it gives [Masked].
type Secret string

// Masked stands where a secret is not shown.
const Masked = "••••••••"

// String hides the secret.
func (Secret) String() string { return Masked }

// GoString hides the secret.
func (Secret) GoString() string { return Masked }

// MarshalJSON hides the secret.
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + Masked + `"`), nil }

// Reveal is the text itself, for the few places that must have it: the Authorization header and the clipboard.
func (s Secret) Reveal() string { return string(s) }
