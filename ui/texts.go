package ui

// Texts of the widgets in this package.
const (
	textTooLongToCompare = "too long to compare: %d KB before, %d KB after"
	textCouldntCompare   = "couldn't compare: "
	textNoChanges        = "no changes"
	textDiffMoreLines    = "… and %d more lines"
	textCutOff           = "longer than %d MB, the rest is cut off"
	textTooManyLines     = "more than %d lines, too many to fold: shown as text"
	textFolded           = "… %d lines …"
	textCodeCutOff       = "  ! cut off: %s more"
	textPosition         = "line %s of %s"
	textMatchOfMany      = "  %s of more than %s"
	textMatch            = "  %s of %s"
	textNoMatches        = "  no matches"
	textTerminalTooSmall = "Terminal too small: %s cells, needs %s."
	textTooSmallForQR    = "Too small for the QR code: needs %d×%d cells, has %d×%d."
	textZIP              = "ZIP archive or office document"
)
