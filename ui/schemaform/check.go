package schemaform

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Bounds of checking. A schema is a stranger's, and a few lines of it can ask for more work than there is time.
const (
	// maxSteps is how often a part of a schema is compared with a part of an input for one key; it takes 0.1 s.
	maxSteps = 100_000
	// maxCompared bounds the values of an input times those of the longest list of allowed ones.
	maxCompared = 2_000_000
	// maxSchemas is how many schemas may stand in a schema for it to be checked: the library compares each with all others.
	maxSchemas = 12_000
	// maxSearches bounds the schemas times those that have to be searched for, by a name or in a place of their own: each
	// of these takes as long as there are others.
	maxSearches = 400_000
)

// home is the address that the schema is known by to the library. Nothing is there.
const home = "form:///schema"

var (
	errTooMuch = errors.New("it takes too long to be checked here, and is left to the server")
	errTooMany = errors.New("its schema has too many parts to be checked here, and that is left to the server")
	errRemote  = errors.New("it stands at another address, and no schema is fetched")
)

// refusing loads nothing: no schema makes this program read a file or a page.
type refusing struct{}

// Load refuses.
func (refusing) Load(string) (any, error) { return nil, errRemote }

// checker judges values by a schema.
type checker struct {
	compiler *jsonschema.Compiler
	patterns patterns
	steps    int                           // since the key that asks
	longest  int                           // list of allowed values
	schemas  map[string]*jsonschema.Schema // by their pointers; nil for one that is not known
}

// newChecker compiles a schema. The error says what is wrong with it; errTooMany that nothing is.
func newChecker(schema value) (*checker, error) {
	c := &checker{compiler: jsonschema.NewCompiler(), schemas: map[string]*jsonschema.Schema{}}
	c.compiler.DefaultDraft(jsonschema.Draft7) // what a schema is taken for that does not say; the others are compatible
	c.compiler.AssertFormat()
	c.compiler.RegisterFormat(&jsonschema.Format{Name: "email", Validate: checkEmail})
	c.compiler.UseLoader(refusing{})
	c.compiler.UseRegexpEngine(c.patterns.compile)
	c.compiler.RegisterVocabulary(&jsonschema.Vocabulary{URL: home + "-steps",
		Compile: func(*jsonschema.CompilerContext, map[string]any) (jsonschema.SchemaExt, error) {
			return counter{c}, nil
		}})
	c.compiler.AssertVocabs()
	found := census{}
	found.count(&schema)
	c.longest = found.longest
	if found.schemas > maxSchemas || found.schemas*found.searched > maxSearches {
		return nil, errTooMany
	}
	return c, c.guarded(func() error {
		if err := c.compiler.AddResource(home, schema.plain()); err != nil {
			return err
		}
		root, err := c.compiler.Compile(home)
		c.schemas[""] = root
		return err
	})
}

// email is an address as ajv takes it. The library takes a host without a dot as well, which ajv refuses.
var email = regexp.MustCompile("(?i)^[a-z0-9!#$%&'*+/=?^_`{|}~.-]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$")

var errEmail = errors.New("not an e-mail address")

func checkEmail(v any) error {
	if s, is := v.(string); is && !email.MatchString(s) {
		return errEmail
	}
	return nil
}

// schema is the one at a pointer, nil where the library finds none there.
func (c *checker) schema(pointer string) *jsonschema.Schema {
	schema, known := c.schemas[pointer]
	if known {
		return schema
	}
	err := c.guarded(func() (err error) {
		schema, err = c.compiler.Compile(home + fragment(pointer))
		return err
	})
	if err != nil { // the whole is judged by the root in any case
		schema = nil
	}
	c.schemas[pointer] = schema
	return schema
}

// fragment is the part of an address that points into the schema.
func fragment(pointer string) string {
	if pointer == "" {
		return ""
	}
	tokens := strings.Split(pointer, "/")
	for i, token := range tokens {
		tokens[i] = url.PathEscape(token)
	}
	return "#" + strings.Join(tokens, "/")
}

// counter is a keyword that each schema has: it counts how often schemas are asked, and stops it at the bound.
type counter struct{ of *checker }

// Validate counts.
func (s counter) Validate(*jsonschema.ValidatorContext, any) {
	if s.of.steps++; s.of.steps > maxSteps {
		panic(errTooMuch)
	}
}

// begin gives a new key its time.
func (c *checker) begin() {
	if c != nil {
		c.steps = 0
	}
}

// guarded runs the library, which panics where the bound is reached, and on some schemas that nobody writes on purpose.
func (c *checker) guarded(do func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("the library that checks it gave up: %v", cause)
			if cause == errTooMuch {
				err = errTooMuch
			}
		}
	}()
	return do()
}

// judge says what is wrong with v by the schemas at these pointers; an error where that could not be found out. What a
// pattern that cannot be read would have said is not known, so what counts is wrong either way.
func (c *checker) judge(v value, pointers ...string) ([]fault, error) {
	if !v.allOrdinary() {
		return []fault{{says: fmt.Sprintf("a number in it has more than %d digits, or an exponent beyond %d", maxDigits, maxExponent)}}, nil
	}
	if c.longest*v.size() > maxCompared {
		return nil, errTooMuch
	}
	plain := v.plain()
	var all []fault
	for _, pointer := range pointers {
		schema := c.schema(pointer)
		if schema == nil {
			continue
		}
		found, err := c.ask(schema, plain, false)
		if err == nil && len(found) > 0 && c.patterns.guessed {
			var other []fault
			other, err = c.ask(schema, plain, true)
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

// ask lets the library judge.
func (c *checker) ask(schema *jsonschema.Schema, plain any, answer bool) (found []fault, err error) {
	c.patterns.answer, c.patterns.guessed = answer, false
	err = c.guarded(func() error {
		var wrong *jsonschema.ValidationError
		if errors.As(schema.Validate(plain), &wrong) {
			found = faults(wrong)
		}
		return nil
	})
	return found, err
}

// census counts the schemas that stand in a schema.
type census struct {
	schemas int
	// searched is how many of them have a name of their own, or refer to where no schema is expected.
	searched int
	longest  int // list of allowed values
}

// The keywords whose values are schemas, and those whose values are schemas by names.
var (
	schemaKeywords = []string{"additionalItems", "additionalProperties", "allOf", "anyOf", "contains", "else", "if", "items", "not", "oneOf",
		"prefixItems", "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"}
	schemaMaps = []string{"$defs", "definitions", "dependentSchemas", "dependencies", "patternProperties", "properties"}
)

// count counts v and the schemas in it.
func (c *census) count(v *value) {
	if c.schemas > maxSchemas || v.kind != object && v.kind != boolean {
		return
	}
	c.schemas++
	if enum := v.get("enum"); enum != nil {
		c.longest = max(c.longest, len(enum.elems))
	}
	if v.string("$id") != "" || v.string("id") != "" || odd(v.string("$ref")) {
		c.searched++
	}
	for i, key := range v.keys {
		inner := &v.elems[i]
		if slices.Contains(schemaKeywords, key) {
			c.count(inner)
		}
		if slices.Contains(schemaMaps, key) || inner.kind == list && slices.Contains(schemaKeywords, key) {
			for i := range inner.elems {
				c.count(&inner.elems[i])
			}
		}
	}
}

// names are the keys of the object at a key.
func (v *value) names(key string) []string {
	if at := v.get(key); at != nil {
		return at.keys
	}
	return nil
}

// odd says that a reference leads to where the library does not expect a schema.
func odd(ref string) bool {
	return ref != "" && ref != "#" && !strings.HasPrefix(ref, "#/definitions/") && !strings.HasPrefix(ref, "#/$defs/")
}

// escaped is a key as a part of a JSON pointer.
func escaped(key string) string { return escapes.Replace(key) }

// plainKey is the key that a part of a JSON pointer stands for.
func plainKey(token string) string { return unescapes.Replace(token) }

var (
	escapes   = strings.NewReplacer("~", "~0", "/", "~1")
	unescapes = strings.NewReplacer("~1", "/", "~0", "~")
)
