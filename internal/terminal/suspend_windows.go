package terminal

// CannotSuspend returns why the program can't be suspended.
func CannotSuspend() string { return "this system has no job control" }
