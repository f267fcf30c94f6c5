package filter

// What a filter says.
const (
	textCut          = "cut to %s characters"
	textUnknownField = `Unknown field %s: use %s, or "%s:…" in quotes as text.`
	textUnknownValue = "%s: expected %s, not %s."
	textNotAnAge     = "%s: expected an age such as %s:<1d or %s:>2h (m, h, d, w)."
	hintWords        = `words  "phrases"  -without  a|b`
)
