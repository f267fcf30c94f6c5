package proxy

import (
	"errors"
	"io/fs"
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

var errNameTaken = errors.New(textNameTaken)

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
	var all []SavedRequest
	err := tools.Files.UpdateOwn(screen.SavedRequests, func(old []byte) (_ []byte, err error) {
		if old != nil {
			all, err = parseSaved(old)
		}
		if err == nil {
			all, err = change(all)
		}
		if err != nil {
			return nil, err
		}
		return formatSaved(all, func(text string) bool { return tools.Mask(text) == text })
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

func indexOfSaved(all []SavedRequest, name string) int {
	return slices.IndexFunc(all, func(k SavedRequest) bool { return k.Name == name })
}

// withSaved adds a request. If overwrite is true, it replaces one with the same name.
func withSaved(all []SavedRequest, k SavedRequest, overwrite bool) ([]SavedRequest, error) {
	switch at := indexOfSaved(all, k.Name); {
	case at < 0:
		return append(all, k), nil
	case !overwrite:
		return nil, errNameTaken
	default:
		all[at] = k
		return all, nil
	}
}

// renameSaved renames a request.
func renameSaved(all []SavedRequest, from, to string) ([]SavedRequest, error) {
	at := indexOfSaved(all, from)
	switch {
	case at < 0:
		return nil, errors.New(textSavedGone)
	case from != to && indexOfSaved(all, to) >= 0:
		return nil, errNameTaken
	}
	all[at].Name = to
	return all, nil
}

// withoutSaved removes a request.
func withoutSaved(all []SavedRequest, name string) ([]SavedRequest, error) {
	return slices.DeleteFunc(all, func(k SavedRequest) bool { return k.Name == name }), nil
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
