package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"nango-tui/nango"
	"nango-tui/ui"
)

const (
	// keyCommandTime is how long a key command may take: long enough to confirm it on another device.
	keyCommandTime = time.Minute
	// keyCommandGrace is how long its output is waited for after it was told to end.
	keyCommandGrace = time.Second
	// maxKeyErrors bounds what is kept of the command's own error output, in bytes, and maxKeyErrorLines what is shown.
	maxKeyErrors     = 4 << 10
	maxKeyErrorLines = 5
)

// keyOfCommand runs a program, not a shell line, and takes the first line that it prints. It has no terminal, no input
// and none of the variables that are withheld, and ends with the context.
func keyOfCommand(ctx context.Context, command []string, env environment) (nango.Secret, error) {
	ctx, cancel := context.WithTimeout(ctx, keyCommandTime)
	defer cancel()
	program := expandProgram(command[0], env)
	cmd := exec.CommandContext(ctx, program, command[1:]...)
	out, errs := &bounded{limit: maxKeyFile}, &bounded{limit: maxKeyErrors}
	cmd.Stdout, cmd.Stderr = out, errs
	cmd.WaitDelay = keyCommandGrace
	ownSession(cmd)
	err := cmd.Run()
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return "", fmt.Errorf("the key command %s took longer than %v and was ended", program, keyCommandTime)
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "", commandFailed(program, err, errs.String())
	}
	line, _, _ := strings.Cut(strings.TrimSpace(out.String()), "\n")
	if line == "" {
		return "", commandFailed(program, errors.New("it printed nothing"), errs.String())
	}
	return nango.Secret(strings.TrimSpace(line)), nil
}

// expandProgram lets a program be named below the home folder; every other name is looked up as usual.
func expandProgram(program string, env environment) string {
	if strings.HasPrefix(program, "~/") {
		return expand(program, env, "")
	}
	return program
}

// commandFailed says why there is no key, with what the command said. Its arguments are not repeated: they name what is
// looked up.
func commandFailed(program string, err error, said string) error {
	lines := []string{fmt.Sprintf("the key command %s gave no key: %v", ui.Clean(program), err)}
	for _, line := range ui.CleanLines((*nango.Secrets)(nil).Mask(strings.TrimSpace(said))) {
		if len(lines) > maxKeyErrorLines {
			break
		}
		if line.String() != "" {
			lines = append(lines, line.String())
		}
	}
	return errors.New(strings.Join(lines, "\n"))
}

// bounded keeps the first bytes written to it, and drops the rest. The buffer is no embedded one: its ReadFrom would
// be taken by [io.Copy], and read everything.
type bounded struct {
	kept  bytes.Buffer
	limit int
}

func (b *bounded) Write(p []byte) (int, error) {
	b.kept.Write(p[:min(len(p), max(b.limit-b.kept.Len(), 0))])
	return len(p), nil
}

func (b *bounded) String() string { return b.kept.String() }
