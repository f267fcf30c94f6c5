package screen

import "nango-tui/internal/clean"

// RunFiles is the screens' access to the files that runs of many requests are kept in, in the folder of the program's state. Its
// methods block, so they must not be called on App's goroutine. Every error names the file.
type RunFiles interface {
	// Create writes a file with these lines and takes it, so that no other program goes on with its run.
	Create(name string, lines []clean.Text) (RunFile, error)
	// Take takes an existing file. It fails if another program has it.
	Take(name string) (RunFile, error)
	// List reads all files, the newest first.
	List() ([]KeptRun, error)
	// Remove removes a file that no other program has.
	Remove(name string) error
}

// RunFile is a file that this program has taken. It has it until it ends.
type RunFile interface {
	// Append appends a line, which is on the disk when it returns.
	Append(line clean.Text) error
}

// KeptRun is a file of a run as it was read.
type KeptRun struct {
	Name string
	Data []byte
	// Live means that a running program has it, Own that it is this one.
	Live, Own bool
	// Err is why it can't be read; nil if it was.
	Err error
}
