package requests

// The list.
const (
	textList        = "Requests"
	textEmpty       = "No requests yet."
	textEmptyAdvice = "Every request to Nango is listed here, without its headers and body."
	textNoMatches   = "No request matches the filter."
	nounRequest     = "call"
	textFailed      = "✗ %s failed"
	textInProgress  = "… %s in progress"
	textOlder       = " · older requests are not kept"
	textPending     = "… in progress"
	columnTime      = "TIME"
	columnOperation = "OPERATION"
	columnStatus    = "STATUS"
	columnTook      = "TOOK"
	columnSize      = "SIZE"
	columnBudget    = "BUDGET"
	columnMethod    = "METHOD"
	columnPath      = "PATH"
)

// Actions.
const (
	whyNoRow      = "there is no request under the cursor"
	copiedRequest = "request"
)

// One request.
const (
	titleRequest    = "REQUEST"
	titleOutcome    = "OUTCOME"
	labelOperation  = "Operation"
	labelEffect     = "Effect"
	labelSent       = "Sent"
	labelBegan      = "Began"
	labelSentBy     = "Sent by"
	valueUser       = "you"
	valueProgram    = "the program, in the background"
	labelOutcome    = "Outcome"
	valueInProgress = "in progress"
	labelTook       = "Took"
	labelTries      = "Tries"
	labelResponse   = "Response"
	labelBudget     = "Budget after"
)
