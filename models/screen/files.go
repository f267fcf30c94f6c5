package screen

import "io"

// Files is the user's files, as far as a screen may reach them: the disk in the program, a map in tests. Its methods
// wait, so they are for work off App's goroutine. Every error says which file, and why.
type Files interface {
	// Create begins a file of the user's; "~/" is the home folder. It is written beside its place, and there under its name
	// only when it is kept. Where one of that name is there, the error is [fs.ErrExist] unless over is true.
	Create(path string, over bool) (Draft, error)
	// Read reads a file of the user's, such as source code; one longer than limit bytes is an error.
	Read(path string, limit int64) ([]byte, error)
	// ReadOwn reads a document of the program's own. One that is not there yet is [fs.ErrNotExist].
	ReadOwn(d Document) ([]byte, error)
	// WriteOwn puts a document of the program's own in the place of the one before, whole or not at all.
	WriteOwn(d Document, data []byte) error
}

// Draft is a file that is being written.
type Draft interface {
	io.Writer
	// Commit puts it under its name.
	Commit() error
	// Discard removes it. After Keep it does nothing.
	Discard() error
}

// Document names a file of the program's own.
type Document string

// The documents of the program's own.
const (
	// SavedRequests are the proxied requests that the user has named. It lies beside the profiles.
	SavedRequests Document = "requests.yaml"
	// CreatedItems is what was made with this program and what Nango has no list of. It lies with the program's state.
	CreatedItems Document = "made.yaml"
)
