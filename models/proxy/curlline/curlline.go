// Package curlline parses a curl command line from API docs, a shell's history or a browser's "Copy as cURL", and returns
// the request that it makes. It runs nothing, sends nothing, and reads no files or variables. It doesn't know the rest of
// this program.
package curlline

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxLine is the size limit of a command line, in bytes.
const MaxLine = 256 << 10

// Request is the request of a curl command. Its texts are unchanged and untrusted: sanitize them before you draw them.
type Request struct {
	// Method is the value of -X in capitals, or the method that curl chooses.
	Method string
	// URL includes the data of -G and --url-query. It has no user name, password or fragment.
	URL string
	// Headers are in the order of the command, and names can repeat. Credentials and headers of the transport are skipped.
	Headers []Header
	// Type is the media type of the body: that of a header or curl's default; empty with -T. With a body, it is not
	// among the headers.
	Type string
	// Body is the data of -d and similar options, without the contents of files; nil for none.
	Body []byte
	// Form is the data of -F. With a Form there is no Body.
	Form []Part
	// Files are the files that curl would read. See [Request.Fill].
	Files []FileRef
	// Unknown are options that curl doesn't have, as written.
	Unknown []string
	// Notes are sentences on what was skipped, and why. They never contain a value.
	Notes []string
}

// Header is a header of the request.
type Header struct{ Name, Value string }

// Part is a part of a multipart form.
type Part struct {
	Name, Value string
	// Type is the media type of the part, and Filename its file name; both may be empty.
	Type, Filename string
}

// target is where the content of a file belongs.
type target int

const (
	inBody    target = iota // an offset in Body
	inURL                   // an offset in URL
	inForm                  // the value of a part
	inHeaders               // headers, one per line
)

// encoding is how curl changes the content of a file before sending it.
type encoding int

const (
	unchanged         encoding = iota
	withoutLineBreaks          // without line breaks and NULs, as with -d
	urlEncoded                 // as with --data-urlencode
)

// FileRef is a file that curl would read.
type FileRef struct {
	// Path is the path as written; "-" is standard input.
	Path string
	// flag is the option that names the file, such as "-d" or "--form".
	flag string
	// in is where the content belongs, at the offset there, or the index of the part.
	in       target
	at       int
	encoding encoding
}

// Error is a syntax error with its place.
type Error struct {
	// Offset is in bytes from 0, with every line break as one byte. Line and Column count from 1, Column in characters.
	Offset, Line, Column int
	Reason               string
}

// Error returns place and reason on one line.
func (e *Error) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Reason)
}

func errorAt(at int, format string, args ...any) error {
	return &Error{Offset: at, Reason: fmt.Sprintf(format, args...)}
}

func (e *Error) locate(line string) {
	before := line[:min(e.Offset, len(line))]
	start := strings.LastIndexByte(before, '\n') + 1
	e.Offset, e.Line, e.Column = len(before), 1+strings.Count(before, "\n"), 1+utf8.RuneCountInString(before[start:])
}

// Parse parses a command line for a POSIX shell, bash, zsh, or cmd.exe. It uses only the first command and notes that more
// follow. Errors are of type [*Error]. They quote at most one word of the line, which may be a secret: mask them before you
// show them.
func Parse(line string) (Request, error) {
	if len(line) > MaxLine {
		return Request{}, &Error{MaxLine, 1, 1, fmt.Sprintf(errTooLong, MaxLine>>10)}
	}
	// Terminals send pasted line breaks as carriage returns.
	line = strings.ReplaceAll(strings.ReplaceAll(line, "\r\n", "\n"), "\r", "\n")
	c, err := split(line)
	if err == nil {
		c.words, err = c.arguments()
	}
	r := reader{command: c}
	if err == nil {
		err = r.read()
	}
	if e, ok := errors.AsType[*Error](err); ok {
		e.locate(line)
		return Request{}, err
	}
	return r.req, nil
}
