package schemaform

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Limits of checking. A schema is untrusted, and a small one can require unlimited work.
const (
	// maxSteps is the maximum number of comparisons of a schema with a value per key press; they take 0.1 s.
	maxSteps = 100_000
	// maxCompared limits the number of values of an input times the length of the longest enum.
	maxCompared = 2_000_000
	// maxSchemas is the maximum number of subschemas: the library compares each with all others.
	maxSchemas = 12_000
	// maxSearches limits the number of subschemas times that of those searched by name or in unusual places.
	maxSearches = 400_000
)

// schemaURL is the URL of the schema in the library. It doesn't exist.
const schemaURL = "form:///schema"

var (
	errTooMuch = errors.New(textTooSlow)
	errTooMany = errors.New(textTooManyParts)
	errRemote  = errors.New(textRemoteSchema)
)

// noLoader is a loader that loads nothing: no schema makes this program read a file or a page.
type noLoader struct{}

// Load fails.
func (noLoader) Load(string) (any, error) { return nil, errRemote }

type checker struct {
	compiler *jsonschema.Compiler
	patterns patterns
	steps    int                           // since the last key press
	longest  int                           // longest enum
	schemas  map[string]*jsonschema.Schema // by pointer; nil if unknown
}

// newChecker compiles a schema. The error says what is wrong with it; errTooMany means that it is not checked.
func newChecker(schema value) (*checker, error) {
	c := &checker{compiler: jsonschema.NewCompiler(), schemas: map[string]*jsonschema.Schema{}}
	c.compiler.DefaultDraft(jsonschema.Draft7) // the default for schemas without $schema; the others are compatible
	c.compiler.AssertFormat()
	c.compiler.RegisterFormat(&jsonschema.Format{Name: "email", Validate: func(v any) error {
		if s, is := v.(string); is && !email.MatchString(s) {
			return errors.New(textNotEmail)
		}
		return nil
	}})
	c.compiler.UseLoader(noLoader{})
	c.compiler.UseRegexpEngine(c.patterns.compile)
	c.compiler.RegisterVocabulary(&jsonschema.Vocabulary{URL: schemaURL + "-steps",
		Compile: func(*jsonschema.CompilerContext, map[string]any) (jsonschema.SchemaExt, error) {
			return counter{c}, nil
		}})
	c.compiler.AssertVocabs()
	found := schemaCounts{}
	found.count(&schema)
	c.longest = found.longest
	if found.schemas > maxSchemas || found.schemas*found.searched > maxSearches {
		return nil, errTooMany
	}
	return c, c.runSafely(func() error {
		if err := c.compiler.AddResource(schemaURL, schema.plain()); err != nil {
			return err
		}
		root, err := c.compiler.Compile(schemaURL)
		c.schemas[""] = root
		return err
	})
}

// email matches addresses like ajv. The library also accepts hosts without a dot.
var email = regexp.MustCompile("(?i)^[a-z0-9!#$%&'*+/=?^_`{|}~.-]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$")

// schema returns the schema at a pointer, or nil if the library finds none.
func (c *checker) schema(pointer string) *jsonschema.Schema {
	schema, known := c.schemas[pointer]
	if known {
		return schema
	}
	err := c.runSafely(func() (err error) { // the empty pointer is known
		schema, err = c.compiler.Compile(schemaURL + "#" + escapePointer(pointer))
		return err
	})
	if err != nil { // the root checks the whole anyway
		schema = nil
	}
	c.schemas[pointer] = schema
	return schema
}

// counter is a keyword of each schema that counts validations and stops at the limit.
type counter struct{ checker *checker }

// Validate counts.
func (s counter) Validate(*jsonschema.ValidatorContext, any) {
	if s.checker.steps++; s.checker.steps > maxSteps {
		panic(errTooMuch)
	}
}

// resetSteps resets the count for a new key press.
func (c *checker) resetSteps() {
	if c != nil {
		c.steps = 0
	}
}

// runSafely runs the library, which panics at the limit and on some unusual schemas.
func (c *checker) runSafely(do func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf(textLibraryFailed, cause)
			if cause == errTooMuch {
				err = errTooMuch
			}
		}
	}()
	return do()
}

// validate validates v against the schemas at these pointers. It returns an error if that is impossible. The result of an
// unreadable pattern is unknown, so only faults that don't depend on it are returned.
func (c *checker) validate(v value, pointers ...string) ([]fault, error) {
	if !v.allOrdinary() {
		return []fault{{message: fmt.Sprintf(textNumberTooLong, maxDigits, maxExponent)}}, nil
	}
	compared := 0
	for range v.all() {
		if compared += c.longest; compared > maxCompared {
			return nil, errTooMuch
		}
	}
	plain := v.plain()
	var all []fault
	for _, pointer := range pointers {
		schema := c.schema(pointer)
		if schema == nil {
			continue
		}
		found, err := c.run(schema, plain, false)
		if err == nil && len(found) > 0 && c.patterns.guessed {
			var other []fault
			other, err = c.run(schema, plain, true)
			found = slices.DeleteFunc(found, func(f fault) bool { return !slices.ContainsFunc(other, f.same) })
		}
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			if !slices.ContainsFunc(all, f.same) {
				all = append(all, f)
			}
		}
	}
	return all, nil
}

func (c *checker) run(schema *jsonschema.Schema, plain any, answer bool) (found []fault, err error) {
	c.patterns.answer, c.patterns.guessed = answer, false
	err = c.runSafely(func() error {
		var wrong *jsonschema.ValidationError
		if errors.As(schema.Validate(plain), &wrong) {
			found = faults(wrong)
		}
		return nil
	})
	return found, err
}

type schemaCounts struct {
	schemas int
	// searched is the number of those with their own name or referred to in unusual places.
	searched int
	longest  int // longest enum
}

// The keywords whose values are schemas, and maps of schemas.
var (
	schemaKeywords = []string{"additionalItems", "additionalProperties", "allOf", "anyOf", "contains", "else", "if", "items", "not", "oneOf",
		"prefixItems", "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"}
	schemaMaps = []string{"$defs", "definitions", "dependentSchemas", "dependencies", "patternProperties", "properties"}
)

func (c *schemaCounts) count(v *value) {
	if c.schemas > maxSchemas || v.kind != object && v.kind != boolean {
		return
	}
	c.schemas++
	if enum := v.get("enum"); enum != nil {
		c.longest = max(c.longest, len(enum.elems))
	}
	// The library expects schemas only at these places.
	ref := v.string("$ref")
	isUsual := ref == "" || ref == "#" || strings.HasPrefix(ref, "#/definitions/") || strings.HasPrefix(ref, "#/$defs/")
	if v.string("$id") != "" || v.string("id") != "" || !isUsual {
		c.searched++
	}
	for _, inner := range v.subschemas() {
		c.count(inner)
	}
}

// Replacers for the tokens of a JSON pointer.
var (
	escapes   = strings.NewReplacer("~", "~0", "/", "~1")
	unescapes = strings.NewReplacer("~1", "/", "~0", "~")
)
