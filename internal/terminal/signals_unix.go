//go:build unix

package terminal

import (
	"os"
	"os/signal"
	"runtime"
	"slices"
	"syscall"
)

// fatalSignals are those that end a program that doesn't handle them, besides SIGINT and SIGTERM. Faults are among them only if
// another process sends them: those of the program itself are panics. SIGPIPE and SIGXFSZ are not, because they are errors of a
// write, and SIGPROF belongs to the Go runtime.
func fatalSignals() []os.Signal {
	all := []os.Signal{
		syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGABRT, syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGALRM, syscall.SIGVTALRM,
		syscall.SIGXCPU, syscall.SIGILL, syscall.SIGTRAP, syscall.SIGSYS, syscall.SIGBUS, syscall.SIGFPE, syscall.SIGSEGV,
	}
	if runtime.GOOS == "linux" {
		const sigstkflt, sigpwr = syscall.Signal(16), syscall.Signal(30)
		all = append(all, sigstkflt, sigpwr)
	}
	return slices.DeleteFunc(all, signal.Ignored) // as SIGHUP is under nohup
}

// isForEditor reports whether a key in the terminal causes the signal: while the user's editor has the terminal, it is meant for
// the editor.
func isForEditor(s os.Signal) bool { return s == os.Interrupt || s == syscall.SIGQUIT }
