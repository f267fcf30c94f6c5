package securefile

import "io/fs"

// OwnersAreChecked is false: on Windows the mode bits of a file mean nothing, and its access list is not read.
const OwnersAreChecked = false

const noWait, noLinks = 0, 0

func checkOwner(string, fs.FileInfo, fs.FileMode) error { return nil }
