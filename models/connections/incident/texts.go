package incident

// Texts on the screen.
const (
	actionExport    = "Export incident report"
	detailPlain     = "no customer, no tags"
	leftOut         = "…"
	note            = "Secrets are masked."
	optionCopy      = "Markdown to the clipboard"
	optionCopyPlain = "Markdown to the clipboard, without names"
	optionJSON      = "JSON to a file"
	optionSave      = "Markdown to a file"
	reportName      = "incident report"
)
