package curlline

import (
	"slices"
	"strings"
)

var droppedHeaders = map[string]string{
	"authorization": dropCredentials, "proxy-authorization": dropCredentials, "cookie": dropCredentials, "cookie2": dropCredentials,
	"host": dropTransport, "content-length": dropTransport, "connection": dropTransport, "transfer-encoding": dropTransport,
	"keep-alive": dropTransport, "te": dropTransport,
	"trailer": dropTransport, "upgrade": dropTransport, "expect": dropTransport, "proxy-connection": dropTransport,
	"http2-settings":  dropTransport,
	"accept-encoding": dropEncoding,
}

// removedHeader marks a header that the command removes, as -H 'Accept:' does.
func removedHeader(name string) Header { return Header{name, "\x00"} }

// headerOptions are the options that set a header, unless -H does; the last one counts.
var headerOptions = map[string]string{"user-agent": "User-Agent", "referer": "Referer", "range": "Range", "continue-at": "Range"}

// addHeaderOption handles an option that sets a header.
func (r *reader) addHeaderOption(option, flag, value string) {
	switch option {
	case "referer":
		value, _, _ = strings.Cut(value, ";auto")
	case "range":
		value = "bytes=" + openRange(value)
	case "continue-at":
		if value == "-" {
			r.addNote(noteResume, flag)
			return
		}
		if value != "0" {
			value = "bytes=" + openRange(value)
		} else {
			value = ""
		}
	}
	name := headerOptions[option]
	r.defaults = slices.DeleteFunc(r.defaults, func(h Header) bool { return h.Name == name })
	if value != "" {
		r.defaults = append(r.defaults, Header{name, value})
	}
}

// openRange returns a range as curl sends it: a number without a dash is where an open range starts.
func openRange(text string) string {
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	if digits == 0 || strings.Contains(text, "-") {
		return text
	}
	return text[:digits] + "-"
}

// addHeader handles -H.
func (r *reader) addHeader(flag, value string) {
	if path, file := strings.CutPrefix(value, "@"); file {
		r.req.Files = append(r.req.Files, FileRef{Path: path, flag: flag, in: inHeaders})
		return
	}
	name, content, colon := strings.Cut(value, ":")
	content = strings.TrimSpace(content)
	switch empty, semicolon := strings.CutSuffix(strings.TrimSpace(value), ";"); {
	case !colon && semicolon:
		name, content = empty, ""
	case !colon:
		r.addNote(noteHeaderColon)
		return
	case content == "":
		r.req.Headers = append(r.req.Headers, removedHeader(strings.TrimSpace(name)))
		return
	}
	name = strings.TrimSpace(name)
	if reason, own := droppedHeaders[strings.ToLower(name)]; own {
		r.addNote(noteHeader, name, reason)
		return
	}
	r.req.Headers = append(r.req.Headers, Header{name, content})
}
