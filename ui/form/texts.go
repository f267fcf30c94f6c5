package form

// Texts of a form.
const (
	textTooLong      = "too long to edit here: more than %d KB or %d lines"
	textUneditable   = "contains characters that can't be edited here"
	textNoPair       = "line %d: write key=value"
	textDuplicateKey = "line %d: duplicate key"
	textLimit        = "the limit is %d KB and %d lines"
	textPasteCut     = "the pasted text was cut: "
	textPasteCleaned = "removed characters that can't be drawn from the pasted text"
	textNone         = "> none"
	textYes          = "> Yes"
	textNo           = "> No"
	textRequired     = " (required)"
	hintChoice       = "↑↓ select  type to filter  "
	hintChoices      = "space selects  type to filter  "
	hintYesNo        = "space toggles  "
	hintLines        = "enter new line  "
	hintMove         = "tab next  shift+tab back"
	textMoreLines    = "… %d more lines"
)
