package curlline

import (
	"path"
	"strings"
)

// addPart takes in -F: "name=content", "name=@file", "name=<file", with ";type=" and ";filename=" behind. The
// content of --form-string is taken as it is.
func (r *reader) addPart(option, flag string, value word) error {
	if err := r.sendsBy(flag, sendsForm, value.at); err != nil {
		return err
	}
	name, content, found := strings.Cut(value.text, "=")
	if !found {
		return faultf(value.at, "%s needs a name and a value, such as name=value", flag)
	}
	part := Part{Name: name, Value: content}
	if option == "form" && content != "" {
		r.fillPart(&part, flag, content)
	}
	r.r.Form = append(r.r.Form, part)
	return nil
}

// fillPart reads the content of -F.
func (r *reader) fillPart(part *Part, flag, content string) {
	sign := content[0]
	if sign == '@' || sign == '<' {
		content = content[1:]
	} else if sign == '(' || content == ")" {
		r.note("%s makes a part of several others, which is not read: it stands as a text.", flag)
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
			part.Filename = unquotedSetting(value)
		default:
			r.note("A setting of a part was left out: only its type and the name of its file are kept.")
		}
	}
	if sign != '@' && sign != '<' {
		return
	}
	part.Value = ""
	if sign == '@' {
		part.nameFile(text)
	}
	r.r.Files = append(r.r.Files, FileRef{Path: text, Flag: flag, In: InForm, At: len(r.r.Form)})
}

// nameFile fills in what curl says of a file where the line does not.
func (p *Part) nameFile(file string) {
	if p.Filename == "" {
		p.Filename = file[strings.LastIndexByte(file, '/')+1:]
	}
	for _, name := range []string{p.Filename, file} {
		if p.Type == "" {
			p.Type = typeByEnding[strings.ToLower(path.Ext(name))]
		}
	}
	if p.Type == "" {
		p.Type = "application/octet-stream"
	}
}

// typeByEnding is the type that curl gives a file by the ending of its name.
var typeByEnding = map[string]string{
	".gif": "image/gif", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml", ".txt": "text/plain",
	".htm": "text/html", ".html": "text/html", ".pdf": "application/pdf", ".xml": "application/xml",
}

// partContent cuts the settings off a content. In double quotes a semicolon is one.
func partContent(content string) (text, rest string) {
	if strings.HasPrefix(content, `"`) {
		if end := quoteEnd(content); end > 0 && (end+1 == len(content) || content[end+1] == ';') {
			return unquotedSetting(content[:end+1]), strings.TrimPrefix(content[end+1:], ";")
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
			if end := quoteEnd(rest[at:]); end > 0 {
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
func quoteEnd(text string) int {
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
func unquotedSetting(text string) string {
	if !strings.HasPrefix(text, `"`) || quoteEnd(text) == 0 {
		return text
	}
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(text[1:quoteEnd(text)])
}
