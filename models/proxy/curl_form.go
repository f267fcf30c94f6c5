package proxy

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/proxy/curlline"
	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

const fieldLine = "line"

// curlRows is the height of the field for the command.
const curlRows = 8

// CurlForm fills the request form from a curl command. It runs nothing, and reads only files that the user chooses.
type CurlForm struct {
	screen.Base
	target *Form
	form   *form.Form
	// parsed is the request of parsedLine, or parseErr why there is none.
	parsed     curlline.Request
	parsedLine string
	parseErr   error
	// asksFiles is true while the form asks for files.
	asksFiles bool
	// files loads the chosen files.
	files screen.Task[curlline.Request]
}

func newCurlForm(into *Form, line string) *CurlForm {
	s := &CurlForm{target: into}
	s.form = form.New(form.Field{
		ID: fieldLine, Kind: form.Lines, Title: textCurlLine, Rows: curlRows, Value: withoutCredentials(line), Check: checkCurl,
		About: textCurlAbout,
	})
	s.parse()
	return s
}

// lineCredentials matches headers with credentials in their usual quotes.
var lineCredentials = regexp.MustCompile(`(?i)('(?:authorization|cookie)\s*:\s*)[^']*'|("(?:authorization|cookie)\s*:\s*)[^"\\]*"`)

// withoutCredentials removes credentials that are skipped anyway, so that they are not drawn.
func withoutCredentials(line string) string {
	return lineCredentials.ReplaceAllStringFunc(line, func(header string) string {
		name, _, _ := strings.Cut(header, ":")
		return name + ": …" + header[:1]
	})
}

// askFiles asks which files to read in place of those in the command.
func (s *CurlForm) askFiles() {
	fields := make([]form.Field, len(s.parsed.Files))
	for i, file := range s.parsed.Files {
		path := file.Path
		if path == "-" {
			path = ""
		}
		fields[i] = form.Field{ID: fileField(i), Title: textCurlFile, Value: path, About: fmt.Sprintf(textCurlFileAbout, file)}
	}
	s.form, s.asksFiles = form.New(fields...), true
}

func fileField(i int) string { return fmt.Sprint("file ", i) }

func checkCurl(line string) error {
	if strings.TrimSpace(line) == "" {
		return errEmptyLine
	}
	read, err := curlline.Parse(line)
	if err != nil {
		return err
	}
	if operation := operationOf(read.Method); operation == "" {
		return fmt.Errorf(textCurlMethod, read.Method)
	}
	return nil
}

var errEmptyLine = errors.New(textCurlEmpty)

// parse parses the command if it has changed.
func (s *CurlForm) parse() {
	if line := s.form.Values()[fieldLine]; !s.asksFiles && line != s.parsedLine {
		s.parsedLine = line
		s.parsed, s.parseErr = curlline.Parse(line)
	}
}

func (s *CurlForm) Title() string { return textCurlTitle }

func (s *CurlForm) Typing() bool { return true }

// IsDirty reports whether leaving would lose input.
func (s *CurlForm) IsDirty() bool { return s.form.Changed() }

func (s *CurlForm) Update(t *screen.Turn, msg tea.Msg) {
	if paste, ok := msg.(tea.PasteMsg); ok {
		msg = tea.PasteMsg{Content: withoutCredentials(paste.Content)}
	}
	if !s.files.IsRunning() {
		s.form.Update(msg)
		s.parse()
		s.handleSubmit(t)
	}
}

// Actions is using the command.
func (s *CurlForm) Actions() []screen.Action {
	busy := ""
	if s.files.IsRunning() {
		busy = textCurlFilesLoading
	}
	return []screen.Action{{ID: screen.Submit, Title: textUse, WhileTyping: true, Disabled: busy, Do: func(t *screen.Turn) {
		s.form.Submit()
		s.handleSubmit(t)
	}}}
}

// handleSubmit continues with the submitted input, if there is any.
func (s *CurlForm) handleSubmit(t *screen.Turn) {
	v, ok := s.form.Submitted()
	if !ok {
		return
	}
	switch {
	case len(s.parsed.Files) == 0:
		s.apply(t, s.parsed)
	case !s.asksFiles:
		s.askFiles()
	default:
		s.readFiles(t, v)
	}
}

// readFiles loads the chosen files, then applies the command.
func (s *CurlForm) readFiles(t *screen.Turn, v form.Values) {
	paths := make([]string, len(s.parsed.Files))
	for i := range paths {
		paths[i] = strings.TrimSpace(v[fileField(i)])
	}
	read := s.parsed
	s.files.Start(t, func(_ context.Context, tools screen.Tools) (curlline.Request, error) {
		return fillFiles(tools, read, paths)
	},
		func(t *screen.Turn) {
			if s.files.Err != nil {
				s.form.SetError("", s.files.Err.Error())
				return
			}
			if notes := s.files.Value.Notes[len(read.Notes):]; len(notes) > 0 {
				t.Notice(textCurlSkipped, notes...)
			}
			s.apply(t, s.files.Value)
		})
}

// fillFiles puts the contents of the files into the request and skips files without a path.
func fillFiles(tools screen.Tools, read curlline.Request, paths []string) (curlline.Request, error) {
	for i := len(paths) - 1; i >= 0; i-- { // backwards, so that the indexes stay valid
		if paths[i] == "" {
			continue
		}
		content, err := tools.Files.Read(paths[i], maxBodyFile)
		if err != nil {
			return read, err
		}
		read = read.Fill(i, content)
	}
	return read, nil
}

// apply uses only the path if the command goes to the provider. Otherwise the user chooses.
func (s *CurlForm) apply(t *screen.Turn, read curlline.Request) {
	p, err := s.proxyRequest(read)
	if err != nil {
		s.form.SetError("", err.Error())
		return
	}
	origin, path, _ := read.Split()
	if through, ok := parseProxied(read, p.Body); ok {
		through.Connection = s.target.ref
		s.fillTarget(t, through)
		return
	}
	if rest, _, ok := pathUnderBase(s.target.base(), origin, path); ok {
		p.Path = rest
		s.fillTarget(t, p)
		return
	}
	there := p
	there.BaseURL = origin
	t.Pick(textCurlHost+origin,
		screen.Option{Title: textPathOnly, Detail: textPathOnlyDetail + cmp.Or(s.target.base(), textBaseURLNotKnown),
			Do: func(t *screen.Turn) { s.fillTarget(t, p) }},
		screen.Option{Title: textKeepHost, Detail: textKeepHostDetail + tokenHost(there, ""),
			Do: func(t *screen.Turn) { s.fillTarget(t, there) }},
	)
}

func (s *CurlForm) fillTarget(t *screen.Turn, p nango.ProxyRequest) {
	s.target.fill(p)
	t.Back()
}

// parseProxied returns the request to the provider, with its connection, if the command goes to Nango's proxy.
func parseProxied(read curlline.Request, body nango.ProxyBody) (nango.ProxyRequest, bool) {
	_, path, query := read.Split()
	return nango.ParseProxyRequest(read.Method, path, query, proxyHeaders(read), body)
}

func proxyHeaders(read curlline.Request) []nango.ProxyHeader {
	var all []nango.ProxyHeader
	for _, h := range read.Headers {
		all = append(all, nango.ProxyHeader{Name: h.Name, Value: h.Value})
	}
	return all
}

// proxyRequest returns the command's request for the form's connection.
func (s *CurlForm) proxyRequest(read curlline.Request) (nango.ProxyRequest, error) {
	_, path, query := read.Split()
	p := nango.ProxyRequest{Connection: s.target.ref, Method: read.Method, Path: path, Query: query, Headers: proxyHeaders(read)}
	media, body, err := read.Encoded()
	if err != nil {
		return p, fmt.Errorf(textCurlForm, err)
	}
	if len(body) > 0 {
		p.Body = nango.ProxyBody{Type: cmp.Or(media, "application/octet-stream"), Data: body}
	}
	return p, nil
}

// handlePaste opens the curl screen for a curl command pasted into the path, and splits a pasted URL.
func (s *Form) handlePaste(t *screen.Turn, text string) bool {
	text = strings.TrimSpace(text)
	if s.form.Focused() != fieldPath {
		return false
	}
	address := strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://")
	switch {
	case strings.HasPrefix(text, "curl ") || strings.HasPrefix(text, "curl.exe "):
		t.Show(newCurlForm(s, text))
	case address && s.path() == "" && !strings.ContainsAny(text, " \n\t"):
		return s.pasteURL(text)
	default:
		return false
	}
	return true
}

// pasteURL fills in path and query of a URL under the provider's base URL.
func (s *Form) pasteURL(text string) bool {
	scheme, rest, _ := strings.Cut(text, "://")
	host, path := rest, ""
	if at := strings.IndexAny(rest, "/?"); at >= 0 {
		host, path = rest[:at], rest[at:]
	}
	path, query, _ := strings.Cut(path, "?")
	found, templated, ok := pathUnderBase(s.base(), scheme+"://"+host, path)
	if !ok || templated {
		return false
	}
	s.form.Set(fieldPath, found)
	s.form.Set(fieldQuery, query)
	s.completion.reset(found)
	return true
}
