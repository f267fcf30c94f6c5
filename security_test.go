package main

import (
	"regexp"
	"strings"
	"testing"
)

// promiseRow is a row of a table of promises: the promise, how it is kept, the tests.
var promiseRow = regexp.MustCompile(`(?m)^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$`)

func TestPromisesNameTestsThatExist(t *testing.T) {
	tests := map[string]bool{}
	eachGoFile(t, func(path string, source []byte) {
		if strings.HasSuffix(path, "_test.go") {
			for _, found := range regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`).FindAllSubmatch(source, -1) {
				tests[string(found[1])] = true
			}
		}
	})
	text := readText(t, "docs/security.md")
	rows := promiseRow.FindAllStringSubmatch(text, -1)
	if len(rows) < 50 {
		t.Errorf("%d rows are read", len(rows))
	}
	for _, row := range rows {
		if row[1] == "Promise" {
			continue
		}
		names := regexp.MustCompile("`(\\w+)`").FindAllStringSubmatch(row[3], -1)
		if len(names) == 0 {
			t.Errorf("%q names no test", row[1])
		}
		for _, name := range names {
			if !tests[name[1]] {
				t.Errorf("%q names %s, which doesn't exist", row[1], name[1])
			}
		}
	}
}

// Whoever adds a subject of safety adds its tests.
func TestEverySubjectOfSafetyHasPromises(t *testing.T) {
	text := readText(t, "docs/security.md")
	for _, heading := range regexp.MustCompile(`(?m)^## .+$`).FindAllString(readText(t, "docs/safety.md"), -1) {
		if !strings.Contains(text, heading+"\n") {
			t.Errorf("docs/security.md has no %q", heading)
		}
	}
	for _, path := range []string{"SECURITY.md", "README.md"} {
		if !strings.Contains(readText(t, path), "(docs/security.md)") {
			t.Errorf("%s doesn't link docs/security.md", path)
		}
	}
}
