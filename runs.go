package main

import (
	"nango-tui/internal/clean"
	"nango-tui/internal/runfile"
	"nango-tui/models/screen"
)

// screenRuns implements [screen.RunFiles].
type screenRuns struct{ *runfile.Folder }

// runsOf returns where runs of a profile are kept. The demo's are not: its Nango is gone when the program ends.
func (c *connector) runsOf(profile string) screen.RunFiles {
	if profile == demoProfile || c.runs == nil {
		return nil
	}
	return screenRuns{c.runs}
}

// Create implements [screen.RunFiles].
func (r screenRuns) Create(name string, lines []clean.Text) (screen.RunFile, error) {
	file, err := r.Folder.Create(name, lines)
	if err != nil {
		return nil, err // a nil file in the interface would not be nil
	}
	return file, nil
}

// Take implements [screen.RunFiles].
func (r screenRuns) Take(name string) (screen.RunFile, error) {
	file, err := r.Folder.Take(name)
	if err != nil {
		return nil, err
	}
	return file, nil
}

// List implements [screen.RunFiles].
func (r screenRuns) List() ([]screen.KeptRun, error) {
	kept, err := r.Folder.List()
	all := make([]screen.KeptRun, len(kept))
	for i, k := range kept {
		all[i] = screen.KeptRun(k)
	}
	return all, err
}
