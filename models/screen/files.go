package screen

import "io"

// Files is the screens' access to the user's files: the disk in the program, a map in tests. Its methods block, so they must not
// be called on App's goroutine. Every error names the file.
type Files interface {
	// Create starts a file of the user; "~/" is the home folder. It gets its name when it is committed. If a file of that name
	// exists, the error is [fs.ErrExist] unless over is true.
	Create(path string, over bool) (Draft, error)
	// Path returns the full path of a file as the user names it, and Offer the path to suggest for a name: that of the last file
	// that was saved for it, or the name in the folder of the last file.
	Path(name string) (string, error)
	Offer(name string) string
	// Read reads a file of the user, such as source code. A file longer than limit bytes is an error.
	Read(path string, limit int64) ([]byte, error)
	// Append appends to a file of the user that only they can access, and makes sure that it is on the disk. With isNew, a file of that
	// name must not exist: the error is then [fs.ErrExist].
	Append(path string, data []byte, isNew bool) error
	// ReadOwn reads a document of the program. If it doesn't exist yet, the error is [fs.ErrNotExist].
	ReadOwn(d Document) ([]byte, error)
	// UpdateOwn atomically replaces a document of the program with what change makes of its content, nil if it doesn't exist
	// yet. Meanwhile no other program can change it. If change fails, the document stays as it is.
	UpdateOwn(d Document, change func(old []byte) ([]byte, error)) error
}

// Draft is a file that is being written.
type Draft interface {
	io.Writer
	// Commit gives the file its name.
	Commit() error
	// Discard removes the file. After Commit it does nothing.
	Discard() error
}

// Document names a file of the program.
type Document string

// The documents of the program.
const (
	// SavedRequests has the proxied requests that the user saved. It is beside the profiles.
	SavedRequests Document = "requests.yaml"
	// ListDocument has the columns of lists and saved views. It is beside the profiles.
	ListDocument Document = "lists.yaml"
	// CreatedItems has what was created with this program and Nango can't list. It is beside the program's state.
	CreatedItems Document = "made.yaml"
)
