package main

import (
	"bytes"
	"os"
	"reflect"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// An idle program that costs nothing, and answers at once.
//
// Bubble Tea's renderer looks 120 times a second whether there is something to draw, idle or not, and a key waits for
// its next look. So, when nothing has happened for a moment, the goroutine that looks is put to sleep inside its own
// write to the terminal, and what happens next wakes it. This rests on the order of things within one look of Bubble
// Tea v2.1.1, on one goroutine: raw output is written first ([tea.RawMsg]), then the screen is drawn.
//
//   - A token, sent as raw output, comes to [parker.Write]. The first one only tells that a look is under way, which
//     ends with everything drawn; if nothing has happened since, a second one is asked for, and its write sleeps.
//   - A message of Bubble Tea's own wakes it in [parker.filter], before it is handled: that may write raw output, and
//     would wait for the sleeper. Any other, and a key, a click and a paste, writes none; it wakes the sleeper from
//     View, when what is to be drawn is known, and the look that was put to sleep draws it. Where nothing is to be
//     drawn, it sleeps on.
//   - Nothing waits longer than bound for a sleeper, whatever happens.
//
// NANGO_TUI_PARK=0 switches it off. pty_park_test.go fails when an update of the library changes that order.

const (
	// parkAfter is how long nothing must have happened.
	parkAfter = 20 * time.Millisecond
	// parkBound is the longest sleep.
	parkBound = time.Second
)

// parkToken is what the sleeper is recognised by: NULs, which no terminal shows, should one ever slip through.
var parkToken = strings.Repeat("\x00", 16)

// parkMsg asks for the next step towards sleep.
type parkMsg struct{}

type parkState uint8

const (
	parkAwake    parkState = iota
	parkSettling           // the first token is on its way
	parkSettled            // everything is drawn
	parkGoing              // the second token is on its way
	parkAsleep
)

// parker is the program's output. It embeds the file so that it stays a terminal to Bubble Tea. One that was not begun
// never sleeps.
type parker struct {
	*os.File
	bound time.Duration
	// wide is used by the one goroutine that writes.
	wide wideRows
	// slept, where it is not nil, is called whenever a sleep begins.
	slept func()

	mu    sync.Mutex
	send  func(tea.Msg)
	state parkState
	wake  chan struct{}
	timer *time.Timer
}

func newParker(file *os.File) *parker { return &parker{File: file, bound: parkBound} }

// begin starts it; send brings a message into the program.
func (p *parker) begin(send func(tea.Msg)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.send = send
	p.timer = time.AfterFunc(parkAfter, func() { send(parkMsg{}) })
}

// end lets nothing sleep any more.
func (p *parker) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.timer.Stop()
	p.rouse()
}

// stir says that something happened: the sleeper wakes, and the time of quiet begins anew.
func (p *parker) stir() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rouse()
	p.timer.Reset(parkAfter)
}

func (p *parker) rouse() {
	if p.state == parkAsleep {
		close(p.wake)
	}
	p.state = parkAwake
}

// filter sees every message before Bubble Tea handles it.
func (p *parker) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if _, ok := msg.(parkMsg); ok {
		return p.next()
	}
	if mayWrite(msg) {
		p.stir()
	}
	return msg
}

// mayWrite says whether Bubble Tea may write something by itself when it handles the message.
func mayWrite(msg tea.Msg) bool {
	switch msg.(type) {
	case nil, tea.KeyMsg, tea.MouseMsg, tea.PasteMsg, tea.BatchMsg:
		return false
	}
	return reflect.TypeOf(msg).PkgPath() == reflect.TypeFor[tea.QuitMsg]().PkgPath()
}

// next is the token of the next step, or nothing where there is none.
func (p *parker) next() tea.Msg {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch p.state {
	case parkAwake:
		p.state = parkSettling
	case parkSettled:
		p.state = parkGoing
	default:
		return nil
	}
	return tea.RawMsg{Msg: parkToken}
}

// isPark says that a message is a token on its way to the output: nothing for a model.
func isPark(msg tea.Msg) bool {
	raw, ok := msg.(tea.RawMsg)
	return ok && raw.Msg == parkToken
}

// Write writes to the terminal, and takes tokens out wherever they stand.
func (p *parker) Write(b []byte) (int, error) {
	token := []byte(parkToken)
	rest := bytes.ReplaceAll(b, token, nil)
	if len(rest) > 0 {
		if _, err := p.File.Write(p.wide.trim(rest)); err != nil {
			return 0, err
		}
	}
	if len(rest) < len(b) {
		p.arrived()
	}
	return len(b), nil
}

// arrived does what a token is for.
func (p *parker) arrived() {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch p.state {
	case parkSettling:
		p.state = parkSettled
	case parkGoing:
		p.sleep()
	}
	if p.state == parkSettled {
		go p.send(parkMsg{})
	}
}

// sleep waits until something happens. After the bound it is as if the first token had just come: nothing was drawn
// since, or it would have woken.
func (p *parker) sleep() {
	p.state, p.wake = parkAsleep, make(chan struct{})
	wake, bound := p.wake, time.NewTimer(p.bound)
	p.mu.Unlock()
	if p.slept != nil {
		p.slept()
	}
	select {
	case <-wake:
	case <-bound.C:
	}
	bound.Stop()
	p.mu.Lock()
	if p.state == parkAsleep && p.wake == wake {
		p.state = parkSettled
	}
}
