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
	"nango-tui/ui"
	"nango-tui/ui/form"
)

const fieldLine = "line"

const curlRows = 8

// CurlForm fills the request form from a curl command. It runs nothing, and reads only files that the user chooses.
type CurlForm struct {
	screen.Form
	target *Form
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
	s.Form = screen.Form{
		Name: textCurlTitle, SubmitTitle: textUse, Submit: s.submit, Head: s.summary,
		Busy: func() string { return screen.DisabledIf(s.files.IsRunning(), textCurlFilesLoading) },
		Fields: form.New(form.Field{
			ID: fieldLine, Kind: form.Lines, Title: screen.TextCurl, Rows: curlRows, Value: withoutCredentials(line), Check: checkCurl,
			About: textCurlAbout,
		}),
	}
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
		fields[i] = form.Field{ID: fileField(i), Title: textCurlFile, About: fmt.Sprintf(textCurlFileAbout, file)}
		if file.Path != "-" {
			fields[i].Value = file.Path
		}
	}
	s.Fields, s.asksFiles = form.New(fields...), true
}

func fileField(i int) string { return fmt.Sprint("file ", i) }

func checkCurl(line string) error {
	if strings.TrimSpace(line) == "" {
		return errors.New(textCurlEmpty)
	}
	read, err := curlline.Parse(line)
	if err != nil {
		return err
	}
	if operationOf(read.Method) == "" {
		return fmt.Errorf(textCurlMethod, read.Method)
	}
	return nil
}

// parse parses the command if it has changed.
func (s *CurlForm) parse() {
	if line := s.Fields.Values()[fieldLine]; !s.asksFiles && line != s.parsedLine {
		s.parsedLine = line
		s.parsed, s.parseErr = curlline.Parse(line)
	}
}

// Update passes keys to the form, and pastes without credentials.
func (s *CurlForm) Update(t *screen.Turn, msg tea.Msg) {
	if paste, ok := msg.(tea.PasteMsg); ok {
		msg = tea.PasteMsg{Content: withoutCredentials(paste.Content)}
	}
	s.Form.Update(t, msg)
	s.parse()
}

// submit uses the command, after its files are chosen and loaded.
func (s *CurlForm) submit(t *screen.Turn, v form.Values) {
	s.parse()
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
	}, func(t *screen.Turn) {
		if s.Fields.ShowError(s.files.Err) {
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
	if s.Fields.ShowError(err) {
		return
	}
	origin, path, _ := read.Split()
	if through, ok := parseProxied(read, p.Body); ok {
		through.Connection = s.target.ref
		s.use(through)(t)
		return
	}
	if rest, _, ok := pathUnderBase(s.target.base(), origin, path); ok {
		p.Path = rest
		s.use(p)(t)
		return
	}
	there := p
	there.BaseURL = origin
	t.Pick(textCurlHost+origin,
		screen.Option{Title: textPathOnly, Detail: textPathOnlyDetail + cmp.Or(s.target.base(), textBaseURLNotKnown), Do: s.use(p)},
		screen.Option{Title: textKeepHost, Detail: textKeepHostDetail + tokenHost(there, ""), Do: s.use(there)},
	)
}

// use returns what fills the request form with a request.
func (s *CurlForm) use(p nango.ProxyRequest) func(*screen.Turn) {
	return func(t *screen.Turn) {
		s.target.fill(p)
		t.Back()
	}
}

// parseProxied returns the request to the provider, with its connection, if the command goes to Nango's proxy.
func parseProxied(read curlline.Request, body nango.ProxyBody) (nango.ProxyRequest, bool) {
	_, path, query := read.Split()
	return nango.ParseProxyRequest(read.Method, path, query, proxyHeaders(read), body)
}

func proxyHeaders(read curlline.Request) []nango.ProxyHeader {
	var all []nango.ProxyHeader
	for _, h := range read.Headers {
		all = append(all, nango.ProxyHeader(h))
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

func (s *CurlForm) summary(f ui.Frame) []ui.Line {
	if s.files.IsRunning() {
		return []ui.Line{{ui.Styled(ui.RoleAccent, "… "+textCurlFilesLoading)}}
	}
	if s.parseErr != nil || strings.TrimSpace(s.parsedLine) == "" {
		return []ui.Line{{ui.Styled(ui.RoleMuted, textCurlHint)}}
	}
	r := s.parsed
	address, headers := r.URL, len(r.Headers)
	if through, ok := parseProxied(r, nango.ProxyBody{Data: r.Body}); ok {
		address, headers = urlText(through), len(through.Headers)
	}
	lines := []ui.Line{{f.Styled(ui.RoleStrong, r.Method+" "), f.Styled(ui.RoleText, maskedURL(address))}}
	var parts []string
	if headers > 0 {
		parts = append(parts, ui.Pluralize(headers, "header"))
	}
	if len(r.Body) > 0 {
		parts = append(parts, fmt.Sprintf(textCurlBody, ui.Bytes(int64(len(r.Body))), cmp.Or(r.Type, textNoType)))
	}
	if len(r.Form) > 0 {
		parts = append(parts, textCurlParts+ui.Pluralize(len(r.Form), "part"))
	}
	if len(parts) > 0 {
		lines = append(lines, ui.Line{f.Styled(ui.RoleText, textCurlWith+strings.Join(parts, ", "))})
	}
	lines = append(lines, s.hostLines(f)...)
	for _, note := range r.Notes {
		lines = append(lines, ui.Line{f.Styled(ui.RoleMuted, note)})
	}
	if len(r.Unknown) > 0 {
		lines = append(lines, ui.Line{f.Styled(ui.RoleWarn, textCurlUnknown+strings.Join(r.Unknown, " "))})
	}
	return lines
}

// hostLines compare the command's host and connection with those of the form.
func (s *CurlForm) hostLines(f ui.Frame) []ui.Line {
	if through, ok := parseProxied(s.parsed, nango.ProxyBody{}); ok {
		lines := []ui.Line{{ui.Styled(ui.RoleText, textThroughNango)}}
		if through.Connection != s.target.ref {
			lines = append(lines, ui.Line{f.Styled(ui.RoleWarn, fmt.Sprintf(textOtherOwner, through.Connection, s.target.ref))})
		}
		return lines
	}
	origin, path, _ := s.parsed.Split()
	switch _, templated, ok := pathUnderBase(s.target.base(), origin, path); {
	case ok && templated:
		return []ui.Line{{ui.Styled(ui.RoleText, textHostTemplate)}}
	case ok:
		return []ui.Line{{ui.Styled(ui.RoleText, textHostSame)}}
	}
	return []ui.Line{{f.Styled(ui.RoleWarn, textHostOther)}}
}

// urlText is the URL of a request, as far as the request has it.
func urlText(p nango.ProxyRequest) string {
	address := strings.TrimSuffix(p.BaseURL, "/") + p.Path
	if p.Query != "" {
		address += "?" + p.Query
	}
	return address
}

// maskedURL is a URL with secret parameters masked.
func maskedURL(address string) string {
	before, query, found := strings.Cut(address, "?")
	if !found {
		return before
	}
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		if name, secret := secretParameter(pair); secret {
			pairs[i] = name + "=…"
		}
	}
	return before + "?" + strings.Join(pairs, "&")
}
