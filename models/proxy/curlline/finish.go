package curlline

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// finish builds the request from the arguments.
func (r *reader) finish() error {
	chosen, err := r.chooseURL()
	if err != nil {
		return err
	}
	if strings.ContainsFunc(chosen.text, unicode.IsControl) || chosen.text == "" {
		return errorAt(chosen.pos, errURL)
	}
	r.setURL(chosen.text)
	r.addUploadName()
	if r.get && r.data.started && r.query.started {
		r.addNote(noteQueryReplaced)
	} else {
		r.addToQuery(r.query)
	}
	if r.get {
		r.addToQuery(r.data)
		if r.bodyFlag == sendsData {
			r.bodyFlag = ""
		}
	} else if r.bodyFlag == sendsData {
		r.req.Body = append([]byte{}, r.data.text...)
		r.addFiles(r.data.files, inBody, 0)
	}
	if r.head && r.bodyFlag != "" {
		return errorAt(r.end, errHeadBody, r.bodyFlag)
	}
	r.setTarget()
	r.setMethod()
	r.setType()
	r.fillInput()
	r.noteVariables()
	r.req.Notes = r.notes
	return nil
}

func (r *reader) setURL(text string) {
	text, fragment, _ := strings.Cut(text, "#")
	if fragment != "" {
		r.addNote(noteFragment)
	}
	text = httpScheme.ReplaceAllString(text, "$1://$2")
	scheme, rest, hasScheme := strings.Cut(text, "://")
	if !hasScheme || strings.ContainsAny(scheme, "/?") {
		scheme, rest = "https", text
		if !strings.HasPrefix(text, "$") {
			r.addNote(noteScheme)
		}
	}
	host := rest[:hostEnd(rest)]
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		r.addNote(noteUserInfo, strings.Replace(dropCredentials, "was", "were", 1))
		rest = rest[at+1:]
	}
	if glob.MatchString(rest[hostEnd(rest):]) && !r.globOff {
		r.addNote(noteGlob)
	}
	r.req.URL = scheme + "://" + rest
}

// httpScheme matches a scheme with more or less slashes than two, which curl allows.
var httpScheme = regexp.MustCompile(`(?i)^(https?):/{1,3}([^/])`)

// glob matches a part of a path or query that curl replaces by several values, one after the other.
var glob = regexp.MustCompile(`\{[^{}]+\}|\[(?:[A-Za-z]-[A-Za-z]|\d+-\d+)(?::\d+)?\]`)

// addUploadName appends the name of the file of -T to a path that ends in a slash.
func (r *reader) addUploadName() {
	_, path, _ := r.req.Split()
	if r.upload == "" || r.upload == "-" || path != "" && !strings.HasSuffix(path, "/") {
		return
	}
	name := strings.ReplaceAll(url.QueryEscape(r.upload[strings.LastIndexAny(r.upload, `/\`)+1:]), "+", "%20")
	before, query, found := strings.Cut(r.req.URL, "?")
	r.req.URL = strings.TrimSuffix(before, "/") + "/" + name
	if found {
		r.req.URL += "?" + query
	}
}

// setTarget replaces path and query by those of --request-target.
func (r *reader) setTarget() {
	if origin, _, _ := r.req.Split(); strings.HasPrefix(r.target, "/") {
		r.req.URL = origin + r.target
		r.req.Files = slices.DeleteFunc(r.req.Files, func(f FileRef) bool { return f.in == inURL })
	} else if r.target != "" {
		r.addNote(noteOption, "--request-target", dropTransport)
	}
}

// hostEnd returns where the host ends in a URL without its scheme.
func hostEnd(text string) int {
	if end := strings.IndexAny(text, "/?"); end >= 0 {
		return end
	}
	return len(text)
}

// Split splits the URL into scheme and host, such as "https://api.example.com", path and query, all as written.
func (r Request) Split() (origin, path, query string) {
	scheme, rest, _ := strings.Cut(r.URL, "://")
	end := hostEnd(rest)
	path, query, _ = strings.Cut(rest[end:], "?")
	return scheme + "://" + rest[:end], path, query
}

// addToQuery appends data to the URL's query.
func (r *reader) addToQuery(d data) {
	if len(d.text) == 0 && len(d.files) == 0 {
		return
	}
	_, path, _ := r.req.Split()
	switch {
	case !strings.Contains(r.req.URL, "?"):
		if path == "" {
			r.req.URL += "/"
		}
		r.req.URL += "?"
	case !strings.HasSuffix(r.req.URL, "?"):
		r.req.URL += "&"
	}
	before := len(r.req.URL)
	r.req.URL += string(d.text)
	r.addFiles(d.files, inURL, before)
}

func (r *reader) addFiles(files []FileRef, in target, after int) {
	for _, file := range files {
		file.in = in
		file.at += after
		r.req.Files = append(r.req.Files, file)
	}
}

// setMethod sets the method, by default as curl does.
func (r *reader) setMethod() {
	r.req.Method = map[string]string{"": "GET", sendsFile: "PUT", sendsData: "POST", sendsForm: "POST"}[r.bodyFlag]
	if r.head {
		r.req.Method = "HEAD"
	}
	r.req.Method = cmp.Or(r.method, r.req.Method)
}

// setType sets the media type of the body: that of a header or curl's default.
func (r *reader) setType() {
	for _, header := range r.defaults {
		r.addMissing(header.Name, header.Value)
	}
	if r.json {
		r.addMissing("Content-Type", "application/json")
		r.addMissing("Accept", "application/json")
	}
	if r.bodyFlag == sendsData {
		r.addMissing("Content-Type", "application/x-www-form-urlencoded")
	}
	remaining := r.req.Headers[:0]
	for _, header := range r.req.Headers {
		switch isType := strings.EqualFold(header.Name, "Content-Type"); {
		case header == removedHeader(header.Name):
		case !isType || r.bodyFlag == "":
			remaining = append(remaining, header)
		case r.req.Type == "":
			r.req.Type = header.Value
		}
	}
	r.req.Headers = remaining
	if r.bodyFlag == sendsForm {
		r.req.Type = "multipart/form-data" // a header's boundary would be wrong
	}
}

// addMissing adds a default header of curl, unless the command sets it.
func (r *reader) addMissing(name, value string) {
	if !slices.ContainsFunc(r.req.Headers, func(h Header) bool { return strings.EqualFold(h.Name, name) }) {
		r.req.Headers = append(r.req.Headers, Header{name, value})
	}
}

// fillInput fills in standard input: the text in the line, or the path of its file.
func (r *reader) fillInput() {
	for i := 0; i < len(r.req.Files); i++ {
		switch file := &r.req.Files[i]; {
		case file.Path != "-":
		case r.input.here:
			r.req = r.req.Fill(i, []byte(r.input.text))
			r.input.text = "" // it is read once
			i--
		case r.input.path != "":
			file.Path = r.input.path
			r.input = input{here: true}
		}
	}
}

// noteVariables names the variables that are part of the request.
func (r *reader) noteVariables() {
	var all strings.Builder
	all.WriteString(r.req.URL + "\n" + r.req.Type + "\n")
	all.Write(r.req.Body)
	for _, header := range r.req.Headers {
		all.WriteString("\n" + header.Name + ": " + header.Value)
	}
	for _, part := range r.req.Form {
		all.WriteString("\n" + part.Name + "\n" + part.Value)
	}
	const most = 10
	missing := func(name string) bool { return !strings.Contains(all.String(), name) }
	names, more := slices.DeleteFunc(slices.Clone(r.variables), missing), ""
	if len(names) > most {
		names, more = names[:most], noteMoreVariables
	}
	if len(names) > 0 {
		r.addNote(noteVariables, strings.Join(names, ", "), more)
	}
}
