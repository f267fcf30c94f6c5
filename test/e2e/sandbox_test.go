//go:build unix

package e2e

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"nango-tui/internal/securefile"
)

// startSandbox runs the sandbox command, and returns the address and the keys that it prints.
func startSandbox(t *testing.T, flags ...string) (cmd *exec.Cmd, address string, keys []string) {
	t.Helper()
	cmd = exec.Command(binary, append([]string{"sandbox", "--listen", "127.0.0.1:0", "--connections", "5"}, flags...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	var text strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan() && !strings.Contains(lines.Text(), "NANGO_HOSTPORT="); {
		text.WriteString(lines.Text() + "\n")
	}
	found := regexp.MustCompile(`address +(http://\S+)`).FindStringSubmatch(text.String())
	for _, key := range regexp.MustCompile(`key[a-z ]* +([0-9a-f-]{36})`).FindAllStringSubmatch(text.String(), -1) {
		keys = append(keys, key[1])
	}
	if found == nil || len(keys) != 4 {
		t.Fatalf("it prints no address and keys:\n%s", text.String())
	}
	return cmd, found[1], keys
}

func TestSandboxKeysAreNewUnlessASeedIsAskedFor(t *testing.T) {
	t.Parallel()
	_, _, first := startSandbox(t)
	_, _, second := startSandbox(t)
	_, _, seeded := startSandbox(t, "--seed", "1")
	_, _, again := startSandbox(t, "--seed", "1")
	if slices.ContainsFunc(first, func(key string) bool { return slices.Contains(second, key) || slices.Contains(seeded, key) }) {
		t.Errorf("keys are the same without a seed: %v, %v, with one %v", first, second, seeded)
	}
	if !slices.Equal(seeded, again) {
		t.Errorf("one seed, two sets of keys: %v, %v", seeded, again)
	}
}

func TestSandboxCommand(t *testing.T) {
	t.Parallel()
	cmd, address, keys := startSandbox(t, "--seed", "3")
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+"/connections", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+keys[0])
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var list struct{ Connections []json.RawMessage }
	if err := json.NewDecoder(response.Body).Decode(&list); err != nil || len(list.Connections) != 5 {
		t.Errorf("%d connections, %v", len(list.Connections), err)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("it does not end in order: %v", err)
	}
}

func TestSandboxListensOnLoopbackOnly(t *testing.T) {
	t.Parallel()
	code, out, errs := runWithoutTerminal(t, "sandbox", "--listen", "0.0.0.0:0")
	if code != 1 || out != "" || !strings.Contains(errs, "only on loopback addresses") {
		t.Errorf("%d, %q, %q", code, out, errs)
	}
}

func TestDebugFileHasRequestsAndNoKey(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "debug.jsonl")
	x := startDemo(t, size80x24(), "--debug", path)
	x.quits()
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != securefile.FileMode {
		t.Fatalf("%v, %v", info, err)
	}
	text := readFile(t, path)
	for line := range strings.Lines(text) {
		var call struct{ Operation, Method, Path string }
		if err := json.Unmarshal([]byte(line), &call); err != nil || call.Operation == "" || call.Method != "GET" || call.Path == "" {
			t.Errorf("%v: %s", err, line)
		}
	}
	if text == "" || strings.Contains(text, "Bearer") || strings.Contains(text, "uthorization") {
		t.Errorf("the debug file is empty, or has a header:\n%s", text)
	}
}

func TestDebugFileThatOthersCanReadIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "debug.jsonl")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	x := start(t, []string{"--demo", "--debug", path}, nil, size80x24())
	x.exits(1)
	x.restored()
	if out := x.output(); !strings.Contains(out, "readable by other users") {
		t.Errorf("%q", out)
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
