package proxy

import (
	"errors"
	"io/fs"
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// errKeptThere says that the name is taken.
var errNameTaken = errors.New("there is a kept request of this name")

// readStore reads the kept requests; none where there is no file yet.
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

// changeStore reads the kept requests, changes them, and writes them. Another program may have changed them meanwhile: what
// is on a screen is not what is written.
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

// added is the requests with one more, in the place of the one of its name where over is true.
func withSaved(all []SavedRequest, k SavedRequest, over bool) ([]SavedRequest, error) {
	switch at := indexOfSaved(all, k.Name); {
	case at < 0:
		return append(all, k), nil
	case !over:
		return nil, errNameTaken
	default:
		all[at] = k
		return all, nil
	}
}

// renamed is the requests with another name for one of them.
func renameSaved(all []SavedRequest, from, to string) ([]SavedRequest, error) {
	at := indexOfSaved(all, from)
	switch {
	case at < 0:
		return nil, errors.New("it is not there any more")
	case from != to && indexOfSaved(all, to) >= 0:
		return nil, errNameTaken
	}
	all[at].Name = to
	return all, nil
}

// dropped is the requests without one of them.
func withoutSaved(all []SavedRequest, name string) ([]SavedRequest, error) {
	return slices.DeleteFunc(all, func(k SavedRequest) bool { return k.Name == name }), nil
}

// onto is the kept request for a connection, be it of its own integration or of another.
func (k SavedRequest) requestFor(ref nango.ConnectionRef) nango.ProxyRequest {
	p := k.ProxyRequest
	p.Connection = ref
	if len(p.Body.Data) == 0 {
		p.Body = nango.ProxyBody{}
	}
	return p
}
