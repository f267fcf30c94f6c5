package main

import (
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// endGrace is how long the program may take to end in order, after a signal. A terminal that is gone, or reads no more,
// can hold it up for ever.
const endGrace = 2 * time.Second

// writeGrace is how long the last bytes to such a terminal may take.
const writeGrace = 200 * time.Millisecond

// leaveSequences bring a terminal back that the program could not leave in order: the main screen, a cursor, no
// reports of mouse, focus and pastes, and keys as they were.
const leaveSequences = ansi.ResetModifyOtherKeys + "\x1b[<1u" + ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable +
	ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr +
	ansi.ResetModeFocusEvent + ansi.ResetModeBracketedPaste + ansi.ResetModeSynchronizedOutput + ansi.ResetStyle

// endingSignals are what ends the program. The hangup of a lost connection is among them, which Bubble Tea does not
// handle, unless it is ignored, as under nohup.
func endingSignals() []os.Signal {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	return signals
}

// endOnSignal calls quit when a signal says to end, and ends the program by force if it does not. The function that
// it returns is called when the program has ended; it gives the signal that did it, or 0.
func endOnSignal(quit func(), out *os.File, editor *editor, files userFiles) (ended func() syscall.Signal) {
	before, _ := term.GetState(os.Stdin.Fd()) // nil where the input is no terminal
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, endingSignals()...)
	over, got := make(chan struct{}), make(chan syscall.Signal, 1)
	go func() {
		number := firstSignal(signals, over, editor)
		if number == 0 {
			got <- 0
			return
		}
		go quit()
		select {
		case <-over:
			got <- number
		case <-time.After(endGrace):
			editor.end()
			files.end()
			leave(out, before)
			os.Exit(128 + int(number))
		}
	}()
	return func() syscall.Signal {
		signal.Stop(signals)
		close(over)
		return <-got
	}
}

// firstSignal waits for a signal that ends the program; 0 where it is over before. An interrupt that is typed while the
// user's editor has the terminal is the editor's.
func firstSignal(signals <-chan os.Signal, over <-chan struct{}, editor *editor) syscall.Signal {
	for {
		select {
		case <-over:
			return 0
		case s := <-signals:
			if number, _ := s.(syscall.Signal); s != os.Interrupt || !editor.busy() {
				return number
			}
		}
	}
}

// leave brings the terminal back as well as it can without the program's help.
func leave(out *os.File, before *term.State) {
	written := make(chan struct{})
	go func() {
		defer close(written)
		_, _ = out.WriteString(leaveSequences) // there is nobody left to tell
	}()
	select {
	case <-written:
	case <-time.After(writeGrace):
	}
	if before != nil {
		_ = term.Restore(os.Stdin.Fd(), before)
	}
}
