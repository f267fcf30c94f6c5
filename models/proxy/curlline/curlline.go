// Package curlline reads a curl command line as somebody pastes it: from the API docs of a provider, from a shell's
// history, from "Copy as cURL" of a browser. It says what request the line would make. It runs nothing, reads no file
// and no variable, and sends nothing; it knows nothing of the rest of this program.
package curlline

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxLine is how long a line may be, in bytes.
const MaxLine = 256 << 10

// Request is the request that a curl line asks for. Its texts are as they stood in the line, so nothing in it is fit to
// be drawn before it is made plain.
type Request struct {
	// Method is what -X says, in capitals, or else what curl would choose.
	Method string
	// URL has the data of -G and --url-query; it has no name and password, and nothing behind a "#".
	URL string
	// Headers are in the order of the line. There may be several of a name. Credentials are left out, as are headers that
	// belong to the way between two machines.
	Headers []Header
	// Type is the type of the body: that of a header, or the one which curl gives the body by itself. With a body it is
	// here and not among the headers. Empty where curl would name none, as with -T.
	Type string
	// Body is what -d and its like give, without the content of files; nil for none.
	Body []byte
	// Form is what -F gives. Where there is one, there is no Body.
	Form []Part
	// Files are what the line would have curl read. No file is read here: see [Request.Fill].
	Files []FileRef
	// Unknown are options that curl does not have, as they stand in the line.
	Unknown []string
	// Notes say in whole sentences what of the line is not in the request, and why. They never hold a value.
	Notes []string
}

// Header is a header of the request.
type Header struct{ Name, Value string }

// Part is a part of a form that -F makes.
type Part struct {
	Name, Value string
	// Type is the part's own, and Filename what the server is told; both may be empty.
	Type, Filename string
}

// Place is where the content of a file belongs.
type target int

// The places.
const (
	inBody    target = iota // at a byte of Body
	inURL                   // at a byte of URL
	inForm                  // the value of a part
	inHeaders               // more headers, a line each
)

// Change is what curl does with the content of a file before it is sent.
type encoding int

// The changes.
const (
	unchanged         encoding = iota
	withoutLineBreaks          // line feeds, carriage returns and NULs are taken out, as -d does
	urlEncoded                 // as --data-urlencode does
)

// FileRef is a file that curl would read.
type FileRef struct {
	// Path is as it was written; "-" is standard input.
	Path string
	// Flag is the option that names it, such as "-d" or "--form".
	flag string
	// In is where the content belongs, At the byte of it there, or the number of the part.
	in target
	at int
	// Change is what becomes of it.
	encoding encoding
}

// Error is a line that cannot be read, and where.
type Error struct {
	// Offset is in bytes from 0, with every line break as one byte; Line and Column count from 1, Column in characters.
	Offset, Line, Column int
	Reason               string
}

// Error is the place and the reason in one line.
func (e *Error) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Reason)
}

// fault is an error at an offset, before it is known which line that is.
type parseError struct {
	at     int
	reason string
}

func (f parseError) Error() string { return f.reason }

func errorAt(at int, format string, args ...any) error {
	return parseError{at, fmt.Sprintf(format, args...)}
}

// Parse reads a line for a POSIX shell, for bash and zsh, or for cmd.exe where it shows that it is for that. Whatever
// stands behind the first command is left, and said to be. An error is an [*Error]. It repeats a word of the line at most, which
// may be a secret, so it is masked before it is shown.
func Parse(line string) (Request, error) {
	if len(line) > MaxLine {
		return Request{}, &Error{MaxLine, 1, 1, fmt.Sprintf("the line is longer than %d KB", MaxLine>>10)}
	}
	// A terminal sends the line breaks of what is pasted as carriage returns.
	line = strings.ReplaceAll(strings.ReplaceAll(line, "\r\n", "\n"), "\r", "\n")
	request, err := parse(line)
	var f parseError
	if errors.As(err, &f) {
		return Request{}, withPosition(line, f)
	}
	return request, err
}

func parse(line string) (Request, error) {
	c, err := split(line)
	if err != nil {
		return Request{}, err
	}
	arguments, err := c.arguments()
	if err != nil {
		return Request{}, err
	}
	r := &reader{words: arguments, end: c.end, input: c.input, notes: c.notes, variables: c.variables}
	return r.read()
}

// placed finds the line and the column of a fault.
func withPosition(line string, f parseError) *Error {
	before := line[:min(f.at, len(line))]
	start := strings.LastIndexByte(before, '\n') + 1
	return &Error{
		Offset: len(before), Line: 1 + strings.Count(before, "\n"),
		Column: 1 + utf8.RuneCountInString(before[start:]), Reason: f.reason,
	}
}
