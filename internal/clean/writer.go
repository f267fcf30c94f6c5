package clean

import (
	"io"
	"strings"
)

// Writer writes lines for people, such as to the standard error. It takes no plain string.
type Writer struct{ to io.Writer }

// NewWriter returns a writer of lines to a file or the like.
func NewWriter(to io.Writer) *Writer { return &Writer{to} }

// Print writes lines with one call, each with a line feed.
func (w *Writer) Print(lines ...Text) error {
	var out strings.Builder
	for _, line := range lines {
		out.WriteString(line.s)
		out.WriteByte('\n')
	}
	_, err := io.WriteString(w.to, out.String())
	return err
}
