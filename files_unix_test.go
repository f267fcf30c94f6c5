//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nango-tui/internal/config"
	"nango-tui/internal/securefile"
	"nango-tui/models/screen"
)

// With XDG_CONFIG_HOME and XDG_STATE_HOME as links, nothing behind them is read.
func TestLinkedHomesAreRefused(t *testing.T) {
	real, linked := t.TempDir(), filepath.Join(t.TempDir(), "linked")
	folder := filepath.Join(real, config.Folder)
	if err := os.Mkdir(folder, securefile.FolderMode); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"config.yaml", string(screen.CreatedItems), string(screen.SavedRequests)} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("theme: dark\n"), securefile.FileMode); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(real, linked); err != nil {
		t.Fatal(err)
	}
	for home, refused := range map[string]bool{real: false, linked: true} {
		own := filepath.Join(home, config.Folder)
		files := newDiskFiles(own, own, home)
		_, configErr := config.Load(home, configRules())
		_, stateErr := files.ReadOwn(screen.CreatedItems)
		_, savedErr := files.ReadOwn(screen.SavedRequests)
		for what, err := range map[string]error{"config": configErr, "state": stateErr, "saved requests": savedErr} {
			if (err != nil) != refused || err != nil && !strings.Contains(err.Error(), linked+" is a symbolic link") {
				t.Errorf("%s in %s: %v", what, home, err)
			}
		}
	}
}
