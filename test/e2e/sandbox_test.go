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
	"strings"
	"syscall"
	"testing"

	"nango-tui/internal/securefile"
)

func TestSandboxCommand(t *testing.T) {
	t.Parallel()
	cmd := exec.Command(binary, "sandbox", "--listen", "127.0.0.1:0", "--connections", "5", "--seed", "3")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	var text strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan() && !strings.Contains(lines.Text(), "NANGO_HOSTPORT="); {
		text.WriteString(lines.Text() + "\n")
	}
	address := regexp.MustCompile(`address +(http://\S+)`).FindStringSubmatch(text.String())
	key := regexp.MustCompile(`key +([0-9a-f-]{36})`).FindStringSubmatch(text.String())
	if address == nil || key == nil {
		t.Fatalf("it prints no address and key:\n%s", text.String())
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address[1]+"/connections", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+key[1])
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
