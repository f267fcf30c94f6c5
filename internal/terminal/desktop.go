package terminal

import (
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strings"

	"github.com/atotto/clipboard"

	"nango-tui/internal/clean"
)

// Browser returns a function that opens a URL in the browser of this machine; nil without one here, such as over SSH.
func Browser(env Getenv) func(url string) error {
	command := browserCommand(env)
	if IsRemote(env) || command == nil {
		return nil
	}
	return func(url string) error {
		if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
			return errors.New("only URLs that begin with https:// or http:// are opened")
		}
		cmd := exec.Command(command[0], append(command[1:len(command):len(command)], url)...)
		if err := cmd.Start(); err != nil {
			return fmt.Errorf("cannot open the browser: %w", err)
		}
		go func() { _ = cmd.Wait() }() // the browser's exit code says nothing
		return nil
	}
}

func browserCommand(env Getenv) []string {
	switch runtime.GOOS {
	case "darwin":
		return []string{"open"}
	case "windows":
		return []string{"rundll32", "url.dll,FileProtocolHandler"}
	}
	if env("DISPLAY") == "" && env("WAYLAND_DISPLAY") == "" {
		return nil
	}
	return []string{"xdg-open"}
}

// LocalClipboard returns a function that writes to the clipboard of this machine; nil without one: ask the terminal then.
func LocalClipboard(env Getenv) func(clean.Block) error {
	if IsRemote(env) || clipboard.Unsupported {
		return nil
	}
	return func(text clean.Block) error { return clipboard.WriteAll(text.String()) }
}
