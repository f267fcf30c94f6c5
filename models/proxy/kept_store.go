package proxy

import (
	"errors"
	"io/fs"
	"slices"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

// errKeptThere says that the name is taken.
var errKeptThere = errors.New("there is a kept request of this name")

// readStore reads the kept requests; none where there is no file yet.
func readStore(tools screen.Tools) ([]Kept, error) {
	data, err := tools.Files.ReadOwn(screen.SavedRequests)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return ReadKept(data)
}

// changeStore reads the kept requests, changes them, and writes them. Another program may have changed them meanwhile: what
// is on a screen is not what is written.
func changeStore(tools screen.Tools, change func([]Kept) ([]Kept, error)) ([]Kept, error) {
	all, err := readStore(tools)
	if err != nil {
		return nil, err
	}
	if all, err = change(all); err != nil {
		return nil, err
	}
	data, err := WriteKept(all, func(text string) bool { return tools.Mask(text) == text })
	if err != nil {
		return nil, err
	}
	return all, tools.Files.WriteOwn(screen.SavedRequests, data)
}

func named(all []Kept, name string) int {
	return slices.IndexFunc(all, func(k Kept) bool { return k.Name == name })
}

// added is the requests with one more, in the place of the one of its name where over is true.
func added(all []Kept, k Kept, over bool) ([]Kept, error) {
	switch at := named(all, k.Name); {
	case at < 0:
		return append(all, k), nil
	case !over:
		return nil, errKeptThere
	default:
		all[at] = k
		return all, nil
	}
}

// renamed is the requests with another name for one of them.
func renamed(all []Kept, from, to string) ([]Kept, error) {
	at := named(all, from)
	switch {
	case at < 0:
		return nil, errors.New("it is not there any more")
	case from != to && named(all, to) >= 0:
		return nil, errKeptThere
	}
	all[at].Name = to
	return all, nil
}

// dropped is the requests without one of them.
func dropped(all []Kept, name string) ([]Kept, error) {
	return slices.DeleteFunc(all, func(k Kept) bool { return k.Name == name }), nil
}

// onto is the kept request for a connection, be it of its own integration or of another.
func (k Kept) onto(ref nango.ConnectionRef) nango.ProxyRequest {
	p := k.ProxyRequest
	p.Connection = ref
	if len(p.Body.Data) == 0 {
		p.Body = nango.ProxyBody{}
	}
	return p
}
