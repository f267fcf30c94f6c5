package curlline

import (
	"bytes"
	"cmp"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
)

// String names the file and its purpose.
func (f FileRef) String() string {
	name := f.Path
	if name == "-" {
		name = "standard input"
	}
	purposes := [...]string{
		inBody: "a part of the body", inURL: "a part of the query", inForm: "a part of the form", inHeaders: "further headers",
	}
	return fmt.Sprintf("%s, %s (%s)", name, purposes[f.in], f.flag)
}

// Fill returns the request with the content of Files[i] in its place, and without that file.
func (r Request) Fill(i int, content []byte) Request {
	file := r.Files[i]
	r.Files = slices.Delete(slices.Clone(r.Files), i, i+1)
	content = file.encode(content)
	switch file.in {
	case inURL:
		r.URL = r.URL[:file.at] + string(content) + r.URL[file.at:]
	case inForm:
		r.Form = slices.Clone(r.Form)
		r.Form[file.at].Value = string(content)
		return r
	case inHeaders:
		return r.withHeaders(string(content))
	default:
		r.Body = slices.Concat(r.Body[:file.at], content, r.Body[file.at:])
	}
	for k := range r.Files {
		if other := &r.Files[k]; other.in == file.in && (other.at > file.at || other.at == file.at && k >= i) {
			other.at += len(content)
		}
	}
	return r
}

func (f FileRef) encode(content []byte) []byte {
	switch f.encoding {
	case withoutLineBreaks:
		return slices.DeleteFunc(slices.Clone(content), func(c byte) bool { return c == '\r' || c == '\n' || c == 0 })
	case urlEncoded:
		return []byte(url.QueryEscape(string(content)))
	}
	return content
}

// withHeaders adds a file of headers, one per line.
func (r Request) withHeaders(content string) Request {
	lines := &reader{req: Request{Headers: slices.Clone(r.Headers)}}
	for line := range strings.Lines(content) {
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			lines.addHeader("-H", strings.TrimPrefix(line, "@"))
		}
	}
	r.Headers = slices.DeleteFunc(lines.req.Headers, func(h Header) bool { return h == removedHeader(h.Name) })
	r.Notes = append(slices.Clone(r.Notes), lines.notes...)
	return r
}

// Encoded returns the body as sent, and its media type. Files that are not filled in are missing.
func (r Request) Encoded() (mediaType string, body []byte, err error) {
	if r.Form == nil {
		return r.Type, r.Body, nil
	}
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	if err := w.SetBoundary(r.boundary()); err != nil {
		return "", nil, err
	}
	for _, part := range r.Form {
		to, err := w.CreatePart(part.header())
		if err != nil {
			return "", nil, err
		}
		if _, err := to.Write([]byte(part.Value)); err != nil {
			return "", nil, err
		}
	}
	if err := w.Close(); err != nil {
		return "", nil, err
	}
	return w.FormDataContentType(), out.Bytes(), nil
}

// boundary returns a boundary that no part contains.
func (r Request) boundary() string {
	for i := 0; ; i++ {
		text := fmt.Sprintf("form-boundary-%d", i)
		if !slices.ContainsFunc(r.Form, func(p Part) bool { return strings.Contains(p.Value, text) }) {
			return text
		}
	}
}

func (p Part) header() textproto.MIMEHeader {
	said := `form-data; name="` + escapeQuoted(p.Name) + `"`
	media := p.Type
	if p.Filename != "" {
		said += `; filename="` + escapeQuoted(p.Filename) + `"`
		media = cmp.Or(media, "application/octet-stream")
	}
	header := textproto.MIMEHeader{"Content-Disposition": {said}}
	if media != "" {
		header.Set("Content-Type", strings.NewReplacer("\r", " ", "\n", " ").Replace(media))
	}
	return header
}

// escapeQuoted escapes as browsers do.
func escapeQuoted(text string) string {
	return strings.NewReplacer("\r", "%0D", "\n", "%0A", `"`, "%22").Replace(text)
}
