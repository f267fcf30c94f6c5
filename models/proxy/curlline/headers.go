package curlline

import "strings"

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

// addHeader handles -H and options that set a header.
func (r *reader) addHeader(option, flag, value string) {
	switch option {
	case "user-agent":
		value = "User-Agent: " + value
	case "referer":
		value, _, _ = strings.Cut("Referer: "+value, ";auto")
	case "range":
		value = "Range: bytes=" + value
	}
	if path, file := strings.CutPrefix(value, "@"); file && option == "header" {
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
