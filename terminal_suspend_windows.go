package main

// canSuspend: there are no jobs to stop and continue here.
func canSuspend() bool { return false }
