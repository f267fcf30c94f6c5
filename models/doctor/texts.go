package doctor

// Texts on the screen, by the file that shows them.
const (
	// list.go
	actionCheckAll    = "Load checks (%s)"
	actionIntegration = "Open integration"
	columnCheck       = "CHECK"
	columnEvidence    = "EVIDENCE"
	columnIntegration = "INTEGRATION"
	copiedFinding     = "finding"
	hintCheckAll      = "checks them"
	labelCheck        = "Check"
	labelConnection   = "Connection"
	labelEvidence     = "Evidence"
	labelFunction     = "Function"
	labelIntegration  = "Integration"
	labelRemedy       = "Remedy"
	nounFinding       = "finding"
	textChecked       = "%s checked"
	textChecking      = "checking…"
	textCut           = "The first %s integrations are checked, %s are not."
	textFailed        = "Couldn't check"
	textLoading       = "loading…"
	textNoMatch       = "No finding matches the filter."
	textNotChecked    = "integrations not checked"
	textNothingFound  = "Nothing found."
	textTitle         = "Doctor"
	textWhatIsChecked = "Checked: offline access, scopes of functions, webhooks, and the known causes of errors. " +
		"What was granted to a connection is on its page, after its credentials are fetched."
	whyNoFinding      = "no finding is selected"
	whyNoIntegration  = "the finding is about the environment"
	whyOneIntegration = "the integration is checked when the page is loaded"
)
