package environment

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/goccy/go-yaml"

	"nango-tui/models/screen"
)

// maxItems limits the file: 100 environments of an account with 50 keys each.
const maxItems = 5000

// kind is the kind of an item.
type kind string

const (
	kindEnvironment kind = "environment"
	kindKey         kind = "API key"
)

// item is an environment or API key that this program created. Nango has no list of them. It has no secret.
type item struct {
	// Profile, Host and Key (a fingerprint) are where it was created.
	Profile string `yaml:"profile"`
	Host    string `yaml:"host"`
	Key     string `yaml:"key"`

	Kind   kind   `yaml:"kind"`
	Number int64  `yaml:"number"`
	Name   string `yaml:"name"`
	// Environment is the number of an API key's environment.
	Environment int64     `yaml:"environment,omitempty"`
	Created     time.Time `yaml:"made"`
}

// newItem returns a new item of the active profile.
func newItem(t *screen.Turn, of kind, number int64, name string) item {
	return item{Profile: t.Profile.Name, Host: t.Profile.Host, Key: t.Profile.Fingerprint,
		Kind: of, Number: number, Name: name, Created: t.Now.UTC().Truncate(time.Second)}
}

// belongsTo reports whether an item has the key and the host of the profile. Elsewhere its number means nothing.
func (m item) belongsTo(w screen.ProfileState) bool {
	return m.Host == w.Host && m.Key == w.Fingerprint
}

// isDeletedWith reports whether an item is deleted with another: it is the same, or a key of that environment.
func (m item) isDeletedWith(gone item) bool {
	if m.Host != gone.Host || m.Key != gone.Key {
		return false
	}
	same := m.Kind == gone.Kind && m.Number == gone.Number && m.Environment == gone.Environment
	return same || gone.Kind == kindEnvironment && m.Kind == kindKey && m.Environment == gone.Number
}

// document is the file's content.
type document struct {
	Made []item `yaml:"made"`
}

// readItems reads the file. Without a file there are no items.
func readItems(files screen.Files) ([]item, error) {
	data, err := files.ReadOwn(screen.CreatedItems)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseItems(data)
}

func parseItems(data []byte) ([]item, error) {
	var d document
	if err := yaml.Unmarshal(data, &d); err != nil {
		return nil, fmt.Errorf(errFile, screen.CreatedItems, err)
	}
	return d.Made, nil
}

// updateItems reads the file, changes the items and writes them. Another program can't change them meanwhile.
func updateItems(files screen.Files, change func([]item) []item) ([]item, error) {
	var all []item
	err := files.UpdateOwn(screen.CreatedItems, func(old []byte) (_ []byte, err error) {
		if all, err = parseItems(old); err != nil {
			return nil, err
		}
		all = change(all)
		data, err := yaml.Marshal(document{all[max(len(all)-maxItems, 0):]})
		if err != nil {
			return nil, fmt.Errorf(errWrite, screen.CreatedItems, err)
		}
		return data, nil
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// addItem adds an item to the file.
func addItem(files screen.Files, made item) error {
	_, err := updateItems(files, func(all []item) []item { return append(all, made) })
	return err
}

// removeItems removes items from the file and returns the others.
func removeItems(files screen.Files, gone []item) ([]item, error) {
	if len(gone) == 0 {
		return readItems(files)
	}
	return updateItems(files, func(all []item) []item {
		return slices.DeleteFunc(all, func(m item) bool { return slices.ContainsFunc(gone, m.isDeletedWith) })
	})
}
