package environment

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/goccy/go-yaml"

	"nango-tui/internal/clean"
	"nango-tui/models/screen"
	"nango-tui/nango"
)

// maxItems limits the file: 100 environments of an account with 50 keys each.
const maxItems = 5000

type kind string

const (
	kindEnvironment kind = "environment"
	kindKey         kind = "API key"
)

// item is an environment or API key: one that the server lists, or one that this program created, from the file. It has no secret.
type item struct {
	// Profile, Host and Key (a fingerprint) are where it was created.
	Profile string `yaml:"profile"`
	Host    string `yaml:"host"`
	Key     string `yaml:"key"`

	Kind   kind   `yaml:"kind"`
	Number int64  `yaml:"number"`
	UUID   string `yaml:"uuid,omitempty"` // empty if it was created before v0.71.6
	Name   string `yaml:"name"`
	// Environment and EnvironmentUUID are an API key's environment.
	Environment     int64     `yaml:"environment,omitempty"`
	EnvironmentUUID string    `yaml:"environment_uuid,omitempty"`
	Created         time.Time `yaml:"made"`

	// What only a list says: of an environment, whether it is production; of a key, its scopes and when it was last used.
	production bool
	scopes     []string
	used       time.Time
}

// environment returns the environment that an item is or belongs to; nothing for no item.
func (m *item) environment() nango.EnvironmentRef {
	switch {
	case m == nil:
		return nango.EnvironmentRef{}
	case m.Kind == kindEnvironment:
		return nango.EnvironmentRef{ID: m.Number, UUID: m.UUID}
	}
	return nango.EnvironmentRef{ID: m.Environment, UUID: m.EnvironmentUUID}
}

// key returns the API key that an item is.
func (m *item) key() nango.APIKeyRef {
	return nango.APIKeyRef{Environment: m.environment(), ID: m.Number, UUID: m.UUID}
}

// newItem returns a new item of the active profile.
func newItem(t *screen.Turn, of kind, number int64, name string) item {
	return item{Profile: t.Profile.Name, Host: t.Profile.Host, Key: t.Profile.Fingerprint,
		Kind: of, Number: number, Name: clean.Line(name).String(), Created: t.Now.UTC().Truncate(time.Second)}
}

// isDeletedWith reports whether an item is deleted with another: it is the same, or a key of that environment.
func (m item) isDeletedWith(gone item) bool {
	if m.Host != gone.Host || m.Key != gone.Key {
		return false
	}
	isIn := m.Environment == gone.Number
	if gone.Number == 0 { // the server gives none
		isIn = m.EnvironmentUUID == gone.UUID
	}
	return m.row() == gone.row() || gone.Kind == kindEnvironment && m.Kind == kindKey && isIn
}

// document is the file's content.
type document struct {
	Made []item `yaml:"made"`
}

// readItems reads the file. Without a file there are no items.
func readItems(files screen.Files) ([]item, error) {
	data, err := files.ReadOwn(screen.CreatedItems)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
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

// updateItems changes the items in the file, and returns them. Another program can't change them meanwhile.
func updateItems(files screen.Files, change func([]item) []item) (all []item, err error) {
	err = files.UpdateOwn(screen.CreatedItems, func(old []byte) ([]byte, error) {
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
	return all, err
}
