package terminal

import (
	"errors"
	"io"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
)

var errInputEnded = errors.New("its input ended")

// endingInput is a terminal as input, whose end is an error. Bubble Tea stops reading at the end without an error, so a
// program that ignores SIGHUP, as under nohup, would run forever after the connection is lost.
type endingInput struct{ *os.File }

// Read implements [io.Reader].
func (i endingInput) Read(b []byte) (int, error) {
	n, err := i.File.Read(b)
	if errors.Is(err, io.EOF) {
		err = errInputEnded
	}
	return n, err
}

// openInput returns the standard input, or the controlling terminal if the standard input is redirected.
func openInput() (io.Reader, error) {
	if term.IsTerminal(os.Stdin.Fd()) {
		return endingInput{os.Stdin}, nil
	}
	in, _, err := tea.OpenTTY()
	if err != nil {
		return nil, err
	}
	return endingInput{in}, nil
}
