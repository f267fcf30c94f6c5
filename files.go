package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

const (
	privateFolder fs.FileMode = 0o700
	privateFile   fs.FileMode = 0o600

	othersMayWrite  fs.FileMode = 0o022
	othersMayAccess fs.FileMode = 0o077
)

// readOwn reads a file of the user's: a regular one, no link, owned by the user (or root), and closed to others as far
// as the bits of refused say. A file longer than limit bytes is refused too. An absent one is [fs.ErrNotExist].
func readOwn(path string, refused fs.FileMode, limit int64) ([]byte, error) {
	file, err := openOwn(path, os.O_RDONLY, refused)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readUpTo(file, path, limit)
}

// readUpTo reads a file that has at most limit bytes.
func readUpTo(file *os.File, path string, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", path, plainCause(err))
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%s is longer than %d bytes, which are the most that is read", path, limit)
	}
	return data, nil
}

// appendOwn opens a file to write behind what is there, and makes it if need be. Nobody else may read it.
func appendOwn(path string) (*os.File, error) {
	return openOwn(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, othersMayAccess)
}

// createOwn makes a file that must not be there yet, in a folder that is made if need be.
func createOwn(path string) (*os.File, error) {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, privateFolder); err != nil {
		return nil, fmt.Errorf("%s cannot be made: %w", folder, plainCause(err))
	}
	if err := checkFolder(folder); err != nil {
		return nil, err
	}
	return openOwn(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, othersMayAccess)
}

// openOwn opens without following a link. The check is made on what was opened, not on its name, which may have come
// to mean another file meanwhile.
func openOwn(path string, flag int, refused fs.FileMode) (*os.File, error) {
	file, err := os.OpenFile(path, flag|openFlags, privateFile)
	if err != nil {
		return nil, openFailed(path, err)
	}
	if err := checkOpened(path, file, refused); err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

func openFailed(path string, err error) error {
	if isLink(path) {
		return linked(path)
	}
	return fmt.Errorf("%s cannot be opened: %w", path, plainCause(err))
}

func checkOpened(path string, file *os.File, refused fs.FileMode) error {
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("%s cannot be looked at: %w", path, plainCause(err))
	}
	if named, err := os.Lstat(path); err != nil || !os.SameFile(named, info) {
		return linked(path)
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is not a regular file", path)
	}
	return checkOwner(path, info, refused)
}

// checkFolder refuses a folder in which somebody else could put files in place of ours.
func checkFolder(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return fmt.Errorf("%s cannot be looked at: %w", path, plainCause(err))
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		return linked(path)
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is not a folder", path)
	}
	return checkOwner(path, info, othersMayWrite)
}

func isLink(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

func linked(path string) error {
	return fmt.Errorf("%s is a link, and links are not followed here: put the file itself there", path)
}

// plainCause is the error without the path, which the message around it has already said.
func plainCause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
