// Command notices writes docs/third-party-notices.txt: the license of every module that is compiled into the program, on
// any system that it is built for, and of Go itself. Run it from the top of the repository after a dependency changed:
//
//	go run ./internal/notices
//
// It may know the go command and the module cache; it imports nothing of this project.
package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// noticesFile is where the notices are, relative to the top of the repository.
const noticesFile = "docs/third-party-notices.txt"

// systems are the systems that the program is built for; each may bring modules of its own.
var systems = []string{"linux", "darwin", "windows"}

// module is a dependency, with the folder of the module cache that has its source.
type module struct {
	Path, Version, Dir string
	Main               bool
}

func (m module) String() string { return m.Path + " " + m.Version }

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "notices:", err)
		os.Exit(1)
	}
}

func run(top string) error {
	modules, err := dependencies(top)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	out.WriteString("nango-tui contains software by others, under the licenses below.\n" +
		"This file is generated: go run ./internal/notices\n")
	for _, m := range modules {
		if err := writeNotice(&out, m); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(top, noticesFile), out.Bytes(), 0o644)
}

// dependencies are the modules that the program is built from on any of the systems, sorted by path, and Go itself.
func dependencies(top string) ([]module, error) {
	found := map[string]module{}
	for _, system := range systems {
		out, err := goCommand(top, system, "list", "-deps", "-json=Module", ".")
		if err != nil {
			return nil, err
		}
		for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
			var p struct{ Module *module }
			if err := decoder.Decode(&p); err != nil {
				return nil, err
			}
			if p.Module != nil && !p.Module.Main {
				found[p.Module.Path] = *p.Module
			}
		}
	}
	root, err := goCommand(top, "", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	found["go"] = module{Path: "Go standard library", Dir: strings.TrimSpace(string(root))}
	return slices.SortedFunc(maps.Values(found), func(a, b module) int { return cmp.Compare(a.Path, b.Path) }), nil
}

// goCommand runs the go command in a folder, for a system if one is given.
func goCommand(folder, system string, args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir, cmd.Stderr = folder, os.Stderr
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=readonly")
	if system != "" {
		cmd.Env = append(cmd.Env, "GOOS="+system, "CGO_ENABLED=0")
	}
	return cmd.Output()
}

// licenseFile matches the names of the files that have license terms.
var licenseFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)`)

// writeNotice writes a module's name, version and license files. One without any is an error: it may not be distributed.
func writeNotice(out *bytes.Buffer, m module) error {
	entries, err := os.ReadDir(m.Dir)
	if err != nil {
		return err
	}
	rule := strings.Repeat("=", 80)
	title := strings.TrimSpace(m.String())
	fmt.Fprintf(out, "\n%s\n%s\n%s\n", rule, title, rule)
	before := out.Len()
	for _, entry := range entries {
		if entry.IsDir() || !licenseFile.MatchString(entry.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(m.Dir, entry.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "\n%s\n", strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")))
	}
	if out.Len() == before {
		return fmt.Errorf("%s has no license file", m)
	}
	return nil
}
