package terminal

import (
	"bytes"
	"os"
	"reflect"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// This file parks the renderer while nothing happens: an idle program needs hardly any CPU, and still draws a key at once.
//
// Bubble Tea's renderer checks for changes on a ticker, idle or not, and a key waits for the next tick. With 30 frames per
// second the idle program needs ten times the CPU of a parked one (46 ms in 10 s, not 5), and a key takes 26 ms, not 2. So
// the ticker is fast, and after a moment without messages its goroutine is blocked inside its own write to the
// terminal. This relies on the order inside one tick of Bubble Tea v2.1.1, all on one goroutine: it writes raw output first
// ([tea.RawMsg]), then it draws the screen.
//
//   - A token, sent as raw output, reaches [parker.Write]. The first one only shows that a tick has begun, after which
//     everything is drawn. If nothing has happened since, a second token is sent, and its write blocks.
//   - A message of Bubble Tea itself ends the blocking in [parker.filter], before it is handled: handling it may write raw
//     output, and would wait for the blocked goroutine. Other messages, and keys, clicks and pastes, write none. They
//     end the blocking in View, when it is known what to draw; the blocked tick draws it. If there is nothing to draw, the
//     renderer stays blocked.
//   - The blocking ends after parkLimit in any case.
//
// NANGO_TUI_PARK=0 turns parking off. TestParkedRendererWakesUp fails if an update of the library changes that order.

const (
	// parkDelay is how long nothing must have happened.
	parkDelay = 20 * time.Millisecond
	// parkLimit is how long the renderer is blocked at most.
	parkLimit = time.Second

	// parkVariable is the environment variable that turns parking off if it is "0".
	parkVariable = "NANGO_TUI_PARK"
)

// parkToken consists of NULs, which no terminal shows if one gets through.
var parkToken = strings.Repeat("\x00", 16)

// parkMsg asks for the next state.
type parkMsg struct{}

type parkState uint8

const (
	awake       parkState = iota
	firstToken            // the first token was sent
	allDrawn              // the first token was written: everything is drawn
	secondToken           // the second token was sent
	parked                // the second token is being written, and blocks
)

// parker is the program's output. It embeds the file so that Bubble Tea sees a terminal. Before begin it parks nothing.
type parker struct {
	*os.File
	limit time.Duration
	// same is used only by the goroutine that writes.
	same *unchanged
	// onPark is called whenever the renderer is parked; it may be nil.
	onPark func()
	// onQuiet is called when the renderer was parked for as long as it may be; it may be nil.
	onQuiet func()
	// frames gets the tokens that are its own; nil if there are none.
	frames *Frames
	// replies looks for queries in the output; nil if nothing does.
	replies *replies

	mu    sync.Mutex
	send  func(tea.Msg)
	state parkState
	wake  chan struct{}
	timer *time.Timer
}

func newParker(file *os.File) *parker {
	return &parker{File: file, limit: parkLimit, same: newUnchanged()}
}

// begin starts the parking; send brings a message into the program.
func (p *parker) begin(send func(tea.Msg)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.send = send
	p.timer = time.AfterFunc(parkDelay, func() { send(parkMsg{}) })
}

// end wakes the renderer, and parks it no more.
func (p *parker) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.timer.Stop()
	p.unblock()
}

// wakeUp wakes the renderer, and restarts the delay.
func (p *parker) wakeUp() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.unblock()
	p.timer.Reset(parkDelay)
}

func (p *parker) unblock() {
	if p.state == parked {
		close(p.wake)
	}
	p.state = awake
}

// filter sees every message before Bubble Tea handles it.
func (p *parker) filter(msg tea.Msg) tea.Msg {
	if _, ok := msg.(parkMsg); ok {
		return p.nextToken()
	}
	if mayWrite(msg) {
		p.wakeUp()
	}
	return msg
}

// mayWrite reports whether Bubble Tea may write raw output when it handles the message.
func mayWrite(msg tea.Msg) bool {
	switch msg.(type) {
	case nil, tea.KeyMsg, tea.MouseMsg, tea.PasteMsg, tea.BatchMsg:
		return false
	}
	return reflect.TypeOf(msg).PkgPath() == reflect.TypeFor[tea.QuitMsg]().PkgPath()
}

// nextToken returns the token that leads to the next state, or nil if there is none.
func (p *parker) nextToken() tea.Msg {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch p.state {
	case awake:
		p.state = firstToken
	case allDrawn:
		p.state = secondToken
	default:
		return nil
	}
	return tea.RawMsg{Msg: parkToken}
}

// isToken reports whether the message is a token on its way to the output.
func isToken(msg tea.Msg) bool {
	raw, ok := msg.(tea.RawMsg)
	return ok && (raw.Msg == parkToken || raw.Msg == drawToken)
}

// Write writes to the terminal. It removes tokens wherever they are.
func (p *parker) Write(b []byte) (int, error) {
	text, isDraw := p.frames.remove(b)
	rest := bytes.ReplaceAll(text, []byte(parkToken), nil)
	if len(rest) > 0 {
		p.replies.written(rest)
		if _, err := p.File.Write(p.same.trim(rest)); err != nil {
			return 0, err
		}
	}
	if isDraw {
		p.frames.tokenWritten()
	}
	if len(rest) < len(text) {
		p.tokenWritten()
	}
	return len(b), nil
}

func (p *parker) tokenWritten() {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch p.state {
	case firstToken:
		p.state = allDrawn
	case secondToken:
		p.block()
	}
	if p.state == allDrawn {
		go p.send(parkMsg{})
	}
}

// block waits until something happens. After the limit the state is as after the first token: nothing was drawn since,
// or the renderer would be awake.
func (p *parker) block() {
	p.state, p.wake = parked, make(chan struct{})
	wake, limit := p.wake, time.NewTimer(p.limit)
	p.mu.Unlock()
	if p.onPark != nil {
		p.onPark()
	}
	select {
	case <-wake:
	case <-limit.C:
		if p.onQuiet != nil {
			go p.onQuiet()
		}
	}
	limit.Stop()
	p.mu.Lock()
	if p.state == parked && p.wake == wake {
		p.state = allDrawn
	}
}
