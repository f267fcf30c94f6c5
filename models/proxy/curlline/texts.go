package curlline

// Reasons why a part of the command was skipped, after its name.
const (
	dropCredentials = "was skipped: Nango adds the connection's credentials"
	dropTransport   = "was skipped: Nango sends the request"
	dropOutput      = "was skipped: the response is shown, and can be saved there"
	dropRetries     = "was skipped: retries are set in the form"
	dropFiles       = "was skipped: it reads a file"
	dropCondition   = "was skipped: it depends on the time of an earlier response"
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
	noteAttached      = "%s is not in quotes, and was read as a part of the word around it. A shell would end the word there."
	noteComment       = "The text after # was skipped: it is a comment."
	noteGlob          = "The URL is used as written. With braces or a range in brackets, curl requests each of the values, unless -g is set."
	noteResume        = "%s - was skipped: it continues a file of an earlier download."
	noteQueryReplaced = "--url-query was skipped: curl ignores it together with -G and data."
)

// Errors.
const (
	errTooLong       = "the command is longer than %d KB"
	errNotCurl       = "the command starts with %q, not with curl"
	errNoCurl        = "no curl command found"
	errURL           = "the URL is empty or contains a control character"
	errNoURL         = "the command has no URL"
	errHeadBody      = "-I requests only the headers, but %s is sent: curl refuses both together"
	errTwoBodies     = "%s sends %s, but %s is sent already: curl refuses both together"
	errFormPart      = "%s needs a name and a value, such as name=value"
	errNoValue       = "%s needs a value"
	errNoFile        = "%s needs a file"
	errQuote         = "the quote %s is not closed"
	errBrace         = "the brace of ${ is not closed"
	errSubstitution  = "a command substitution is not run: replace it with its output"
	errParenthesis   = "%q is not in quotes: only a plain command is supported"
	errNUL           = "an argument can't contain a NUL"
	errAttached      = "%q touches a word: put the word in quotes if it belongs to it, else put a space before it"
	errOptionsFollow = "%q ends the command, but options follow it: put the words around it in quotes"
	errTypographic   = "%s is a typographic character from a document: replace it by a plain quote or hyphen"
	errPowerShell    = "this command is quoted for PowerShell, which is not supported: copy it as cURL for bash or cmd"
	errWindowsQuote  = "this command is quoted for cmd, where ' is not a quote: use double quotes, or end lines with \\ instead of ^"
	errHereDoc       = "the here-document that starts here has no end: a line with only %q is missing"
)
