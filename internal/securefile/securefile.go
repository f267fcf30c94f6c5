// Package securefile reads and writes files that only their owner can access: settings, keys, state, debug and crash
// files. It knows nothing about what is in them.
//
// Files are opened without following symbolic links, refused if other users own them or can write them, and replaced by
// renaming a finished file. On Windows owners and modes are not checked, see [OwnersAreChecked].
package securefile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// The modes of new folders and files.
const (
	FolderMode fs.FileMode = 0o700
	FileMode   fs.FileMode = 0o600
)

// The access that other users must not have to a file.
const (
	OthersWrite  fs.FileMode = 0o022
	OthersAccess fs.FileMode = 0o077
)

// Read reads a regular file of at most limit bytes that belongs to the user or root. It fails if other users have one of
// the refused kinds of access. If there is no such file, the error is [fs.ErrNotExist].
func Read(path string, refused fs.FileMode, limit int64) ([]byte, error) {
	file, err := open(path, os.O_RDONLY, refused)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readUpTo(file, path, limit)
}

// ReadOwn is [Read] for a file in one of the program's own folders, which is checked by [CheckFolder].
func ReadOwn(path string, refused fs.FileMode, limit int64) ([]byte, error) {
	data, err := Read(path, refused, limit)
	if err == nil {
		err = CheckFolder(filepath.Dir(path))
	}
	if err != nil {
		return nil, err
	}
	return data, nil
}

// ReadAny reads any regular file of at most limit bytes, whoever owns it, and follows links. Errors call it name.
func ReadAny(path, name string, limit int64) ([]byte, error) {
	file, err := os.OpenFile(path, os.O_RDONLY|noWait, 0)
	if err != nil {
		return nil, fmt.Errorf("cannot open %s: %w", name, cause(err))
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file", name)
	}
	return readUpTo(file, name, limit)
}

func readUpTo(file *os.File, name string, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", name, cause(err))
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%s is larger than the limit of %d bytes", name, limit)
	}
	return data, nil
}

// Append opens a file for reading and appending, and creates it if necessary. It fails if other users can read the file.
func Append(path string) (*os.File, error) {
	return open(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, OthersAccess)
}

// AppendSynced appends to a file that only its owner can access, and creates it if necessary. If isNew, it must not exist: the error is
// then [fs.ErrExist]. When it returns, the data is on the disk; if it fails, the file is as before.
func AppendSynced(path string, data []byte, isNew bool) error {
	flag := os.O_WRONLY | os.O_APPEND | os.O_CREATE
	if isNew {
		flag |= os.O_EXCL
	}
	file, err := open(path, flag, OthersAccess)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err == nil {
		_, err = file.Write(data)
		if err = errors.Join(err, file.Sync()); err != nil {
			_ = file.Truncate(info.Size())
		}
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, cause(err))
	}
	return nil
}

// SyncFolder makes sure that a new name in a folder survives a failure of the machine, where the system can do that.
func SyncFolder(path string) {
	if folder, err := os.Open(path); err == nil {
		_, _ = folder.Sync(), folder.Close()
	}
}

// Create creates a file that must not exist yet, and its folder if necessary.
func Create(path string) (*os.File, error) {
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return nil, err
	}
	return open(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, OthersAccess)
}

// open checks the file that it has opened, not its name: another file may have got that name meanwhile.
func open(path string, flag int, refused fs.FileMode) (*os.File, error) {
	file, err := os.OpenFile(path, flag|noLinks, FileMode)
	if err != nil && isLink(path) {
		return nil, errLink(path)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot open %s: %w", path, cause(err))
	}
	if err := checkFile(path, file, refused); err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// errReplaced means that a file was removed or replaced while it was opened.
var errReplaced = errors.New("was removed or replaced while it was opened")

func checkFile(path string, file *os.File, refused fs.FileMode) error {
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("cannot check %s: %w", path, cause(err))
	}
	named, err := os.Lstat(path)
	switch {
	case err == nil && named.Mode()&fs.ModeSymlink != 0:
		return errLink(path)
	case err != nil || !os.SameFile(named, info):
		return fmt.Errorf("%s %w", path, errReplaced)
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is not a regular file", path)
	}
	return checkOwner(path, info, refused)
}

// CheckFolder fails if other users could replace files in the folder, or if it or the folder around it is a symbolic link. The
// program's own folders are in a folder that the user or the system chooses, such as $XDG_STATE_HOME.
func CheckFolder(path string) error {
	if err := refuseLinks(path); err != nil {
		return err
	}
	info, err := os.Lstat(path)
	if err != nil {
		return fmt.Errorf("cannot check %s: %w", path, cause(err))
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is not a folder", path)
	}
	return checkOwner(path, info, OthersWrite)
}

// makeFolder creates a folder and its parents if necessary, and checks it.
func makeFolder(path string) error {
	if err := refuseLinks(path); err != nil { // before something is created behind a link
		return err
	}
	if err := os.MkdirAll(path, FolderMode); err != nil {
		return fmt.Errorf("cannot create the folder %s: %w", path, cause(err))
	}
	return CheckFolder(path)
}

// refuseLinks fails if a folder or the one around it is a symbolic link.
func refuseLinks(folder string) error {
	for _, path := range []string{filepath.Dir(folder), folder} {
		if isLink(path) {
			return fmt.Errorf("%s is a symbolic link, which is not followed: put the folder itself there, or name the one that it leads to", path)
		}
	}
	return nil
}

func isLink(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

func errLink(path string) error {
	return fmt.Errorf("%s is a symbolic link, which is not followed: put the file itself there", path)
}

// Cause returns the error without the paths, for a message that names the file.
func Cause(err error) error { return cause(err) }

func cause(err error) error {
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
