package main

import (
	"fmt"
	"os/exec"
	"runtime"
	"strings"

	"github.com/atotto/clipboard"
)

// browser opens addresses in the browser of this machine; nil where there is none to see, as at the far end of a
// connection.
func browser(env environment) func(url string) error {
	command := browserCommand(env)
	if remote(env) || command == nil {
		return nil
	}
	return func(url string) error {
		if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
			return fmt.Errorf("only addresses that begin with https:// or http:// are opened")
		}
		cmd := exec.Command(command[0], append(command[1:len(command):len(command)], url)...)
		if err := cmd.Start(); err != nil {
			return fmt.Errorf("the browser cannot be opened: %w", err)
		}
		go func() { _ = cmd.Wait() }() // how a browser ends is not ours to judge
		return nil
	}
}

func browserCommand(env environment) []string {
	switch runtime.GOOS {
	case "darwin":
		return []string{"open"}
	case "windows":
		return []string{"rundll32", "url.dll,FileProtocolHandler"}
	}
	if env.values["DISPLAY"] == "" && env.values["WAYLAND_DISPLAY"] == "" {
		return nil
	}
	return []string{"xdg-open"}
}

// localClipboard writes to the clipboard of this machine; nil where there is none, and the terminal is asked instead.
func localClipboard(env environment) func(string) error {
	if remote(env) || clipboard.Unsupported {
		return nil
	}
	return clipboard.WriteAll
}
