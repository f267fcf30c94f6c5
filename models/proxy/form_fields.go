package proxy

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

// Field ids of the form.
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

type proxyMethod struct {
	name      string
	operation nango.Operation
}

// methods are the methods that Nango forwards, with their operations.
var methods = []proxyMethod{
	{http.MethodGet, nango.OpProxyGet}, {http.MethodPost, nango.OpProxyPost}, {http.MethodPut, nango.OpProxyPut},
	{http.MethodPatch, nango.OpProxyPatch}, {http.MethodDelete, nango.OpProxyDelete},
}

// Body types of the choice. otherType is a type that the user enters.
const (
	jsonType  = "application/json"
	formType  = "application/x-www-form-urlencoded"
	plainType = "text/plain"
	otherType = "other"
)

// Values of a choice with a default of Nango.
const (
	yesValue = "true"
	noValue  = "false"
)

const textRows = 4

// fields returns the form's fields with their initial values; checkBody is called for each change of the body.
func fields(checkBody func(string) error) []form.Field {
	v := initialValues()
	all := []form.Field{
		{ID: fieldMethod, Kind: form.Choice, Title: textMethod, Rows: len(methods)},
		{ID: fieldPath, Title: textPath, Check: nango.CheckProxyPath, About: textPathAbout},
		{ID: fieldQuery, Title: textQuery, Check: checkQuery, About: textQueryAbout},
		{ID: fieldHeaders, Kind: form.Lines, Title: textHeaders, Rows: textRows, Check: form.Parses(parseHeaders), About: textHeadersAbout},
		{ID: fieldType, Kind: form.Choice, Title: textBodyType, Rows: 4, ShowIf: hasBody, Options: []form.Option{
			{Value: jsonType, Title: textTypeJSON}, {Value: formType, Title: textTypeForm}, {Value: plainType, Title: textTypePlain},
			{Value: otherType, Title: textTypeOther},
		}},
		{ID: fieldOtherType, Title: textOtherType, ShowIf: hasOtherType, Check: checkType, About: textOtherTypeAbout},
		{ID: fieldBody, Kind: form.Lines, Title: textBody, Rows: 2 * textRows, ShowIf: hasBody, Check: checkBody, About: textBodyAbout},
		{ID: fieldFile, Title: textFile, ShowIf: hasBody, About: textFileAbout},
		{ID: fieldMore, Kind: form.YesNo, Title: textMore},
	}
	for _, m := range methods {
		all[0].Options = append(all[0].Options, form.Option{Value: m.name})
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

// moreFields are the rarely used fields.
func moreFields() []form.Field {
	nangoDefault := []form.Option{{Title: textNangoDefault}, {Value: yesValue, Title: screen.TextYes}, {Value: noValue, Title: screen.TextNo}}
	return []form.Field{
		{ID: fieldRetries, Title: textRetries, Check: form.Parses(parseRetries), About: fmt.Sprintf(textRetriesAbout, nango.MaxProxyRetries)},
		{ID: fieldRetryOn, Title: textRetryOn, Check: form.Parses(parseStatuses), About: textRetryOnAbout},
		{ID: fieldBase, Title: textBaseURL, Check: nango.CheckBaseURL, About: textBaseURLAbout},
		{ID: fieldDecompress, Kind: form.Choice, Title: textDecompress, Rows: 3, Options: nangoDefault},
		{ID: fieldForward, Kind: form.Choice, Title: textForward, Rows: 3, Options: nangoDefault},
	}
}

func hasBody(v form.Values) bool      { return v[fieldMethod] != http.MethodGet }
func hasOtherType(v form.Values) bool { return hasBody(v) && v[fieldType] == otherType }
func hasMore(v form.Values) bool      { return v.Bool(fieldMore) }

func initialValues() form.Values {
	return form.Values{fieldMethod: http.MethodGet, fieldType: jsonType}
}

func checkQuery(query string) error {
	return nango.CheckProxyPath("/?" + strings.TrimPrefix(query, "?"))
}

func parseHeaders(text string) ([]nango.ProxyHeader, error) {
	var all []nango.ProxyHeader
	for n, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !ok {
			return nil, fmt.Errorf(textHeaderFormat, n+1)
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

func checkType(text string) error {
	if kind, sub, ok := strings.Cut(text, "/"); !ok || kind == "" || sub == "" {
		return errors.New(textTypeFormat)
	}
	return nil
}

func parseRetries(text string) (int, error) {
	n, err := strconv.Atoi(cmp.Or(strings.TrimSpace(text), "0"))
	if err != nil || n < 0 || n > nango.MaxProxyRetries {
		return 0, fmt.Errorf(textNumberFormat, nango.MaxProxyRetries)
	}
	return n, nil
}

func parseStatuses(text string) ([]int, error) {
	var all []int
	for word := range strings.SplitSeq(text, ",") {
		if word = strings.TrimSpace(word); word == "" {
			continue
		}
		status, err := strconv.Atoi(word)
		if err != nil || status < 100 || status > 599 {
			return nil, fmt.Errorf(textStatusFormat, word)
		}
		all = append(all, status)
	}
	return all, nil
}
