package facts

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// storedCase is a case in a file: its shape refers to the shapes of the file.
type storedCase struct {
	Case
	Shape json.RawMessage `json:"shape,omitempty"`
}

// storedFile is a file of facts. Shapes are objects that occur more than once in it; "#1" refers to the first.
type storedFile struct {
	Shapes []json.RawMessage `json:"shapes,omitempty"`
	Cases  []storedCase      `json:"cases"`
}

// Read reads a folder of facts.
func Read(dir string) ([]Case, error) {
	return readFolder(dir, func(raw []byte, name string) ([]Case, error) {
		cases, err := parse(raw)
		for i := range cases {
			cases[i].File = name
		}
		return cases, err
	})
}

func parse(raw []byte) ([]Case, error) {
	var stored storedFile
	if err := json.Unmarshal(raw, &stored); err != nil {
		return nil, err
	}
	var shapes []any
	for _, raw := range stored.Shapes {
		shape, err := Decode(raw)
		if err != nil {
			return nil, err
		}
		shapes = append(shapes, expand(shape, shapes))
	}
	var cases []Case
	for _, one := range stored.Cases {
		c := one.Case
		if len(one.Shape) > 0 {
			shape, err := Decode(one.Shape)
			if err != nil {
				return nil, err
			}
			c.Shape, c.HasShape = expand(shape, shapes), true
		}
		cases = append(cases, c)
	}
	return cases, nil
}

// expand replaces references by the shapes that they name.
func expand(shape any, shapes []any) any {
	if text, isText := shape.(string); isText {
		reference, found := strings.CutPrefix(text, "#")
		if number, err := strconv.Atoi(reference); found && err == nil && 0 < number && number <= len(shapes) {
			return shapes[number-1]
		}
	}
	return mapped("", shape, func(_ string, part any) any { return expand(part, shapes) })
}

// Files returns the files of a folder of facts by name. The same cases give the same bytes.
func Files(cases []Case) map[string][]byte {
	byFile := map[string][]Case{}
	for _, c := range cases {
		byFile[c.File] = append(byFile[c.File], c)
	}
	files := map[string][]byte{}
	for name, some := range byFile {
		files[name+".json"] = format(some)
	}
	return files
}

func format(cases []Case) []byte {
	table := shapeTable{count: map[string]int{}, number: map[string]int{}}
	for _, c := range cases {
		table.tally(c.Shape)
	}
	var lines [][]byte
	for _, c := range cases {
		stored := storedCase{Case: c}
		if c.HasShape {
			stored.Shape = encode(table.refer("", c.Shape))
		}
		lines = append(lines, encode(stored))
	}
	var out bytes.Buffer
	out.WriteString("{\n")
	if len(table.shapes) > 0 {
		out.WriteString("\"shapes\":[\n" + string(bytes.Join(table.shapes, []byte(",\n"))) + "\n],\n")
	}
	out.WriteString("\"cases\":[\n" + string(bytes.Join(lines, []byte(",\n"))) + "\n]\n}\n")
	return out.Bytes()
}

// shapeTable gives numbers to the objects that occur more than once.
type shapeTable struct {
	count, number map[string]int
	shapes        [][]byte
}

// minShared is the length from which an object is worth a reference.
const minShared = 40

func (s *shapeTable) tally(shape any) {
	switch shape := shape.(type) {
	case *Object:
		text := string(encode(shape))
		if s.count[text]++; s.count[text] > 1 {
			return // its parts are in the table with it
		}
		for _, key := range shape.Keys {
			s.tally(shape.Values[key])
		}
	case []any:
		for _, item := range shape {
			s.tally(item)
		}
	}
}

// refer replaces shared objects by references, and adds them to the table.
func (s *shapeTable) refer(_ string, shape any) any {
	text := string(encode(shape))
	if _, isObject := shape.(*Object); !isObject || s.count[text] < 2 || len(text) < minShared {
		return mapped("", shape, s.refer)
	}
	if s.number[text] == 0 {
		s.shapes = append(s.shapes, encode(mapped("", shape, s.refer)))
		s.number[text] = len(s.shapes)
	}
	return "#" + strconv.Itoa(s.number[text])
}

// Merge returns the old cases, replaced by new ones with their name, and the other new ones, in the order of appearance.
func Merge(old, new []Case) []Case {
	at := map[string]int{}
	var all []Case
	for _, c := range slices.Concat(old, new) {
		if i, found := at[c.Name()]; found {
			all[i] = c
			continue
		}
		at[c.Name()] = len(all)
		all = append(all, c)
	}
	return all
}
