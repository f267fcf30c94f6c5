package curlline

// Reasons why a part of the command was skipped, after its name.
const (
	dropCredentials = "was skipped: Nango adds the connection's credentials"
	dropTransport   = "was skipped: Nango sends the request"
	dropOutput      = "was skipped: the response is shown, and can be saved there"
	dropRetries     = "was skipped: retries are set in the form"
	dropFiles       = "was skipped: it reads a file"
	dropNonHTTP     = "was skipped: it is not for HTTP"
	dropMultiple    = "was skipped: only the first URL is requested"
	dropEncoding    = "was skipped: Nango decompresses responses itself"
)

// Notes on what was skipped or changed.
const (
	noteAssigned      = "The variable %s is set before curl. Its value is not filled in."
	noteVariables     = "%s%s: not filled in, because shell variables are not read."
	noteOneUpload     = "Only the first file to upload is used."
	noteFragment      = "The part of the URL after # was skipped: it is never sent."
	noteScheme        = "The URL has no scheme: https is used."
	noteUserInfo      = "The user name and password in the URL %s."
	noteNestedPart    = "%s: nested parts are not supported; it is used as text."
	notePartSetting   = "A setting of a form part was skipped: only type and filename are supported."
	noteHeaderColon   = "A header without a colon was skipped, as in curl."
	noteHeader        = "The header %s %s."
	noteOption        = "%s %s."
	noteNext          = "Only the first request is used: %s starts another one."
	noteURLs          = "Only the first of %d URLs is used."
	noteRedirect      = "The redirection to a file with > was skipped: the response is shown, and can be saved there."
	noteFirstCommand  = "Only the first command is used. The next one starts at line %d, column %d."
	noteMoreCommands  = "Only the first command is used. More follows it."
	noteLineBreak     = "A line break without a backslash was read as a space, because an option follows."
	noteMoreVariables = " and others"
)

// Errors.
const (
	errTooLong      = "the command is longer than %d KB"
	errNotCurl      = "the command starts with %q, not with curl"
	errNoCurl       = "no curl command found"
	errURL          = "the URL is empty or contains a NUL"
	errNoURL        = "the command has no URL"
	errHeadBody     = "-I requests only the headers, but %s is sent: curl refuses both together"
	errTwoBodies    = "%s sends %s, but %s is sent already: curl refuses both together"
	errFormPart     = "%s needs a name and a value, such as name=value"
	errNoValue      = "%s needs a value"
	errNoFile       = "%s needs a file"
	errQuote        = "the quote %s is not closed"
	errBrace        = "the brace of ${ is not closed"
	errSubstitution = "a command substitution is not run: replace it with its output"
	errParenthesis  = "%q is not in quotes: only a plain command is supported"
	errNUL          = "an argument can't contain a NUL"
	errHereDoc      = "the here-document that starts here has no end: a line with only %q is missing"
)
