//go:build unix

package e2e

import (
	"encoding/base64"
	"fmt"
	"image"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"nango-tui/nango/sandbox"
)

// The connection of the demo that failed last.
const (
	brokenCustomer = "Анна Ковальчук"
	brokenWord     = "8499" // the end of its id, which is typed to delete it
)

// sshEnv returns the variables of a terminal over SSH.
func sshEnv() []string { return []string{"SSH_TTY=/dev/pts/7"} }

// quitsWithKey quits with the key of the keymap.
func (x *program) quitsWithKey() {
	x.t.Helper()
	x.press("q")
	x.exits(0)
	x.restored()
}

// linkOnScreen returns the link on the first lines of the screen's body, which may be broken into lines.
func (x *terminal) linkOnScreen() string {
	x.t.Helper()
	x.see("expires in")
	var link strings.Builder
	for _, line := range strings.Split(x.screen(), "\n") {
		line = strings.TrimRight(line, " \r")
		switch {
		case strings.HasPrefix(line, "http://127.0.0.1:") || link.Len() > 0 && line != "":
			link.WriteString(line)
		case link.Len() > 0:
			return link.String()
		}
	}
	x.t.Fatalf("no link is on the screen:\n%s", x.screen())
	return ""
}

func TestReconnectBrokenConnection(t *testing.T) {
	t.Parallel()
	x := startDemo(t, size80x24())
	x.see("1,000 · 52 broken")
	x.press("/")
	x.see("enter Done")
	x.typeText("kovalchuk hubspot")
	x.see("of 1,000", brokenCustomer, "✗ auth")
	x.gone("slack")
	x.press("enter")
	x.see("enter Open")
	x.press("enter")
	x.see(brokenCustomer+" · hubspot", "CAUSE ✗ auth", "NEXT")
	x.press("R")
	x.see("Creates a link for new credentials that is valid for 30 minutes", "Webhook override", "will be lost if set", "enter Create link")
	x.press("enter")
	link := x.linkOnScreen()
	x.see("Waiting", "for the reconnect of "+brokenCustomer)

	customer{t}.needsTheAPI(link)
	customer{t}.connect(link, "hubspot")
	x.see("✓ reconnected", "✓ revoked: it no longer works")
	customer{t}.cannotOpen(link)
	x.press("esc")
	x.see("connection id", "✓ ok")
	x.press("1")
	x.see("1,000 · 51 broken")
	x.quits()
}

func TestLinkForNewConnection(t *testing.T) {
	t.Parallel()
	x := start(t, []string{"--demo"}, sshEnv(), size80x24())
	x.see("✓ ok")
	x.press(":")
	x.see("Go to")
	x.typeText("link")
	x.press("enter")
	x.see("all if none is selected", "airtable", "ctrl+s Create link")
	x.press("tab")
	x.typeText("user-7")
	x.press("ctrl+s")
	link := x.linkOnScreen()
	x.see("end_user_id=user-7", "Sent to your terminal's clipboard (OSC 52)")
	x.wrote("\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(link)))

	x.press("Q")
	x.see("too small for the QR code") // a link that names its API is longer than the cloud's
	x.resize(size120x40())
	x.gone("too small")
	x.until("a QR code of the link", func() bool {
		text, err := scanQRCode(drawCells(x.cells()))
		return err == nil && text == link
	})
	x.press("esc")
	customer{t}.needsTheAPI(link)
	customer{t}.connect(link, "slack")
	x.see("✓ arrived: ", "✓ revoked: it no longer works")
	customer{t}.cannotOpen(link)
	x.press("enter")
	x.see("integration", "slack", "end_user_id", "user-7")
	x.quits()
}

func TestDeleteConnectionNeedsConfirmWord(t *testing.T) {
	t.Parallel()
	x := startDemo(t, size80x24())
	x.press("D")
	x.see("Delete connection", brokenCustomer+" · hubspot", "Permanently deletes", "DELETE /connections/", "Type "+brokenWord+" to confirm")
	x.see("[ Cancel ]")
	x.press("enter") // the focus is on Cancel
	x.gone("Delete connection")
	x.press("D")
	x.see("Delete connection", "[ Cancel ]")
	x.typeText("1234")
	x.press("enter")
	x.see("Wrong word. Nothing was sent.")
	x.press("esc")
	x.gone("Delete connection")
	x.see("1,000 · 52 broken", brokenCustomer)
	x.press("D")
	x.see("Delete connection", "[ Cancel ]")
	x.typeText(brokenWord)
	x.press("enter")
	x.see("999 · 51 broken")
	x.gone("user-2898499")
	x.quits()
}

func TestResizeDuringDialog(t *testing.T) {
	t.Parallel()
	x := startDemo(t, size80x24())
	x.press("D")
	x.see("Type "+brokenWord+" to confirm", "[ Cancel ]")
	x.typeText(brokenWord[:2])
	x.see("to confirm:  " + brokenWord[:2])
	for _, size := range []image.Point{size120x40(), {60, 15}, {200, 50}, size80x24()} {
		x.resize(size)
		x.until(fmt.Sprintf("the complete dialog in %v", size), func() bool {
			screen := x.screen()
			prompt := "Type " + brokenWord + " to confirm:  " + brokenWord[:2]
			for _, part := range []string{"  Delete connection  ", "  demo  ", prompt, "Cancel", "└ "} {
				if !strings.Contains(screen, part) {
					return false
				}
			}
			return true
		})
	}
	x.resize(image.Point{10, 3})
	x.gone("confirm")
	x.resize(size80x24())
	x.see("Type "+brokenWord+" to confirm:  "+brokenWord[:2], "tab moves")
	x.typeText(brokenWord[2:])
	x.press("enter")
	x.see("999 · 51 broken")
	x.quits()
}

func TestSignalsDuringDialogRestoreTheTerminal(t *testing.T) {
	t.Parallel()
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			x := startDemo(t, size80x24())
			x.press("D")
			x.see("Type " + brokenWord + " to confirm")
			x.signal(s)
			x.exits(128 + int(s))
			x.restored()
		})
	}
}

// twoProfiles is a sandbox with a file of two profiles, one of which is production.
type twoProfiles struct {
	server *sandbox.Server
	env    []string
}

const connectionID = "conn-4711"

func newTwoProfiles(t *testing.T) *twoProfiles {
	t.Helper()
	server := sandbox.New(sandbox.Options{Seed: 3, Connections: 30})
	if err := server.AddIntegration(sandbox.IntegrationSpec{Key: "crm", Provider: "salesforce"}); err != nil {
		t.Fatal(err)
	}
	tags := map[string]string{"end_user_display_name": "Zara Quill"}
	if _, err := server.AddConnection(sandbox.ConnectionSpec{Integration: "crm", ID: connectionID, Tags: tags}); err != nil {
		t.Fatal(err)
	}
	listener, err := sandbox.Listen(server, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := listener.Close(); err != nil {
			t.Error(err)
		}
	})
	folder, env := newHome(t)
	writeConfig(t, folder, fmt.Sprintf(`default: acme-dev
profiles:
  acme-dev:
    host: %[1]s
    key: {env: ACME_DEV_KEY}
    production: false
  acme-prod:
    host: %[1]s
    key: {command: [printenv, ACME_PROD_KEY]}
`, listener.URL()))
	key := server.Keys().Environment
	return &twoProfiles{server, append(env, "ACME_DEV_KEY="+key, "ACME_PROD_KEY="+key)}
}

// deletions counts the deletions that reached the server.
func (p *twoProfiles) deletions() int {
	n := 0
	for _, r := range p.server.Requests() {
		if r.Method == http.MethodDelete {
			n++
		}
	}
	return n
}

// pick types the title of an option into a picker, as a person does who looks at each letter, and takes it.
func (x *program) pick(title string) {
	x.t.Helper()
	for i, letter := range title {
		x.typeText(string(letter))
		x.see("> " + title[:i+1])
	}
	x.press("enter")
}

func TestProductionMustBeArmed(t *testing.T) {
	t.Parallel()
	p := newTwoProfiles(t)
	x := startIn(t, nil, append(p.env, sshEnv()...), size80x24())
	x.see("acme-dev", "Zara Quill")
	if strings.Contains(x.screen(), "PRODUCTION") {
		t.Errorf("acme-dev is marked as production:\n%s", x.screen())
	}
	x.press("P")
	x.see("Switch profile", "acme-prod", "demo", "enter selects")
	x.pick("acme-prod")
	x.see("▌PRODUCTION▐", "acme-prod", "Zara Quill")

	x.press("D")
	x.see("Delete: ", "arm")
	x.press("A")
	x.see("Arm production", "for 15 min", "[ Cancel ]")
	x.press("right", "enter")
	x.see("ARMED")
	x.press("D")
	x.see("Delete connection", "Type 4711 to confirm", "[ Cancel ]")
	if n := p.deletions(); n != 0 {
		t.Errorf("%d deletions were sent before they were confirmed", n)
	}
	x.typeText("4711")
	x.press("enter")
	x.gone("Zara Quill")
	x.until("the deletion at the server", func() bool { return p.deletions() == 1 })
	x.press("A")
	x.gone("ARMED")
	x.press("D")
	x.see("Delete: ")
	x.quits()
	p.leaksNoKey(t, x)
}

// leaksNoKey checks that the terminal got no key, in any encoding.
func (p *twoProfiles) leaksNoKey(t *testing.T, x *program) {
	t.Helper()
	out := x.output()
	key := p.server.Keys().Environment
	for _, form := range []string{key, base64.StdEncoding.EncodeToString([]byte(key)), url.QueryEscape(key)} {
		if strings.Contains(out, form) {
			t.Errorf("the key was written to the terminal")
		}
	}
}

func TestReadOnlyProfileSendsOnlyReads(t *testing.T) {
	t.Parallel()
	p := newTwoProfiles(t)
	x := startIn(t, []string{"--read-only"}, p.env, size80x24())
	x.see("acme-dev", "read-only", "Zara Quill")
	x.press("D")
	x.see("Delete: ", "read-only")
	x.press("R")
	x.see("Reconnect link: ")
	x.quits()
	for _, r := range p.server.Requests() {
		if r.Method != http.MethodGet {
			t.Errorf("%s %s was sent", r.Method, r.Path)
		}
	}
	p.leaksNoKey(t, x)
}

// oscIn returns the operating system commands in an output: window titles, clipboards, colors, links.
func oscIn(output string) []string {
	var commands []string
	for _, match := range regexp.MustCompile(`(?s)(?:\x1b\]|\x9d)(.*?)(?:\x07|\x1b\\)`).FindAllStringSubmatch(output, -1) {
		commands = append(commands, match[1])
	}
	return commands
}

// The names of some customers of the demo are escape sequences.
func TestUntrustedTextSendsNoCommandToTheTerminal(t *testing.T) {
	t.Parallel()
	x := start(t, []string{"--demo", "--connections", "60"}, sshEnv(), size120x40())
	x.see("✓ ok")
	for range 60 {
		x.press("down")
	}
	x.press("end", "home", "enter")
	x.see("connection id")
	x.press("R")
	x.see("Creates ", "enter Create link")
	x.press("enter")
	link := x.linkOnScreen()
	x.press("q")
	x.see("Press again to quit") // a link is waited for
	x.quitsWithKey()

	allowed := []string{"2;nango-tui", "2;", "11;?", "52;c;" + base64.StdEncoding.EncodeToString([]byte(link))}
	commands := oscIn(x.output())
	for _, command := range commands {
		if !slices.Contains(allowed, command) {
			t.Errorf("the terminal got %q", command)
		}
	}
	for _, expected := range allowed {
		if !slices.Contains(commands, expected) {
			t.Errorf("the terminal did not get %q", expected)
		}
	}
	// Device control strings, privacy messages and application commands are never used.
	for _, opener := range []string{"\x1bP", "\x1b^", "\x1b_", "\x1bX", "\u0090", "\u009d", "\u009e", "\u009f"} {
		if strings.Contains(x.output(), opener) {
			t.Errorf("the terminal got %q", opener)
		}
	}
}
