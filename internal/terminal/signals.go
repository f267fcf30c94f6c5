package terminal

import (
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

const (
	// quitTimeout is how long quitting may take after a signal. It can hang if the terminal is gone, or reads no more.
	quitTimeout = 2 * time.Second
	// restoreTimeout is how long the last bytes to such a terminal may take.
	restoreTimeout = 200 * time.Millisecond
)

// restoreSequences reset a terminal that Bubble Tea could not reset: the main screen, a visible cursor, no reports of
// mouse, focus and pastes, and the usual keys.
const restoreSequences = ansi.ResetModifyOtherKeys + "\x1b[<1u" + ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable +
	ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr +
	ansi.ResetModeFocusEvent + ansi.ResetModeBracketedPaste + ansi.ResetModeSynchronizedOutput + ansi.ResetStyle

// QuitSignals returns the signals that end the program: all that would, and can be handled. Bubble Tea handles two of them. One
// that is ignored is not among them.
func QuitSignals() []os.Signal {
	return append([]os.Signal{os.Interrupt, syscall.SIGTERM}, fatalSignals()...)
}

// quitOnSignal calls quit after a signal, and ends the program by force if it doesn't quit in time. The returned function
// must be called when the program has ended; it returns the signal, or 0.
func quitOnSignal(quit func(), o Options) (stop func() syscall.Signal) {
	before, _ := term.GetState(os.Stdin.Fd()) // nil if the input is no terminal
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, QuitSignals()...)
	ended, received := make(chan struct{}), make(chan syscall.Signal, 1)
	go func() {
		number := waitForSignal(signals, ended, o.Editor)
		if number == 0 {
			received <- 0
			return
		}
		o.Editor.Close() // Bubble Tea waits for it, and then takes the terminal once more: never while it is restored below
		go quit()
		select {
		case <-ended:
			received <- number
		case <-time.After(quitTimeout):
			o.Cleanup()
			restore(o.Output, before)
			withinTime(o.sayLastWords)
			os.Exit(128 + int(number))
		}
	}()
	return func() syscall.Signal {
		signal.Stop(signals)
		close(ended)
		return <-received
	}
}

// waitForSignal returns the first signal that ends the program, or 0 if the program ends before. While the user's editor
// has the terminal, the signals of keys are meant for the editor.
func waitForSignal(signals <-chan os.Signal, ended <-chan struct{}, editor *Editor) syscall.Signal {
	for {
		select {
		case <-ended:
			return 0
		case s := <-signals:
			if number, _ := s.(syscall.Signal); !isForEditor(s) || editor.running.Load() == nil {
				return number
			}
		}
	}
}

// restore resets the terminal without Bubble Tea.
func restore(out *os.File, before *term.State) {
	withinTime(func() { _, _ = out.WriteString(restoreSequences) }) // the program is exiting
	if before != nil {
		_ = term.Restore(os.Stdin.Fd(), before)
	}
}

// withinTime waits for a write to the terminal, unless that takes too long.
func withinTime(write func()) {
	written := make(chan struct{})
	go func() {
		defer close(written)
		write()
	}()
	select {
	case <-written:
	case <-time.After(restoreTimeout):
	}
}
