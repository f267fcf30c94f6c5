package config

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

const (
	// keyCommandTimeout leaves time to confirm the command on another device.
	keyCommandTimeout = time.Minute
	// keyCommandGrace is how long the output may stay open after the command was ended.
	keyCommandGrace = time.Second
	// maxKeyCommandErrors is how much of the command's error output is kept, in bytes.
	maxKeyCommandErrors = 4 << 10
)

// CommandError is the failure of a key command.
type CommandError struct {
	Program string
	Err     error
	// Output is the error output of the command. It may contain secrets and escape sequences, so Error doesn't contain it.
	Output string
}

// Error names the program but not its arguments, which name what is looked up.
func (e *CommandError) Error() string {
	return fmt.Sprintf("the key command %s gave no key: %v", e.Program, e.Err)
}

// Unwrap returns the cause.
func (e *CommandError) Unwrap() error { return e.Err }

// runKeyCommand returns the first line that the program prints. The program has no terminal and no input.
func runKeyCommand(ctx context.Context, command []string, home string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, keyCommandTimeout)
	defer cancel()
	program := command[0]
	if strings.HasPrefix(program, "~/") {
		program = expandPath(program, home, "") // other names are looked up in PATH
	}
	cmd := exec.CommandContext(ctx, program, command[1:]...)
	out, errs := &limitedBuffer{limit: maxKey}, &limitedBuffer{limit: maxKeyCommandErrors}
	cmd.Stdout, cmd.Stderr = out, errs
	cmd.WaitDelay = keyCommandGrace
	startOwnSession(cmd)
	err := cmd.Run()
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return "", fmt.Errorf("the key command %s timed out after %v", program, keyCommandTimeout)
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "", &CommandError{program, err, errs.String()}
	}
	line, _, _ := strings.Cut(strings.TrimSpace(out.String()), "\n")
	if line == "" {
		return "", &CommandError{program, errors.New("it printed nothing"), errs.String()}
	}
	return strings.TrimSpace(line), nil
}

// limitedBuffer keeps the first bytes written to it, and drops the rest. It doesn't embed the buffer, because [io.Copy]
// would use its ReadFrom and read everything.
type limitedBuffer struct {
	buffer bytes.Buffer
	limit  int
}

func (b *limitedBuffer) Write(p []byte) (int, error) {
	b.buffer.Write(p[:min(len(p), max(b.limit-b.buffer.Len(), 0))])
	return len(p), nil
}

func (b *limitedBuffer) String() string { return b.buffer.String() }
