// Package e2e runs the program in a pseudo-terminal, as a user would. The package has the driver, a terminal on a screen
// emulator that types keys and reads the screen. The stories are its tests. Only tests import it, and only on Unix does
// it have anything.
package e2e
