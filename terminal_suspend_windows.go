package main

// cannotSuspend is why the program cannot be suspended.
func cannotSuspend() string { return "there are no jobs to suspend on this system" }
