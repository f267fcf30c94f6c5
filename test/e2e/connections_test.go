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
	x.Press("q")
	x.exits(0)
	x.restored()
}

// linkOnScreen returns the link on the first lines of the screen's body, which may be broken into lines.
func (x *Terminal) linkOnScreen() string {
	x.t.Helper()
	x.See("expires in")
	var link strings.Builder
	for _, line := range strings.Split(x.Screen(), "\n")[3:] {
		line = strings.TrimRight(line, " \r")
		if line == "" {
			break
		}
		link.WriteString(line)
	}
	if !strings.HasPrefix(link.String(), "http://127.0.0.1:") {
		x.t.Fatalf("no link is on the screen:\n%s", x.Screen())
	}
	return link.String()
}

func TestReconnectBrokenConnection(t *testing.T) {
	t.Parallel()
	x := startDemo(t, Size80x24())
	x.See("1,000 · 52 broken")
	x.Press("/")
	x.See("enter Done")
	x.Type("kovalchuk hubspot")
	x.See("of 1,000", brokenCustomer, "✗ auth")
	x.Gone("slack")
	x.Press("enter")
	x.See("enter Open")
	x.Press("enter")
	x.See(brokenCustomer+" · hubspot", "CAUSE ✗ auth", "connection id")
	x.Press("R")
	x.See("Creates a link for new credentials that is valid for 30 minutes", "Webhook override", "will be lost if set")
	x.Press("enter")
	link := x.linkOnScreen()
	x.See("Waiting", "for the reconnect of "+brokenCustomer)

	customer{t}.connect(link, "hubspot")
	x.See("✓ reconnected", "✓ revoked: it no longer works")
	customer{t}.cannotOpen(link)
	x.Press("esc")
	x.See("connection id", "✓ ok")
	x.Press("1")
	x.See("1,000 · 51 broken")
	x.quits()
}

func TestLinkForNewConnection(t *testing.T) {
	t.Parallel()
	x := start(t, []string{"--demo"}, sshEnv(), Size80x24())
	x.See("✓ ok")
	x.Press("L")
	x.See("none selected: all", "airtable")
	x.Press("tab")
	x.Type("user-7")
	x.Press("ctrl+s")
	link := x.linkOnScreen()
	x.See("end_user_id=user-7", "Sent to your terminal's clipboard (OSC 52)")
	x.Wrote("\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(link)))

	x.Press("Q")
	x.Gone("expires in")
	x.Until("a QR code of the link", func() bool {
		text, err := scanQRCode(drawCells(x.Cells()))
		return err == nil && text == link
	})
	x.Press("esc")
	customer{t}.connect(link, "slack")
	x.See("✓ arrived: ", "✓ revoked: it no longer works")
	customer{t}.cannotOpen(link)
	x.Press("enter")
	x.See("integration", "slack", "end_user_id", "user-7")
	x.quits()
}

func TestDeleteConnectionNeedsConfirmWord(t *testing.T) {
	t.Parallel()
	x := startDemo(t, Size80x24())
	x.Press("D")
	x.See("Delete connection", brokenCustomer+" · hubspot", "Permanently deletes", "DELETE /connections/", "Type "+brokenWord+" to confirm")
	x.Press("enter") // the focus is on Cancel
	x.Gone("Delete connection")
	x.Press("D")
	x.See("Delete connection")
	x.Type("1234")
	x.Press("enter")
	x.See("Wrong word. Nothing was sent.")
	x.Press("esc")
	x.Gone("Delete connection")
	x.See("1,000 · 52 broken", brokenCustomer)
	x.Press("D")
	x.See("Delete connection")
	x.Type(brokenWord)
	x.Press("enter")
	x.See("999 · 51 broken")
	x.Gone("user-2898499")
	x.quits()
}

func TestResizeDuringDialog(t *testing.T) {
	t.Parallel()
	x := startDemo(t, Size80x24())
	x.Press("D")
	x.See("Type " + brokenWord + " to confirm")
	x.Type(brokenWord[:2])
	for _, size := range []image.Point{size120x40(), {60, 15}, {200, 50}, Size80x24()} {
		x.Resize(size)
		x.Until(fmt.Sprintf("the complete dialog in %v", size), func() bool {
			screen := x.Screen()
			prompt := "Type " + brokenWord + " to confirm:  " + brokenWord[:2]
			for _, part := range []string{"┌ Delete connection ─", " demo ┐", prompt, "Cancel", "└ "} {
				if !strings.Contains(screen, part) {
					return false
				}
			}
			return true
		})
	}
	x.Resize(image.Point{10, 3})
	x.Gone("confirm")
	x.Resize(Size80x24())
	x.See("Type " + brokenWord + " to confirm:  " + brokenWord[:2])
	x.Type(brokenWord[2:])
	x.Press("enter")
	x.See("999 · 51 broken")
	x.quits()
}

func TestSignalsDuringDialogRestoreTheTerminal(t *testing.T) {
	t.Parallel()
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			x := startDemo(t, Size80x24())
			x.Press("D")
			x.See("Type " + brokenWord + " to confirm")
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

func TestProductionMustBeArmed(t *testing.T) {
	t.Parallel()
	p := newTwoProfiles(t)
	x := startIn(t, nil, append(p.env, sshEnv()...), Size80x24())
	x.See("acme-dev", "Zara Quill")
	if strings.Contains(x.Screen(), "PRODUCTION") {
		t.Errorf("acme-dev is marked as production:\n%s", x.Screen())
	}
	x.Press("P")
	x.See("Switch profile", "acme-prod", "demo")
	x.Press("down", "enter")
	x.See("▌PRODUCTION▐", "acme-prod", "Zara Quill")

	x.Press("D")
	x.See("Delete: ", "arm")
	x.Press("A")
	x.See("Arm production", "For 15 min")
	x.Press("right", "enter")
	x.See("ARMED")
	x.Press("D")
	x.See("Delete connection", "Type 4711 to confirm")
	if n := p.deletions(); n != 0 {
		t.Errorf("%d deletions were sent before they were confirmed", n)
	}
	x.Type("4711")
	x.Press("enter")
	x.Gone("Zara Quill")
	x.Until("the deletion at the server", func() bool { return p.deletions() == 1 })
	x.Press("A")
	x.Gone("ARMED")
	x.Press("D")
	x.See("Delete: ")
	x.quits()
	p.leaksNoKey(t, x)
}

// leaksNoKey checks that the terminal got no key, in any encoding.
func (p *twoProfiles) leaksNoKey(t *testing.T, x *program) {
	t.Helper()
	out := x.Output()
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
	x := startIn(t, []string{"--read-only"}, p.env, Size80x24())
	x.See("acme-dev", "read-only", "Zara Quill")
	x.Press("D")
	x.See("Delete: ", "read-only")
	x.Press("R")
	x.See("Reconnect link: ")
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
	x.See("✓ ok")
	for range 60 {
		x.Press("down")
	}
	x.Press("end", "home", "enter")
	x.See("connection id")
	x.Press("R")
	x.See("Creates ")
	x.Press("enter")
	link := x.linkOnScreen()
	x.Press("q")
	x.See("Press again to quit") // a link is waited for
	x.quitsWithKey()

	allowed := []string{"2;nango-tui", "2;", "11;?", "52;c;" + base64.StdEncoding.EncodeToString([]byte(link))}
	commands := oscIn(x.Output())
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
		if strings.Contains(x.Output(), opener) {
			t.Errorf("the terminal got %q", opener)
		}
	}
}
