// Package e2e has only tests: stories that run the program in a pseudo-terminal with a screen emulator, as a user would.
package e2e
