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

// maxMade bounds what is remembered: as many keys as an account can have environments (100) and those keys (50).
const maxMade = 5000

// kind says what was made.
type kind string

const (
	kindEnvironment kind = "environment"
	kindKey         kind = "API key"
)

// thing is something that was made with this program: Nango has no list of it. No secret is in it.
type thing struct {
	// Profile, Host and Key say where it was made, the key by its fingerprint.
	Profile string `yaml:"profile"`
	Host    string `yaml:"host"`
	Key     string `yaml:"key"`

	Kind   kind   `yaml:"kind"`
	Number int64  `yaml:"number"`
	Name   string `yaml:"name"`
	// Environment is the number of the environment that an API key belongs to; 0 for an environment.
	Environment int64     `yaml:"environment,omitempty"`
	Made        time.Time `yaml:"made"`
}

// newThing is something that was just made in a profile.
func newThing(t *screen.Turn, of kind, number int64, name string) thing {
	return thing{Profile: t.Profile.Name, Host: t.Profile.Host, Key: t.Profile.Fingerprint, Kind: of, Number: number, Name: name,
		Made: t.Now.UTC().Truncate(time.Second)}
}

// here says whether it was made with the key of the profile, at its host: a number means nothing anywhere else.
func (m thing) here(w screen.ProfileState) bool { return m.Host == w.Host && m.Key == w.Fingerprint }

// goesWith says whether it is gone when the other is: it is the same, or a key of that environment.
func (m thing) goesWith(gone thing) bool {
	if m.Host != gone.Host || m.Key != gone.Key {
		return false
	}
	same := m.Kind == gone.Kind && m.Number == gone.Number && m.Environment == gone.Environment
	return same || gone.Kind == kindEnvironment && m.Kind == kindKey && m.Environment == gone.Number
}

// document is how the things lie in the file.
type document struct {
	Made []thing `yaml:"made"`
}

// readMade reads what was made; nothing where there is no file yet.
func readMade(files screen.Files) ([]thing, error) {
	data, err := files.ReadOwn(screen.CreatedItems)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var d document
	if err := yaml.Unmarshal(data, &d); err != nil {
		return nil, fmt.Errorf("%s is not what this program wrote: mend it or move it away: %w", screen.CreatedItems, err)
	}
	return d.Made, nil
}

func writeMade(files screen.Files, all []thing) error {
	data, err := yaml.Marshal(document{all[max(len(all)-maxMade, 0):]})
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", screen.CreatedItems, err)
	}
	return files.WriteOwn(screen.CreatedItems, data)
}

// remember adds something that was made.
func remember(files screen.Files, made thing) error {
	all, err := readMade(files)
	if err != nil {
		return err
	}
	return writeMade(files, append(all, made))
}

// forget reads what was made, without what is gone; where something is, the file is written anew.
func forget(files screen.Files, gone []thing) ([]thing, error) {
	all, err := readMade(files)
	if err != nil {
		return nil, err
	}
	left := slices.DeleteFunc(slices.Clone(all), func(m thing) bool { return slices.ContainsFunc(gone, m.goesWith) })
	if len(left) == len(all) {
		return all, nil
	}
	return left, writeMade(files, left)
}
