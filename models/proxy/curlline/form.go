package curlline

import (
	"path"
	"strings"
)

// addPart takes in -F: "name=content", "name=@file", "name=<file", with ";type=" and ";filename=" behind. The
// content of --form-string is taken as it is.
func (r *reader) addPart(option, flag string, value word) error {
	if err := r.sendsBy(flag, sendsForm, value.pos); err != nil {
		return err
	}
	name, content, found := strings.Cut(value.text, "=")
	if !found {
		return errorAt(value.pos, "%s needs a name and a value, such as name=value", flag)
	}
	part := Part{Name: name, Value: content}
	if option == "form" && content != "" {
		r.fillPart(&part, flag, content)
	}
	r.req.Form = append(r.req.Form, part)
	return nil
}

// fillPart reads the content of -F.
func (r *reader) fillPart(part *Part, flag, content string) {
	sign := content[0]
	if sign == '@' || sign == '<' {
		content = content[1:]
	} else if sign == '(' || content == ")" {
		r.addNote("%s makes a part of several others, which is not read: it stands as a text.", flag)
	}
	text, rest := partContent(content)
	part.Value = text
	for rest != "" {
		var setting string
		setting, rest = partSetting(rest)
		name, value, _ := strings.Cut(setting, "=")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "type":
			part.Type = value
		case "filename":
			part.Filename = unquote(value)
		default:
			r.addNote("A setting of a part was left out: only its type and the name of its file are kept.")
		}
	}
	if sign != '@' && sign != '<' {
		return
	}
	part.Value = ""
	if sign == '@' {
		part.nameFile(text)
	}
	r.req.Files = append(r.req.Files, FileRef{Path: text, flag: flag, in: inForm, at: len(r.req.Form)})
}

// nameFile fills in what curl says of a file where the line does not.
func (p *Part) nameFile(file string) {
	if p.Filename == "" {
		p.Filename = file[strings.LastIndexByte(file, '/')+1:]
	}
	for _, name := range []string{p.Filename, file} {
		if p.Type == "" {
			p.Type = typeByExtension[strings.ToLower(path.Ext(name))]
		}
	}
	if p.Type == "" {
		p.Type = "application/octet-stream"
	}
}

// typeByEnding is the type that curl gives a file by the ending of its name.
var typeByExtension = map[string]string{
	".gif": "image/gif", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml", ".txt": "text/plain",
	".htm": "text/html", ".html": "text/html", ".pdf": "application/pdf", ".xml": "application/xml",
}

// partContent cuts the settings off a content. In double quotes a semicolon is one.
func partContent(content string) (text, rest string) {
	if strings.HasPrefix(content, `"`) {
		if end := closingQuote(content); end > 0 && (end+1 == len(content) || content[end+1] == ';') {
			return unquote(content[:end+1]), strings.TrimPrefix(content[end+1:], ";")
		}
	}
	text, rest, _ = strings.Cut(content, ";")
	return text, rest
}

// partSetting cuts the first setting off; the parameters of a type belong to it.
func partSetting(rest string) (setting, behind string) {
	for at := 0; at < len(rest); at++ {
		switch rest[at] {
		case '"':
			if end := closingQuote(rest[at:]); end > 0 {
				at += end
			}
		case ';':
			next := strings.ToLower(strings.TrimLeft(rest[at+1:], " "))
			for _, name := range []string{"type=", "filename=", "headers=", "encoder="} {
				if strings.HasPrefix(next, name) {
					return rest[:at], rest[at+1:]
				}
			}
		}
	}
	return rest, ""
}

// quoteEnd is where the quote that a text begins with is closed; 0 where it is not.
func closingQuote(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return 0
}

// unquotedSetting takes away double quotes, and the backslashes before quotes and backslashes in them.
func unquote(text string) string {
	if !strings.HasPrefix(text, `"`) || closingQuote(text) == 0 {
		return text
	}
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(text[1:closingQuote(text)])
}
