package terminal

import (
	"bytes"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
)

// drawToken is written as raw output. NUL and DEL are shown by no terminal if one gets through.
var drawToken = strings.Repeat("\x00\x7f", 8)

// Frames tells when the terminal was sent a frame. A frame that was drawn in memory is not enough: on a slow connection it waits,
// and keys that the user typed before seeing it arrive meanwhile.
//
// It relies on the order inside one tick of Bubble Tea's renderer that [parker] describes: raw output first, then the screen. A
// first token shows that a tick has begun after the request; the write of a second one, in a later tick, that the first one has
// ended, and with it the writing of the screen.
type Frames struct {
	ask     sync.Mutex // one request at a time, so that each token belongs to one
	send    func(tea.Msg)
	written chan struct{}
	ended   chan struct{}
}

// NewFrames returns the frames of a program that [Run] starts.
func NewFrames() *Frames { return &Frames{written: make(chan struct{}, 1), ended: make(chan struct{})} }

// After returns a command whose message comes after the terminal was sent what the model shows when the command is run.
func (f *Frames) After(msg tea.Msg) tea.Cmd {
	return func() tea.Msg {
		f.ask.Lock()
		defer f.ask.Unlock()
		for range 2 {
			f.send(tea.RawMsg{Msg: drawToken})
			select {
			case <-f.written:
			case <-f.ended:
				return nil
			}
		}
		return msg
	}
}

// remove removes tokens from what is written to the terminal. When the rest is written, the caller calls tokenWritten.
func (f *Frames) remove(b []byte) (rest []byte, found bool) {
	if f == nil || !bytes.Contains(b, []byte(drawToken)) {
		return b, false
	}
	return bytes.ReplaceAll(b, []byte(drawToken), nil), true
}

func (f *Frames) tokenWritten() {
	select {
	case f.written <- struct{}{}:
	default: // no one is waiting for it
	}
}
