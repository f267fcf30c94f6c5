// Package facts describes the responses of a Nango server without their texts: status, headers, error codes, the names
// and JSON types of all fields, and the order of lists. It reads recordings, makes facts of them, keeps these in files and
// compares them. It knows JSON and files, and nothing of the client or the sandbox that are tested with it.
package facts

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Case is a request and what is known about its response.
type Case struct {
	File   string `json:"-"`
	Case   string `json:"case"`
	Server string `json:"server"`
	// Evidence says where a hand-made case comes from. It is empty for a recorded one.
	Evidence string  `json:"evidence,omitempty"`
	Request  Request `json:"request"`
	Status   int     `json:"status"`
	// Media is the content type. It is empty for JSON in UTF-8, and "none" for a response without a content type.
	Media string `json:"media,omitempty"`
	// Headers are the names of the other headers that matter. They are empty for an ETag and the three headers of the rate
	// limit, and "none" if there are none.
	Headers string `json:"headers,omitempty"`
	// Changed is when the response says that what it shows last changed; only for a POST. It orders the requests that
	// build the state of the recorded server.
	Changed string `json:"changed,omitempty"`
	// Order describes the lists that are in order, such as "connections: created descending".
	Order []string `json:"order,omitempty"`
	// Raw describes a body that is not JSON, or that the recording does not have.
	Raw *Raw `json:"raw,omitempty"`
	// Values is a checksum of all values, except those that each server generates.
	Values string `json:"values,omitempty"`
	// Shape is the shape of a JSON body, if HasShape is set; see [ShapeOf].
	Shape    any  `json:"-"`
	HasShape bool `json:"-"`
}

// Raw is a body of which only length and checksum are known.
type Raw struct {
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
	// Truncated is set if the body is JSON that was too long to record.
	Truncated bool `json:"truncated,omitempty"`
}

// Name returns the name of the case in the whole contract, such as GET_connections/limit-2.
func (c Case) Name() string { return c.File + "/" + c.Case }

const (
	usualMedia   = "application/json; charset=utf-8"
	usualHeaders = "etag x-ratelimit-limit x-ratelimit-remaining x-ratelimit-reset"
	none         = "none"
)

// headersThatMatter are the response headers that a case describes, besides the content type.
var headersThatMatter = []string{"etag", "location", "retry-after", "x-ratelimit-limit", "x-ratelimit-remaining",
	"x-ratelimit-reset"}

// Of returns the facts of an exchange with a server of that version.
func Of(e Exchange, server string) Case {
	c := headOf(e)
	c.Server = server
	if cut := e.Response.truncated(); cut != nil {
		size, _ := strconv.Atoi(fmt.Sprint(cut.Values["bytes"]))
		c.Raw = &Raw{size, cut.Text("sha256"), true}
		return c
	}
	body := e.Response.Bytes()
	if len(body) == 0 {
		return c
	}
	value, err := e.Response.decode(body)
	if err != nil || !e.Response.isJSON() && !e.Response.isStream() {
		c.Raw = &Raw{Bytes: len(body), SHA256: fmt.Sprintf("%x", sha256.Sum256(body))}
		return c
	}
	c.Shape, c.HasShape = ShapeOf(value), true
	c.Order, c.Values = orderOf(value), checksum(value)
	if e.Request.Method == "POST" && e.Response.Status < 300 {
		c.Changed = changedAt(value)
	}
	return c
}

// headOf returns what is known without the body.
func headOf(e Exchange) Case {
	c := Case{File: e.File, Case: e.Case, Evidence: e.Evidence, Request: e.Request, Status: e.Response.Status}
	c.Media = usualOr(e.Response.Headers["content-type"], usualMedia)
	var names []string
	for _, name := range headersThatMatter {
		if _, found := e.Response.Headers[name]; found {
			names = append(names, name)
		}
	}
	c.Headers = usualOr(strings.Join(names, " "), usualHeaders)
	return c
}

func usualOr(text, usual string) string {
	switch text {
	case usual:
		return ""
	case "":
		return none
	}
	return text
}

// ContentType returns the content type, or "" for a response without one.
func (c Case) ContentType() string { return strings.TrimPrefix(cmp.Or(c.Media, usualMedia), none) }

// HeaderNames returns the names of the other headers that matter, in lower case.
func (c Case) HeaderNames() []string {
	return strings.Fields(strings.TrimPrefix(cmp.Or(c.Headers, usualHeaders), none))
}

func changedAt(value any) string {
	object, _ := value.(*Object)
	if object == nil {
		return ""
	}
	if data, found := object.Values["data"].(*Object); found {
		object = data
	}
	return object.Text("updated_at")
}

// orderedBy are the fields by which a server orders lists.
var orderedBy = []string{"created", "created_at", "id", "name", "unique_key"}

// orderOf finds the lists of three items and more that one of [orderedBy] orders, at the top of a body.
func orderOf(value any) []string {
	object, isObject := value.(*Object)
	if !isObject {
		object = newObject()
		object.Set("items", value)
	}
	var found []string
	for _, key := range object.Keys {
		list, _ := object.Values[key].([]any)
		if len(list) < 3 {
			continue
		}
		for _, field := range orderedBy {
			if direction := directionOf(list, field); direction != "" {
				found = append(found, key+": "+field+" "+direction)
			}
		}
	}
	return found
}

func directionOf(list []any, field string) string {
	var texts []string
	for _, item := range list {
		object, _ := item.(*Object)
		if object == nil || object.Values[field] == nil {
			return ""
		}
		text := fmt.Sprint(object.Values[field])
		if _, isText := object.Values[field].(string); !isText {
			text = fmt.Sprintf("%20s", text)
		}
		texts = append(texts, text)
	}
	ascending := slices.IsSorted(texts)
	slices.Reverse(texts)
	switch descending := slices.IsSorted(texts); {
	case ascending == descending:
		return ""
	case ascending:
		return "ascending"
	}
	return "descending"
}

// Check compares a response with the facts, and returns the first difference.
func (c Case) Check(got Exchange) error {
	if c.Raw != nil {
		return cmp.Or(c.CheckHead(got), c.checkRaw(got))
	}
	if err := c.CheckShape(got); err != nil {
		return err
	}
	have := Of(got, c.Server)
	for _, order := range c.Order {
		if !slices.Contains(have.Order, order) {
			return fmt.Errorf("not in order: %s", order)
		}
	}
	if have.Values != c.Values {
		return fmt.Errorf("fields and types are right, but a value is not: %.2000s", got.Response.Body)
	}
	return nil
}

// CheckHead compares status, content type and headers only.
func (c Case) CheckHead(got Exchange) error {
	have := headOf(got)
	switch {
	case have.Status != c.Status:
		return fmt.Errorf("status %d, want %d: %.300s", have.Status, c.Status, got.Response.Body)
	case have.ContentType() != c.ContentType():
		return fmt.Errorf("content type %q, want %q", have.ContentType(), c.ContentType())
	case !slices.Equal(have.HeaderNames(), c.HeaderNames()):
		return fmt.Errorf("headers %q, want %q", have.HeaderNames(), c.HeaderNames())
	}
	return nil
}

// CheckShape compares status, content type, headers, and the names and types of all fields.
func (c Case) CheckShape(got Exchange) error {
	have := Of(got, c.Server)
	switch err := c.CheckHead(got); {
	case err != nil:
		return err
	case have.Raw != nil:
		return fmt.Errorf("the body is not JSON: %.300s", got.Response.Body)
	case have.HasShape != c.HasShape:
		return fmt.Errorf("has a body: %t, want %t", have.HasShape, c.HasShape)
	}
	return diff("", c.Shape, have.Shape)
}

func (c Case) checkRaw(got Exchange) error {
	body := got.Response.Bytes()
	if sum := fmt.Sprintf("%x", sha256.Sum256(body)); len(body) != c.Raw.Bytes || sum != c.Raw.SHA256 {
		return fmt.Errorf("a body of %d bytes with checksum %s, want %d bytes with %s: %.300s", len(body), sum, c.Raw.Bytes,
			c.Raw.SHA256, body)
	}
	return nil
}
