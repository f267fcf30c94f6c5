package terminal

import (
	"os"
	"syscall"
)

func fatalSignals() []os.Signal { return []os.Signal{syscall.SIGHUP} }

func isForEditor(s os.Signal) bool { return s == os.Interrupt }
