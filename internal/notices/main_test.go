package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNoticesNameEveryDependency(t *testing.T) {
	top := filepath.Join("..", "..")
	modules, err := dependencies(top)
	if err != nil {
		t.Fatal(err)
	}
	notices, err := os.ReadFile(filepath.Join(top, noticesFile))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range modules {
		if !bytes.Contains(notices, []byte("\n"+strings.TrimSpace(m.String())+"\n")) {
			t.Errorf("%s misses %s: run go run ./internal/notices", noticesFile, m)
		}
	}
}

func TestModuleWithoutLicenseIsAnError(t *testing.T) {
	var out bytes.Buffer
	err := writeNotice(&out, module{Path: "example.com/unlicensed", Version: "v1.0.0", Dir: t.TempDir()})
	if err == nil {
		t.Error("a module without a license file was accepted")
	}
}

func TestNoticeHasTheWholeLicense(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{"LICENSE-MIT": "MIT terms\r\nin two lines", "NOTICE": "Notice", "main.go": "package main"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := writeNotice(&out, module{Path: "example.com/m", Version: "v1.2.3", Dir: folder}); err != nil {
		t.Fatal(err)
	}
	got := out.String()
	if !strings.Contains(got, "MIT terms\nin two lines\n\nNotice\n") || strings.Contains(got, "package main") {
		t.Errorf("got %q", got)
	}
}
