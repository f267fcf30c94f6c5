package main

import "io/fs"

// ownersAreChecked says whether this system tells who owns a file and who may write it: the mode bits of a file are
// made up here, and its access list is not read.
const ownersAreChecked = false

const openFlags, openNoWait = 0, 0

func checkOwner(string, fs.FileInfo, fs.FileMode) error { return nil }
