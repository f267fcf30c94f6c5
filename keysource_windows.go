package main

import "os/exec"

// ownSession changes nothing: a command without console input and output does not touch ours.
func ownSession(*exec.Cmd) {}
