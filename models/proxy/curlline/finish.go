package curlline

import (
	"strings"
)

// finish puts together what the arguments said.
func (r *reader) finish() error {
	chosen, err := r.choose()
	if err != nil {
		return err
	}
	if strings.ContainsRune(chosen.text, 0) || chosen.text == "" {
		return faultf(chosen.at, "the address is empty or holds a NUL")
	}
	r.setURL(chosen.text)
	r.extend(r.query)
	if r.get {
		r.extend(r.data)
		if r.sends == sendsData {
			r.sends = ""
		}
	} else if r.sends == sendsData {
		r.r.Body = append([]byte{}, r.data.text...)
		r.addFiles(r.data.files, InBody, 0)
	}
	if r.head && r.sends != "" {
		return faultf(r.end, "-I asks for the headers alone, and %s is sent: curl refuses both together", r.sends)
	}
	r.setMethod()
	r.setType()
	r.takeInput()
	r.noteVariables()
	r.r.Notes = r.notes
	return nil
}

// setURL takes an address without what is never sent of it, or is a credential.
func (r *reader) setURL(text string) {
	text, fragment, found := strings.Cut(text, "#")
	if found && fragment != "" {
		r.note(`What stands behind "#" in the address was left out: it is never sent.`)
	}
	scheme, rest, whole := strings.Cut(text, "://")
	if !whole || strings.ContainsAny(scheme, "/?") {
		scheme, rest = "https", text
		if !strings.HasPrefix(text, "$") {
			r.note("The address does not say how it is reached: https is taken.")
		}
	}
	host := rest[:authorityEnd(rest)]
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		r.note("The name and the password in the address %s.", strings.Replace(forCredentials, "was", "were", 1))
		rest = rest[at+1:]
	}
	r.r.URL = scheme + "://" + rest
}

// authorityEnd is where the host ends in an address without its scheme.
func authorityEnd(text string) int {
	if end := strings.IndexAny(text, "/?"); end >= 0 {
		return end
	}
	return len(text)
}

// Split cuts the address into the scheme and host, such as "https://api.example.com", the path behind it, and the query
// without its question mark, each as it was written.
func (r Request) Split() (origin, path, query string) {
	scheme, rest, _ := strings.Cut(r.URL, "://")
	end := authorityEnd(rest)
	path, query, _ = strings.Cut(rest[end:], "?")
	return scheme + "://" + rest[:end], path, query
}

// extend puts data behind the address, as its query.
func (r *reader) extend(d data) {
	if len(d.text) == 0 && len(d.files) == 0 {
		return
	}
	end := authorityEnd(r.r.URL[strings.Index(r.r.URL, "://")+3:]) + strings.Index(r.r.URL, "://") + 3
	switch {
	case !strings.Contains(r.r.URL, "?"):
		if end == len(r.r.URL) {
			r.r.URL += "/"
		}
		r.r.URL += "?"
	case !strings.HasSuffix(r.r.URL, "?"):
		r.r.URL += "&"
	}
	before := len(r.r.URL)
	r.r.URL += string(d.text)
	r.addFiles(d.files, InURL, before)
}

func (r *reader) addFiles(files []FileRef, in Place, behind int) {
	for _, file := range files {
		file.In = in
		file.At += behind
		r.r.Files = append(r.r.Files, file)
	}
}

// setMethod is what curl chooses where -X does not say it.
func (r *reader) setMethod() {
	switch {
	case r.method != "":
		r.r.Method = r.method
	case r.head:
		r.r.Method = "HEAD"
	case r.sends == sendsFile:
		r.r.Method = "PUT"
	case r.sends != "":
		r.r.Method = "POST"
	default:
		r.r.Method = "GET"
	}
}

// setType says what the body is: by a header, or as curl says by itself.
func (r *reader) setType() {
	if r.json {
		r.addMissing("Content-Type", "application/json")
		r.addMissing("Accept", "application/json")
	}
	if r.sends == sendsData {
		r.addMissing("Content-Type", "application/x-www-form-urlencoded")
	}
	kept := r.r.Headers[:0]
	for _, header := range r.r.Headers {
		switch isType := strings.EqualFold(header.Name, "Content-Type"); {
		case header == removed(header.Name):
		case !isType || r.sends == "":
			kept = append(kept, header)
		case r.r.Type == "":
			r.r.Type = header.Value
		}
	}
	r.r.Headers = kept
	if r.sends == sendsForm {
		r.r.Type = "multipart/form-data" // whatever a header says of its boundary
	}
}

// addMissing adds a header that curl sends by itself, unless the line says otherwise.
func (r *reader) addMissing(name, value string) {
	for _, header := range r.r.Headers {
		if strings.EqualFold(header.Name, name) {
			return
		}
	}
	r.r.Headers = append(r.r.Headers, Header{name, value})
}

// takeInput fills in the text that the line itself gives as standard input, and names the file that it does.
func (r *reader) takeInput() {
	for i := 0; i < len(r.r.Files); i++ {
		switch file := &r.r.Files[i]; {
		case file.Path != "-":
		case r.input.here:
			r.r = r.r.Fill(i, []byte(r.input.text))
			r.input.text = "" // it is read once
			i--
		case r.input.path != "":
			file.Path = r.input.path
		}
	}
}

// noteVariables names the variables that are still in the request.
func (r *reader) noteVariables() {
	var all strings.Builder
	all.WriteString(r.r.URL + "\n" + r.r.Type + "\n")
	all.Write(r.r.Body)
	for _, header := range r.r.Headers {
		all.WriteString("\n" + header.Name + ": " + header.Value)
	}
	for _, part := range r.r.Form {
		all.WriteString("\n" + part.Name + "\n" + part.Value)
	}
	var names []string
	for _, name := range r.variables {
		if strings.Contains(all.String(), name) {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		const most = 10
		more := ""
		if len(names) > most {
			names, more = names[:most], " and others"
		}
		r.note("%s%s: stands as it is written, since no variable of a shell is filled in.", strings.Join(names, ", "), more)
	}
}
