package proxy

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"nango-tui/nango"
	"nango-tui/ui/form"
)

// Fields of the form.
const (
	fieldMethod     = "method"
	fieldPath       = "path"
	fieldQuery      = "query"
	fieldHeaders    = "headers"
	fieldType       = "type"
	fieldOtherType  = "other type"
	fieldBody       = "body"
	fieldFile       = "file"
	fieldMore       = "more"
	fieldRetries    = "retries"
	fieldRetryOn    = "retry-on"
	fieldBase       = "base url"
	fieldDecompress = "decompress"
	fieldForward    = "forward"
)

// methods are those that Nango passes on, and the operation of each.
var methods = []struct {
	name      string
	operation nango.Operation
}{
	{http.MethodGet, nango.OpProxyGet}, {http.MethodPost, nango.OpProxyPost}, {http.MethodPut, nango.OpProxyPut},
	{http.MethodPatch, nango.OpProxyPatch}, {http.MethodDelete, nango.OpProxyDelete},
}

// Types of a body that can be chosen. otherType stands for one that is typed.
const (
	jsonType  = "application/json"
	formType  = "application/x-www-form-urlencoded"
	plainType = "text/plain"
	otherType = "other"
)

// Values of a choice between what is said and what is left to Nango.
const (
	yesValue = "true"
	noValue  = "false"
)

// textRows is the height of the fields of several lines.
const textRows = 4

// fields are the form's, as they stand at first; checkBody is asked for every key of the body.
func fields(checkBody func(string) error) []form.Field {
	v := initialValues()
	all := []form.Field{
		{ID: fieldMethod, Kind: form.Choice, Title: "Method", Rows: len(methods), Options: methodOptions()},
		{ID: fieldPath, Title: "Path", Check: checkPath, About: "Behind the base URL, with or without a query. Escapes stay as they are written."},
		{ID: fieldQuery, Title: "Query", Check: checkQuery, About: "Such as limit=10&after=2. It is put behind the path's own."},
		{ID: fieldHeaders, Kind: form.Lines, Title: "Headers", Rows: textRows, Check: checkHeaders,
			About: "Name: value, one a line. The provider gets these, and the customer's credentials, which Nango adds."},
		{ID: fieldType, Kind: form.Choice, Title: "Type of the body", Rows: 4, ShowIf: hasBody, Options: []form.Option{
			{Value: jsonType, Title: "JSON"}, {Value: formType, Title: "form: a=1&b=2"}, {Value: plainType, Title: "plain text"}, {Value: otherType, Title: "another"},
		}},
		{ID: fieldOtherType, Title: "Which type", ShowIf: hasOtherType, Check: checkType, About: "A media type, such as application/xml."},
		{ID: fieldBody, Kind: form.Lines, Title: "Body", Rows: 2 * textRows, ShowIf: hasBody, Check: checkBody, About: "Empty: none is sent. Nango reads JSON and writes it anew: the order of keys and large numbers may change."},
		{ID: fieldFile, Title: "Body from a file", ShowIf: hasBody, About: "The path of a file to be sent in place of the text above. It is read when the form is sent."},
		{ID: fieldMore, Kind: form.YesNo, Title: "More: retries, another base URL, decompress, redirects"},
	}
	for i := range all {
		all[i].Value = v[all[i].ID]
	}
	for _, f := range moreFields() {
		f.ShowIf = hasMore
		all = append(all, f)
	}
	return all
}

// moreFields are the rare ones.
func moreFields() []form.Field {
	leftToNango := []form.Option{{Value: "", Title: "as Nango does by itself"}, {Value: yesValue, Title: "yes"}, {Value: noValue, Title: "no"}}
	return []form.Field{
		{ID: fieldRetries, Title: "Retries", Check: checkRetries,
			About: fmt.Sprintf("How often Nango tries again after 5xx, 429, 401 and a lost connection: 0 to %d. It waits 3 s before the first time, up to 10 min later on.", nango.MaxProxyRetries)},
		{ID: fieldRetryOn, Title: "Further statuses to try again after", Check: checkRetryOn, About: "With commas, such as 409,425."},
		{ID: fieldBase, Title: "Base URL", Check: nango.CheckBaseURL, About: "Replaces the provider's, and is then where this customer's token goes. Nango refuses private addresses, and may refuse any."},
		{ID: fieldDecompress, Kind: form.Choice, Title: "Decompress the answer", Rows: 3, Options: leftToNango},
		{ID: fieldForward, Kind: form.Choice, Title: "Headers also to where a redirect leads", Rows: 3, Options: leftToNango},
	}
}

func methodOptions() []form.Option {
	var options []form.Option
	for _, m := range methods {
		options = append(options, form.Option{Value: m.name, Title: m.name})
	}
	return options
}

func hasBody(v form.Values) bool      { return v[fieldMethod] != http.MethodGet }
func hasOtherType(v form.Values) bool { return hasBody(v) && v[fieldType] == otherType }
func hasMore(v form.Values) bool      { return v.Bool(fieldMore) }

// begun are the values of an empty form.
func initialValues() form.Values {
	return form.Values{fieldMethod: http.MethodGet, fieldType: jsonType}
}

// checkPath says what is wrong with a path. A whole URL is taken apart when it is pasted into an empty field.
func checkPath(path string) error { return nango.CheckProxyPath(path) }

func checkQuery(query string) error {
	return nango.CheckProxyPath("/?" + strings.TrimPrefix(query, "?"))
}

func checkHeaders(text string) error {
	_, err := parseHeaders(text)
	return err
}

// parseHeaders reads lines of "Name: value".
func parseHeaders(text string) ([]nango.ProxyHeader, error) {
	var all []nango.ProxyHeader
	for n, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !ok {
			return nil, fmt.Errorf("line %d: write it as Name: value", n+1)
		}
		if err := nango.CheckProxyHeader(name, value); err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		all = append(all, nango.ProxyHeader{Name: name, Value: value})
	}
	return all, nil
}

func headerLines(headers []nango.ProxyHeader) string {
	lines := make([]string, 0, len(headers))
	for _, h := range headers {
		lines = append(lines, h.Name+": "+h.Value)
	}
	return strings.Join(lines, "\n")
}

var errType = errors.New("write it as type/subtype, such as application/xml")

func checkType(text string) error {
	if kind, sub, ok := strings.Cut(text, "/"); !ok || kind == "" || sub == "" {
		return errType
	}
	return nil
}

func checkRetries(text string) error {
	_, err := parseRetries(text)
	return err
}

func parseRetries(text string) (int, error) {
	if text = strings.TrimSpace(text); text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > nango.MaxProxyRetries {
		return 0, fmt.Errorf("a number from 0 to %d", nango.MaxProxyRetries)
	}
	return n, nil
}

func checkRetryOn(text string) error {
	_, err := parseStatuses(text)
	return err
}

// parseStatuses reads statuses with commas between them.
func parseStatuses(text string) ([]int, error) {
	var all []int
	for word := range strings.SplitSeq(text, ",") {
		if word = strings.TrimSpace(word); word == "" {
			continue
		}
		status, err := strconv.Atoi(word)
		if err != nil || status < 100 || status > 599 {
			return nil, fmt.Errorf("%q is no status: write them as 409,425", word)
		}
		all = append(all, status)
	}
	return all, nil
}
