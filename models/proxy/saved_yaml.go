package proxy

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

const savedHead = `# Saved requests to providers. Edit them here or in the dashboard. The dashboard rewrites this file when a request is
# saved, renamed or deleted, and comments are lost then. Requests with secrets are refused: Nango adds the connection's
# credentials.
`

type savedFile struct {
	Requests savedItems `yaml:"requests"`
}

type savedItems []savedItem

type savedItem struct {
	Name           yamlText     `yaml:"name"`
	Integration    yamlText     `yaml:"integration,omitempty"`
	Connection     yamlText     `yaml:"connection,omitempty"`
	Method         yamlText     `yaml:"method,omitempty"`
	Path           yamlText     `yaml:"path,omitempty"`
	Query          yamlText     `yaml:"query,omitempty"`
	Headers        []yamlHeader `yaml:"headers,omitempty"`
	BodyType       yamlText     `yaml:"bodyType,omitempty"`
	Body           yamlText     `yaml:"body,omitempty"`
	Retries        yamlRetries  `yaml:"retries,omitempty"`
	RetryOn        []yamlStatus `yaml:"retryOn,omitempty,flow"`
	BaseURL        yamlText     `yaml:"baseURL,omitempty"`
	Decompress     *yamlFlag    `yaml:"decompress,omitempty"`
	ForwardHeaders *yamlFlag    `yaml:"forwardHeaders,omitempty"`
}

func newSavedItem(k SavedRequest) savedItem {
	item := savedItem{
		Name: yamlText(k.Name), Integration: yamlText(k.Connection.Integration), Connection: yamlText(k.Connection.ID),
		Method: yamlText(k.Method),
		Path:   yamlText(k.Path), Query: yamlText(k.Query), BodyType: yamlText(k.Body.Type), Body: yamlText(k.Body.Data),
		Retries: yamlRetries(k.Retries), BaseURL: yamlText(k.BaseURL),
		Decompress: (*yamlFlag)(k.Decompress), ForwardHeaders: (*yamlFlag)(k.ForwardHeaders),
	}
	for _, header := range k.Headers {
		item.Headers = append(item.Headers, yamlHeader(header))
	}
	for _, status := range k.RetryOn {
		item.RetryOn = append(item.RetryOn, yamlStatus(status))
	}
	return item
}

func (item savedItem) request() SavedRequest {
	k := SavedRequest{Name: string(item.Name), ProxyRequest: nango.ProxyRequest{
		Connection: nango.ConnectionRef{Integration: string(item.Integration), ID: string(item.Connection)}, Method: string(item.Method),
		Path: string(item.Path), Query: string(item.Query), Body: nango.ProxyBody{Type: string(item.BodyType), Data: []byte(item.Body)},
		Retries: int(item.Retries), BaseURL: string(item.BaseURL),
		Decompress: (*bool)(item.Decompress), ForwardHeaders: (*bool)(item.ForwardHeaders),
	}}
	for _, header := range item.Headers {
		k.Headers = append(k.Headers, nango.ProxyHeader(header))
	}
	for _, status := range item.RetryOn {
		k.RetryOn = append(k.RetryOn, int(status))
	}
	return k
}

// parseSaved reads the file of saved requests; an empty file has none. Every error gives its line and column, and none
// repeats a value, which may be a secret in the wrong place. A file with an error must not be overwritten: the user would
// lose its contents.
func parseSaved(data []byte) ([]SavedRequest, error) {
	if len(data) > maxSavedFile {
		return nil, fmt.Errorf("%s is longer than %d MB", screen.SavedRequests, maxSavedFile>>20)
	}
	tokens := lexer.Tokenize(string(data))
	if err := checkTokens(tokens); err != nil {
		return nil, err
	}
	tree, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, yamlError(err)
	}
	docs := slices.DeleteFunc(tree.Docs, func(doc *ast.DocumentNode) bool { return doc.Body == nil })
	if len(docs) == 0 {
		return nil, nil
	}
	if len(docs) > 1 {
		return nil, yamlErrorAt(firstToken(docs[1].Body), "a second document starts here; one is expected")
	}
	root := docs[0].Body
	if _, empty := root.(*ast.NullNode); empty {
		return nil, nil
	}
	check := &nullChecker{}
	if ast.Walk(check, root); check.err != nil {
		return nil, check.err
	}
	var file savedFile
	if err := yaml.NodeToValue(root, &file, yaml.Strict()); err != nil {
		return nil, yamlError(err)
	}
	var all []SavedRequest
	for _, item := range file.Requests {
		all = append(all, item.request())
	}
	return all, nil
}

// formatSaved returns the file of saved requests, in their order. It refuses a request that [SavedRequest.Validate] refuses. It reads
// its result back and compares it, so what it returns is read as what was written.
func formatSaved(all []SavedRequest, isClean func(string) bool) ([]byte, error) {
	if len(all) > maxSaved {
		return nil, fmt.Errorf("more than %d saved requests. Delete one first", maxSaved)
	}
	file := savedFile{Requests: savedItems{}}
	for _, k := range all {
		if err := k.Validate(isClean); err != nil {
			return nil, fmt.Errorf("%q: %w", k.Name, err)
		}
		file.Requests = append(file.Requests, newSavedItem(k))
	}
	out := bytes.NewBufferString(savedHead)
	err := yaml.NewEncoder(out, yaml.Indent(2), yaml.IndentSequence(true), yaml.UseLiteralStyleIfMultiline(true)).Encode(file)
	if err != nil {
		return nil, err
	}
	if out.Len() > maxSavedFile {
		return nil, fmt.Errorf("all saved requests together are longer than %d MB. Delete one first", maxSavedFile>>20)
	}
	again, err := parseSaved(out.Bytes())
	if err != nil {
		return nil, fmt.Errorf("nothing was written: the result cannot be read: %w", err)
	}
	for i, k := range again {
		if !reflect.DeepEqual(newSavedItem(k), file.Requests[i]) {
			return nil, errors.New("nothing was written: the result is read as something else")
		}
	}
	return out.Bytes(), nil
}

// maxBrackets limits nested brackets: the time to parse them grows quickly with their depth.
const maxBrackets = 20

// checkTokens refuses what a list of requests doesn't need: deeply nested brackets, anchors, aliases, tags and merge keys.
func checkTokens(tokens token.Tokens) error {
	depth := 0
	for _, t := range tokens {
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		case token.AnchorType, token.AliasType, token.TagType, token.MergeKeyType:
			return yamlErrorAt(t, "anchors, aliases, tags and merge keys are not supported here; put a text with & * ! or << in quotes")
		}
		if depth > maxBrackets {
			return yamlErrorAt(t, "brackets are nested too deeply for a list of requests")
		}
	}
	return nil
}

// nullChecker finds empty values, which the decoder takes for "" or 0. Only a list can be empty.
type nullChecker struct{ err error }

// Visit implements [ast.Visitor].
func (c *nullChecker) Visit(node ast.Node) ast.Visitor {
	switch node := node.(type) {
	case *ast.MappingKeyNode:
		c.err = nodeError(node, "expected a key without a question mark")
	case *ast.MappingValueNode:
		switch node.Key.GetToken().Value {
		case "requests", "headers", "retryOn":
		default:
			c.checkValue(node.Value)
		}
	case *ast.SequenceNode:
		for _, element := range node.Values {
			c.checkValue(element)
		}
	}
	if c.err != nil {
		return nil
	}
	return c
}

func (c *nullChecker) checkValue(node ast.Node) {
	if _, empty := node.(*ast.NullNode); empty && c.err == nil {
		c.err = nodeError(node, "expected a value")
	}
}

// yamlError gives an error of the YAML library its place. The library's own text would quote the file.
func yamlError(err error) error {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil {
		return err
	}
	message := at.GetMessage()
	var unknown *yaml.UnknownFieldError
	if errors.As(err, &unknown) {
		message += ": expected requests, or in a request " + strings.Join(itemKeys(), ", ")
	}
	return yamlErrorAt(at.GetToken(), message)
}

func itemKeys() []string {
	item := reflect.TypeFor[savedItem]()
	keys := make([]string, item.NumField())
	for i := range keys {
		keys[i], _, _ = strings.Cut(item.Field(i).Tag.Get("yaml"), ",")
	}
	return keys
}

func yamlErrorAt(at *token.Token, problem string) error {
	return fmt.Errorf("%s:%d:%d: %s", screen.SavedRequests, at.Position.Line, at.Position.Column, problem)
}

func nodeError(node ast.Node, format string, args ...any) error {
	return yamlErrorAt(firstToken(node), fmt.Sprintf(format, args...))
}

// firstToken is where a node starts. A mapping's own token is its first colon.
func firstToken(node ast.Node) *token.Token {
	if mapping, ok := node.(*ast.MappingNode); ok && !mapping.IsFlowStyle && len(mapping.Values) > 0 {
		return mapping.Values[0].Key.GetToken()
	}
	return node.GetToken()
}

// UnmarshalYAML reads the list, and checks each request where it stands.
func (items *savedItems) UnmarshalYAML(node ast.Node) error {
	if _, empty := node.(*ast.NullNode); empty {
		return nil
	}
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		return nodeError(node, "expected a list of requests")
	}
	names := map[yamlText]bool{}
	for i, at := range list.Values {
		if i == maxSaved {
			return nodeError(at, "more than %d requests", maxSaved)
		}
		var item savedItem
		if err := yaml.NodeToValue(at, &item, yaml.Strict()); err != nil {
			return err
		}
		if err := item.request().Validate(nil); err != nil {
			return nodeError(at, "%v", err)
		}
		if names[item.Name] {
			return nodeError(at, "another request is named %q", item.Name)
		}
		names[item.Name] = true
		*items = append(*items, item)
	}
	return nil
}

// yamlText is a text. A number or a word such as true must be in quotes, and anchors, aliases and tags are refused.
type yamlText string

func (t *yamlText) UnmarshalYAML(node ast.Node) error {
	switch node := node.(type) {
	case *ast.StringNode:
		*t = yamlText(node.Value)
	case *ast.LiteralNode:
		*t = yamlText(node.Value.Value)
	default:
		return nodeError(node, "expected a text; put it in quotes")
	}
	return nil
}

// plainText matches the texts that the YAML library reads as it wrote them: without characters that can't be seen, and
// without spaces or empty lines at either end.
var plainText = regexp.MustCompile(`^[^?.\pZ\pC](?:[^\pC]*[^\pZ\pC])?(?:\n+[^\pC]*[^\pZ\pC])*\n?$`)

// MarshalYAML leaves the style of plain texts to the library; all others are in double quotes.
func (t yamlText) MarshalYAML() (any, error) {
	if t == "" || plainText.MatchString(string(t)) {
		return string(t), nil
	}
	return yaml.RawMessage(quotedText(string(t))), nil
}

// quotedText writes a text in double quotes. What is not printable becomes an escape, which YAML reads as Go does.
func quotedText(text string) string {
	var out strings.Builder
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			out.WriteString(`\` + string(r))
		case r == '\n':
			out.WriteString(`\n`)
		case strconv.IsPrint(r) && r != '\u00a0' && r != '\ufeff':
			out.WriteRune(r)
		default:
			fmt.Fprintf(&out, `\U%08X`, r)
		}
	}
	return `"` + out.String() + `"`
}

// yamlHeader is a header as one text: "Name: value".
type yamlHeader nango.ProxyHeader

func (h *yamlHeader) UnmarshalYAML(node ast.Node) error {
	var text yamlText
	_ = text.UnmarshalYAML(node) // no text has no colon either
	name, value, found := strings.Cut(string(text), ":")
	if !found {
		return nodeError(node, `expected a header in quotes, such as "Accept: text/plain"`)
	}
	*h = yamlHeader{Name: name, Value: strings.TrimPrefix(value, " ")}
	if err := nango.CheckProxyHeader(h.Name, h.Value); err != nil {
		return nodeError(node, "%v", err)
	}
	return nil
}

func (h yamlHeader) MarshalYAML() (any, error) { return yamlText(h.Name + ": " + h.Value), nil }

type (
	yamlRetries int
	yamlStatus  int
	yamlFlag    bool
)

func (n *yamlRetries) UnmarshalYAML(node ast.Node) error {
	return readNumber(node, 0, nango.MaxProxyRetries, (*int)(n))
}

func (n *yamlStatus) UnmarshalYAML(node ast.Node) error { return readNumber(node, 100, 599, (*int)(n)) }

func readNumber(node ast.Node, least, most int, into *int) error {
	if number, ok := node.(*ast.IntegerNode); ok {
		if n, err := strconv.Atoi(number.GetToken().Value); err == nil && n >= least && n <= most {
			*into = n
			return nil
		}
	}
	return nodeError(node, "expected a number from %d to %d", least, most)
}

func (b *yamlFlag) UnmarshalYAML(node ast.Node) error {
	value, ok := node.(*ast.BoolNode)
	if !ok {
		return nodeError(node, "expected true or false")
	}
	*b = yamlFlag(value.Value)
	return nil
}
