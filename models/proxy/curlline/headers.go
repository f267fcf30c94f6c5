package curlline

import "strings"

// ownHeaders are the headers that the program's own way has no place for, each with the reason.
var ownHeaders = map[string]string{
	"authorization": forCredentials, "proxy-authorization": forCredentials, "cookie": forCredentials, "cookie2": forCredentials,
	"host": forWay, "content-length": forWay, "connection": forWay, "transfer-encoding": forWay, "keep-alive": forWay, "te": forWay,
	"trailer": forWay, "upgrade": forWay, "expect": forWay, "proxy-connection": forWay, "http2-settings": forWay,
	"accept-encoding": "was left out: Nango unpacks what it asked for itself",
}

// removed marks a header that the line takes away, as -H 'Accept:' does.
func removed(name string) Header { return Header{name, "\x00"} }

// addHeader takes in -H, and what is short for one.
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
		r.r.Files = append(r.r.Files, FileRef{Path: path, Flag: flag, In: InHeaders})
		return
	}
	name, content, colon := strings.Cut(value, ":")
	content = strings.TrimSpace(content)
	switch empty, semicolon := strings.CutSuffix(strings.TrimSpace(value), ";"); {
	case !colon && semicolon:
		name, content = empty, ""
	case !colon:
		r.note("A header without a colon was left out, as curl does.")
		return
	case content == "":
		r.r.Headers = append(r.r.Headers, removed(strings.TrimSpace(name)))
		return
	}
	name = strings.TrimSpace(name)
	if reason, own := ownHeaders[strings.ToLower(name)]; own {
		r.note("The header %s %s.", name, reason)
		return
	}
	r.r.Headers = append(r.r.Headers, Header{name, content})
}
