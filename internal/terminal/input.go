package terminal

import (
	"errors"
	"io"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
)

var errInputEnded = errors.New("its input ended")

// input is the terminal as input. It embeds the file, so that Bubble Tea sees a terminal and can cancel a read.
//
// Its end is an error. Bubble Tea stops reading at the end without an error, so a program that ignores SIGHUP, as under nohup,
// would run forever after the connection is lost.
type input struct {
	*os.File
	sequences sequences
	now       func() time.Time
	// isMore reports whether there will be more to read within a time.
	isMore func(time.Duration) bool
	// rest is what didn't fit into the last read.
	rest []byte
}

func newInput(file *os.File, r *replies) *input {
	return &input{
		File: file, now: time.Now, isMore: func(d time.Duration) bool { return canRead(file, d) },
		sequences: sequences{isReplyOwed: r.isOwed, arrived: r.arrived},
	}
}

// Read implements [io.Reader]. It waits for the terminal once. If no key or sequence is complete by then, it returns 0 bytes.
func (i *input) Read(b []byte) (int, error) {
	for len(i.rest) == 0 {
		room := max(len(b)-len(i.sequences.held)-2*len(escKey), 1) // Bubble Tea's buffer has room for all, so that no rest waits
		n, err := i.File.Read(b[:min(room, len(b))])
		if n <= 0 || err != nil {
			if errors.Is(err, io.EOF) {
				err = errInputEnded
			}
			return 0, err
		}
		i.rest = i.sequences.add(b[:n], i.now())
		if !i.sequences.isESCAlone() {
			break
		}
		if !i.isMore(escDelay) {
			i.rest = append(i.rest, i.sequences.escKeys(i.now())...)
		} else if len(i.rest) > 0 {
			break
		}
	}
	n := copy(b, i.rest)
	i.rest = i.rest[n:]
	return n, nil
}

// openInput returns the standard input, or the controlling terminal if the standard input is redirected.
func openInput() (*os.File, error) {
	if term.IsTerminal(os.Stdin.Fd()) {
		return os.Stdin, nil
	}
	in, _, err := tea.OpenTTY()
	return in, err
}
