package proxy

import (
	"cmp"
	"context"
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

// curlRows is the height of the field for the line.
const curlRows = 8

// Pasting takes a curl line over into the form. Nothing in it is run and no file in it is read: a file is one to choose.
type CurlForm struct {
	screen.Base
	target *Form
	form   *form.Form
	// read is what the line says, of the text readOf; wrong why it says nothing.
	parsed     curlline.Request
	parsedLine string
	parseErr   error
	// asked says that the form is the one for files.
	asksFiles bool
	// files are the contents of the files that were chosen.
	files screen.Task[curlline.Request]
}

func newCurlForm(into *Form, line string) *CurlForm {
	s := &CurlForm{target: into}
	s.form = form.New(form.Field{
		ID: fieldLine, Kind: form.Lines, Title: "curl line", Rows: curlRows, Value: withoutCredentials(line), Check: checkCurl,
		About: "As it stands in the docs of an API, or as a browser copies it. It is not run.",
	})
	s.parse()
	return s
}

// lineCredentials are headers in a line that hold credentials, in the quotes that they nearly always have.
var lineCredentials = regexp.MustCompile(`(?i)('(?:authorization|cookie)\s*:\s*)[^']*'|("(?:authorization|cookie)\s*:\s*)[^"\\]*"`)

// withoutCredentials is a line without what is left out of it in any case, so that it is not drawn either.
func withoutCredentials(line string) string {
	return lineCredentials.ReplaceAllStringFunc(line, func(header string) string {
		name, _, _ := strings.Cut(header, ":")
		return name + ": …" + header[:1]
	})
}

// askFiles asks which files are to be read in the place of those that the line names.
func (s *CurlForm) askFiles() {
	fields := make([]form.Field, len(s.parsed.Files))
	for i, file := range s.parsed.Files {
		path := file.Path
		if path == "-" {
			path = ""
		}
		fields[i] = form.Field{ID: fileField(i), Title: "File", Value: path,
			About: "The line would read " + file.String() + ". It is read here when you go on; empty leaves it out."}
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
		return fmt.Errorf("nango passes on GET, POST, PUT, PATCH and DELETE, and not %s", read.Method)
	}
	return nil
}

var errEmptyLine = fmt.Errorf("paste a line that begins with curl")

// parse reads the line where it has changed.
func (s *CurlForm) parse() {
	if line := s.form.Values()[fieldLine]; !s.asksFiles && line != s.parsedLine {
		s.parsedLine = line
		s.parsed, s.parseErr = curlline.Parse(line)
	}
}

// Title names the screen.
func (s *CurlForm) Title() string { return "Paste a curl line" }

// Open reads nothing.
func (s *CurlForm) Open(*screen.Turn) {}

// Refresh reads nothing.
func (s *CurlForm) Refresh(*screen.Turn) {}

// Typing says that keys are text.
func (s *CurlForm) Typing() bool { return true }

// IsDirty says that a line was typed, or files chosen.
func (s *CurlForm) IsDirty() bool { return s.form.Changed() }

// Update gives keys and pastes to the form.
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

// Actions is taking the line over.
func (s *CurlForm) Actions() []screen.Action {
	busy := ""
	if s.files.IsRunning() {
		busy = "the files are being read"
	}
	return []screen.Action{{ID: screen.Submit, Title: "Take it over", WhileTyping: true, Disabled: busy, Do: func(t *screen.Turn) {
		s.form.Submit()
		s.handleSubmit(t)
	}}}
}

// take goes on with what was submitted, if it was.
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

// readFiles reads the files that were chosen, and goes on.
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
				t.Notice("Left out of the files", notes...)
			}
			s.apply(t, s.files.Value)
		})
}

// fill puts the contents of the files where they belong; what has no path stays out.
func fillFiles(tools screen.Tools, read curlline.Request, paths []string) (curlline.Request, error) {
	for i := len(paths) - 1; i >= 0; i-- { // from behind, so that the numbers stay
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

// decide takes the path alone where the line goes to the provider. Where it goes elsewhere one chooses.
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
	t.Pick("The line goes to "+origin,
		screen.Option{Title: "Path only", Detail: "to the provider: " + cmp.Or(s.target.base(), "its base URL is not known here"), Do: func(t *screen.Turn) { s.fillTarget(t, p) }},
		screen.Option{Title: "To that host", Detail: "this customer's token goes to " + tokenHost(there, ""), Do: func(t *screen.Turn) { s.fillTarget(t, there) }},
	)
}

func (s *CurlForm) fillTarget(t *screen.Turn, p nango.ProxyRequest) {
	s.target.fill(p)
	t.Back()
}

// throughNango is what a line asks of a provider that goes to Nango's proxy, as those do that are copied here, and for whom.
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

// proxied is the line's request for the connection.
func (s *CurlForm) proxyRequest(read curlline.Request) (nango.ProxyRequest, error) {
	_, path, query := read.Split()
	p := nango.ProxyRequest{Connection: s.target.ref, Method: read.Method, Path: path, Query: query, Headers: proxyHeaders(read)}
	media, body, err := read.Encoded()
	if err != nil {
		return p, fmt.Errorf("the form of the line cannot be written: %w", err)
	}
	if len(body) > 0 {
		p.Body = nango.ProxyBody{Type: cmp.Or(media, "application/octet-stream"), Data: body}
	}
	return p, nil
}

// adopts opens the screen for curl lines when one is pasted into the path, and takes a whole address apart.
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

// adoptsAddress puts path and query of an address that lies behind the provider's base URL into their fields.
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
