package curlline

import (
	"path"
	"strings"
)

// addPart handles -F: "name=content", "name=@file", "name=<file", with ";type=" and ";filename=". The content of
// --form-string is used unchanged.
func (r *reader) addPart(option, flag string, value word) error {
	if err := r.sendsBy(flag, sendsForm, value.pos); err != nil {
		return err
	}
	name, content, found := strings.Cut(value.text, "=")
	if !found {
		return errorAt(value.pos, errFormPart, flag)
	}
	part := Part{Name: name, Value: content}
	if option == "form" && content != "" {
		r.fillPart(&part, flag, content)
	}
	r.req.Form = append(r.req.Form, part)
	return nil
}

// fillPart parses the content of -F.
func (r *reader) fillPart(part *Part, flag, content string) {
	sign := content[0]
	if sign == '@' || sign == '<' {
		content = content[1:]
	} else if sign == '(' || content == ")" {
		r.addNote(noteNestedPart, flag)
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
			r.addNote(notePartSetting)
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

// nameFile sets curl's defaults for the file name and type.
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

// typeByExtension has the media types that curl gives files.
var typeByExtension = map[string]string{
	".gif": "image/gif", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml", ".txt": "text/plain",
	".htm": "text/html", ".html": "text/html", ".pdf": "application/pdf", ".xml": "application/xml",
}

// partContent splits off the settings. Only in double quotes, semicolons and spaces at the ends are text.
func partContent(content string) (text, rest string) {
	content = strings.TrimLeft(content, " \t\r\n\v\f")
	if strings.HasPrefix(content, `"`) {
		if end := closingQuote(content); end > 0 && (end+1 == len(content) || content[end+1] == ';') {
			return unquote(content[:end+1]), strings.TrimPrefix(content[end+1:], ";")
		}
	}
	text, rest, _ = strings.Cut(content, ";")
	return strings.TrimRight(text, " \t\r\n\v\f"), rest
}

// partSetting splits off the first setting, with the parameters of a type.
func partSetting(rest string) (setting, after string) {
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

// closingQuote returns where the quote at the start of a text is closed; 0 if it isn't.
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

// unquote removes double quotes and the backslashes before quotes and backslashes.
func unquote(text string) string {
	if !strings.HasPrefix(text, `"`) || closingQuote(text) == 0 {
		return text
	}
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(text[1:closingQuote(text)])
}
