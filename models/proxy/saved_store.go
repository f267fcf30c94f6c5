package proxy

import (
	"errors"
	"io/fs"
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// loadSaved reads the saved requests; none if there is no file.
func loadSaved(tools screen.Tools) ([]SavedRequest, error) {
	data, err := tools.Files.ReadOwn(screen.SavedRequests)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseSaved(data)
}

// updateSaved reads the saved requests, changes and writes them. Another program may have changed them since they were shown.
func updateSaved(tools screen.Tools, change func([]SavedRequest) ([]SavedRequest, error)) ([]SavedRequest, error) {
	all, err := loadSaved(tools)
	if err != nil {
		return nil, err
	}
	if all, err = change(all); err != nil {
		return nil, err
	}
	data, err := formatSaved(all, func(text string) bool { return tools.Mask(text) == text })
	if err != nil {
		return nil, err
	}
	return all, tools.Files.WriteOwn(screen.SavedRequests, data)
}

func indexOfSaved(all []SavedRequest, name string) int {
	return slices.IndexFunc(all, func(k SavedRequest) bool { return k.Name == name })
}

// requestFor returns the request for a connection, of its own or another integration.
func (k SavedRequest) requestFor(ref nango.ConnectionRef) nango.ProxyRequest {
	p := k.ProxyRequest
	p.Connection = ref
	if len(p.Body.Data) == 0 {
		p.Body = nango.ProxyBody{}
	}
	return p
}
