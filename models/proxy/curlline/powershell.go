package curlline

import (
	"regexp"
	"strings"
)

// Words that only PowerShell has: its commands, a value of its variables, and the options of Invoke-WebRequest.
var (
	powerShellCommand = regexp.MustCompile(`(?i)^(?:invoke-webrequest|invoke-restmethod|iwr|irm|\$[a-z]\w*(?:\.\w+)*)$`)
	powerShellWord    = regexp.MustCompile(`(?i)^(?:@\{|--%$|-(?:uri|headers|method|body|contenttype|websession|sessionvariable|` +
		`usebasicparsing|useragent|infile|outfile|credential)$)`)
	// powerShellQuote matches a backquote before a quote, a dollar sign or a line break, which no shell has.
	powerShellQuote = regexp.MustCompile("^`(?:[\"$]|[ \t]*\n)")
	// powerShellText matches quotes and backslashes in single quotes, as curl.exe needs them.
	powerShellText = regexp.MustCompile(`(?i)^\s*(?:PS [^>\n]*>\s*)?\S*curl\.exe\s(?:.|\n)*?\s'[^']*?(?:\\"|[^\s']''[^'\s])`)
)

// powerShell returns where a line that was split, perhaps in vain, is for PowerShell; -1 if it isn't.
func (s *shell) powerShell() int {
	for i, w := range s.words {
		quoted := strings.IndexByte(`'"\`, s.in[w.pos]) >= 0
		if !quoted && (i == 0 && powerShellCommand.MatchString(w.text) || powerShellWord.MatchString(w.text)) {
			return w.pos
		}
	}
	if powerShellQuote.MatchString(s.in[s.pos:]) {
		return s.pos
	}
	if at := powerShellText.FindStringIndex(s.in); at != nil {
		return at[1] - 1
	}
	return -1
}
