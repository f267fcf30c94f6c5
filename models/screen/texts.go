package screen

// Texts on the screen.
const (
	textChooseConnection      = "choose a connection or enter its ID"
	textConnectionsFailed     = "Couldn't load connections. Enter an ID: "
	textOnlyNewest            = "enter an ID: only the newest %d are listed"
	textNothingChanged        = "Nothing was changed, so there is nothing to send."
	textNoIntegrations        = "There are no integrations in this environment."
	textNoMatches             = "there are no matches"
	textNotJSON               = "this text isn't JSON"
	textFoldOrGoParent        = "Fold, or go to the parent"
	textNothingMaskedHere     = "Nothing is masked here"
	textValueTooLongClipboard = "The value is too long for the clipboard. Unfold it and copy a part."
	textNoFilter              = "there is no filter"
	textSortColumnFirst       = "sort by a column first"
	textSortNextColumn        = "Sort by the next column"
	textNoParameter           = "%s has no parameter %q; it has %s"
	textRouteTooLong          = "this route has %d bytes; the limit is %d"
	textNoRoute               = "no route given: try connections or integrations"
	textInvalidSegment        = "%q is invalid in a route: write %% as %%25"
	textInvalidQuery          = "invalid parameters after the ?: %w"
	textFolder                = "The folder must exist. \"~/\" is the home folder on the machine that runs this program."
	textEnterFileName         = "enter a file name"
	textFileBeingWritten      = "the file is being written"
	textFileKept              = "the file is kept"
	textContentLost           = "its content will be lost"
)
