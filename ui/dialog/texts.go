package dialog

// Texts of dialogs.
const (
	hintConfirm      = "tab moves  esc cancels"
	hintCurl         = "  ctrl+y copies as curl"
	textWrongWord    = "✗ Wrong word. Nothing was sent."
	textCancel       = "Cancel"
	textType         = "Type "
	textToConfirm    = " to confirm:  "
	hintGoTo         = "tab completes  ↑ history  enter opens  esc closes"
	hintHelp         = "type to search  ↑↓ scroll  esc closes"
	textNoKey        = "no matching keys"
	hintMenu         = "type to filter  ↑↓ move  enter selects  esc closes"
	hintNotice       = "enter closes  ctrl+y copies all"
	hintPalette      = "type to search  ↑↓ move  enter runs  esc closes"
	textNoMatches    = "  no matches"
	textOpensTyped   = "  no matches; enter opens what was typed"
	textTypeToFilter = " type to filter"
)
