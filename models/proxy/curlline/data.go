package curlline

import (
	"net/url"
	"strings"
)

// data is the data of -d and similar options, with the files that belong in it.
type data struct {
	text    []byte
	files   []FileRef
	started bool
}

func (d *data) join(mark string) {
	if d.started {
		d.text = append(d.text, mark...)
	}
	d.started = true
}

func (d *data) file(path, flag string, change encoding) {
	d.files = append(d.files, FileRef{Path: path, flag: flag, at: len(d.text), encoding: change})
}

func (r *reader) addData(name, flag string, value word) error {
	if err := r.sendsBy(flag, sendsData, value.pos); err != nil {
		return err
	}
	mark := "&"
	if name == "json" {
		r.json, mark = true, ""
	}
	if name == "data-urlencode" {
		r.data.addEncoded(flag, value.text)
		return nil
	}
	r.data.join(mark)
	path, file := strings.CutPrefix(value.text, "@")
	switch {
	case !file || name == "data-raw":
		r.data.text = append(r.data.text, value.text...)
	case name == "json" || name == "data-binary":
		r.data.file(path, flag, unchanged)
	default:
		r.data.file(path, flag, withoutLineBreaks)
	}
	return nil
}

// addQuery handles --url-query: like --data-urlencode, or unencoded after a plus sign.
func (r *reader) addQuery(flag, value string) {
	if raw, as := strings.CutPrefix(value, "+"); as {
		r.query.join("&")
		r.query.text = append(r.query.text, raw...)
	} else {
		r.query.addEncoded(flag, value)
	}
}

// addEncoded handles "content", "=content", "name=content", "@file" or "name@file". It encodes the content.
func (d *data) addEncoded(flag, value string) {
	d.join("&")
	at := strings.IndexByte(value, '=')
	if at < 0 {
		at = strings.IndexByte(value, '@')
	}
	if at < 0 {
		d.text = append(d.text, url.QueryEscape(value)...)
		return
	}
	if at > 0 {
		d.text = append(d.text, value[:at]+"="...)
	}
	if value[at] == '@' {
		d.file(value[at+1:], flag, urlEncoded)
		return
	}
	d.text = append(d.text, url.QueryEscape(value[at+1:])...)
}

// addUpload handles -T.
func (r *reader) addUpload(flag string, value word) error {
	if err := r.sendsBy(flag, sendsFile, value.pos); err != nil {
		return err
	}
	if len(r.req.Files) > 0 && r.req.Files[len(r.req.Files)-1].flag == flag {
		r.addNote(noteOneUpload)
		return nil
	}
	path := value.text
	if path == "." {
		path = "-"
	}
	r.upload = path
	r.req.Body = []byte{}
	r.req.Files = append(r.req.Files, FileRef{Path: path, flag: flag, in: inBody})
	return nil
}
