//go:build unix

package main

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
)

func TestTheSandboxServesAlone(t *testing.T) {
	cmd := exec.Command(builtBinary(t), "sandbox", "--listen", "127.0.0.1:0", "--connections", "5", "--seed", "3")
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
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var list struct{ Connections []json.RawMessage }
	if err := json.NewDecoder(answer.Body).Decode(&list); err != nil || len(list.Connections) != 5 {
		t.Errorf("%d connections, %v", len(list.Connections), err)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("it does not end in order: %v", err)
	}
}

func TestTheSandboxIsForThisMachineAlone(t *testing.T) {
	code, out, errs := refused(t, nil, "sandbox", "--listen", "0.0.0.0:0")
	if code != 1 || out != "" || !strings.Contains(errs, "loopback only") {
		t.Errorf("%d, %q, %q", code, out, errs)
	}
}

func TestTheDebugFileHasALineForEachRequestAndNoKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "debug.jsonl")
	x := begin(t, []string{"--demo", "--debug", path}, nil, usual())
	x.see("CUSTOMER", "✓ fine")
	x.press("ctrl+c")
	x.ends(0)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != privateFile {
		t.Fatalf("%v, %v", info, err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	for _, line := range lines {
		var call struct{ Operation, Method, Path string }
		if err := json.Unmarshal([]byte(line), &call); err != nil || call.Operation == "" || call.Method != "GET" || call.Path == "" {
			t.Errorf("%v: %s", err, line)
		}
	}
	if strings.Contains(string(data), "Bearer") || strings.Contains(string(data), "uthorization") {
		t.Error("a header is in the debug file")
	}
}

func TestADebugFileThatOthersMayReadIsRefused(t *testing.T) {
	_, file := trusted(t)
	chmod(t, file, 0o644)
	x := begin(t, []string{"--demo", "--debug", file}, nil, usual())
	x.ends(1)
	x.restored()
	if out := x.output(); !strings.Contains(out, "may be read by others") {
		t.Errorf("%q", out)
	}
}
