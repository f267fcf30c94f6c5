//go:build unix

package main

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"nango-tui/nango/sandbox"
)

// broken is the connection of the demo that failed last, and who it is of.
const (
	brokenCustomer = "Анна Ковальчук"
	brokenWord     = "8499" // the end of its id, which is typed to delete it
)

// overSSH is what a terminal at the far end of a connection says of itself.
func overSSH() []string { return []string{"SSH_TTY=/dev/pts/7"} }

func quits(x *terminal) {
	x.t.Helper()
	x.press("q")
	x.ends(0)
	x.restored()
}

// quitsWaiting quits while a link is waited for, which takes a second key.
func quitsWaiting(x *terminal) {
	x.t.Helper()
	x.press("q")
	x.see("once more to quit")
	quits(x)
}

// linkOnScreen reads the link that stands whole on the first lines of the body, broken where the terminal ends.
func (x *display) linkOnScreen() string {
	x.t.Helper()
	x.see("expires in")
	var link strings.Builder
	for _, line := range strings.Split(x.screen(), "\n")[3:] {
		line = strings.TrimRight(line, " \r")
		if line == "" {
			break
		}
		link.WriteString(line)
	}
	if !strings.HasPrefix(link.String(), "http://127.0.0.1:") {
		x.t.Fatalf("there is no link on the screen:\n%s", x.screen())
	}
	return link.String()
}

func TestABrokenConnectionIsFoundAndMended(t *testing.T) {
	t.Parallel()
	x := demo(t, usual())
	x.see("1,000 · 52 broken")
	x.press("/")
	x.see("enter Done")
	x.typeText("kovalchuk hubspot")
	x.see("of 1,000", brokenCustomer, "✗ auth")
	x.gone("slack")
	x.press("enter")
	x.see("enter Open")
	x.press("enter")
	x.see(brokenCustomer+" · hubspot", "CAUSE ✗ auth", "connection id")
	x.press("R")
	x.see("You agree to: a link for new credentials that lives for 30 minutes", "Webhook override", "lost, if it has one")
	x.press("enter")
	link := x.linkOnScreen()
	x.see("Waiting", "for the reconnect of "+brokenCustomer)

	customer{t}.approves(link, "hubspot")
	x.see("✓ mended", "✓ revoked: it leads nowhere any more")
	customer{t}.isTurnedAway(link)
	x.press("esc")
	x.see("connection id", "✓ fine")
	x.press("1")
	x.see("1,000 · 51 broken")
	quits(x)
}

func TestALinkForANewConnection(t *testing.T) {
	t.Parallel()
	x := begin(t, []string{"--demo"}, overSSH(), usual())
	x.see("✓ fine")
	x.press("L")
	x.see("none marked: all of them", "airtable")
	x.press("tab")
	x.typeText("user-7")
	x.press("ctrl+s")
	link := x.linkOnScreen()
	x.see("end_user_id=user-7", "Sent to your clipboard (OSC 52)")
	x.sent("\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(link)))

	x.press("Q")
	x.gone("expires in")
	x.until("a QR code of the link", func() bool {
		text, err := scan(photo(x.cells()))
		return err == nil && text == link
	})
	x.press("esc")
	customer{t}.approves(link, "slack")
	x.see("✓ arrived: ", "✓ revoked: it leads nowhere any more")
	customer{t}.isTurnedAway(link)
	x.press("enter")
	x.see("integration", "slack", "end_user_id", "user-7")
	quits(x)
}

func TestADeletionWantsItsWord(t *testing.T) {
	t.Parallel()
	x := demo(t, usual())
	x.press("D")
	x.see("Delete connection", brokenCustomer+" · hubspot", "Goes for good", "DELETE /connections/", "Type "+brokenWord+" to confirm")
	x.press("enter") // the focus is on Cancel
	x.gone("Delete connection")
	x.press("D")
	x.see("Delete connection")
	x.typeText("1234")
	x.press("enter")
	x.see("That is not the word. Nothing was sent.")
	x.press("esc")
	x.gone("Delete connection")
	x.see("1,000 · 52 broken", brokenCustomer)
	x.press("D")
	x.see("Delete connection")
	x.typeText(brokenWord)
	x.press("enter")
	x.see("999 · 51 broken")
	x.gone("user-2898499")
	quits(x)
}

func TestADialogLivesThroughEverySize(t *testing.T) {
	t.Parallel()
	x := demo(t, usual())
	x.press("D")
	x.see("Type " + brokenWord + " to confirm")
	x.typeText(brokenWord[:2])
	for _, size := range []terminalSize{wide(), {60, 15}, {200, 50}, usual()} {
		x.resize(size)
		x.until(fmt.Sprintf("the dialog whole in %v", size), func() bool {
			screen := x.screen()
			for _, part := range []string{"┌ Delete connection ─", " demo ┐", "Type " + brokenWord + " to confirm:  " + brokenWord[:2], "Cancel", "└ "} {
				if !strings.Contains(screen, part) {
					return false
				}
			}
			return true
		})
	}
	x.resize(terminalSize{10, 3})
	x.gone("confirm")
	x.resize(usual())
	x.see("Type " + brokenWord + " to confirm:  " + brokenWord[:2])
	x.typeText(brokenWord[2:])
	x.press("enter")
	x.see("999 · 51 broken")
	quits(x)
}

func TestSignalsInADialogBringTheTerminalBack(t *testing.T) {
	t.Parallel()
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP} {
		x := demo(t, usual())
		x.press("D")
		x.see("Type " + brokenWord + " to confirm")
		x.signal(s)
		x.ends(128 + int(s))
		x.restored()
	}
}

// office is a sandbox with a file of two profiles for it, one of which is production.
type office struct {
	server *sandbox.Server
	env    []string
}

const officeID = "conn-4711"

func newOffice(t *testing.T) *office {
	t.Helper()
	server := sandbox.New(sandbox.Options{Seed: 3, Connections: 30})
	if err := server.AddIntegration(sandbox.IntegrationSpec{Key: "crm", Provider: "salesforce"}); err != nil {
		t.Fatal(err)
	}
	tags := map[string]string{"end_user_display_name": "Zara Quill"}
	if _, err := server.AddConnection(sandbox.ConnectionSpec{Integration: "crm", ID: officeID, Tags: tags}); err != nil {
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
	folder, env := home(t)
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
	return &office{server, append(env, "ACME_DEV_KEY="+key, "ACME_PROD_KEY="+key)}
}

// deletions counts those that reached the server.
func (o *office) deletions() int {
	n := 0
	for _, r := range o.server.Requests() {
		if r.Method == http.MethodDelete {
			n++
		}
	}
	return n
}

func TestProductionIsArmedBeforeItIsChanged(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	x := beginIn(t, nil, append(o.env, overSSH()...), usual())
	x.see("acme-dev", "Zara Quill")
	if strings.Contains(x.screen(), "PRODUCTION") {
		t.Errorf("acme-dev is taken for production:\n%s", x.screen())
	}
	x.press("P")
	x.see("Switch profile", "acme-prod", "demo")
	x.press("down", "enter")
	x.see("▌PRODUCTION▐", "acme-prod", "Zara Quill")

	x.press("D")
	x.see("Delete: ", "arm")
	x.press("A")
	x.see("Arm production", "For 15 min")
	x.press("right", "enter")
	x.see("ARMED")
	x.press("D")
	x.see("Delete connection", "Type 4711 to confirm")
	if n := o.deletions(); n != 0 {
		t.Errorf("%d deletions were sent before anybody agreed", n)
	}
	x.typeText("4711")
	x.press("enter")
	x.gone("Zara Quill")
	x.until("the deletion at the server", func() bool { return o.deletions() == 1 })
	x.press("A")
	x.gone("ARMED")
	x.press("D")
	x.see("Delete: ")
	quits(x)
	o.nothingLeaked(t, x)
}

// nothingLeaked checks that no key was written to the terminal, in whatever form.
func (o *office) nothingLeaked(t *testing.T, x *terminal) {
	t.Helper()
	out := x.output()
	key := o.server.Keys().Environment
	for _, form := range []string{key, base64.StdEncoding.EncodeToString([]byte(key)), url.QueryEscape(key)} {
		if strings.Contains(out, form) {
			t.Errorf("the key was written to the terminal")
		}
	}
}

func TestAReadOnlyProfileChangesNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	x := beginIn(t, []string{"--read-only"}, o.env, usual())
	x.see("acme-dev", "read-only", "Zara Quill")
	x.press("D")
	x.see("Delete: ", "read-only")
	x.press("R")
	x.see("Reconnect link: ")
	quits(x)
	for _, r := range o.server.Requests() {
		if r.Method != http.MethodGet {
			t.Errorf("%s %s was sent", r.Method, r.Path)
		}
	}
	o.nothingLeaked(t, x)
}

// commandsOf are the operating system commands in an output: window titles, clipboards, colours, links.
func commandsOf(output string) []string {
	var commands []string
	for _, match := range regexp.MustCompile(`(?s)(?:\x1b\]|\x9d)(.*?)(?:\x07|\x1b\\)`).FindAllStringSubmatch(output, -1) {
		commands = append(commands, match[1])
	}
	return commands
}

// The demo has customers whose names are escape sequences, and this story looks at all of them.
func TestNothingButItsOwnCommandsReachesTheTerminal(t *testing.T) {
	t.Parallel()
	x := begin(t, []string{"--demo", "--connections", "60"}, overSSH(), wide())
	x.see("✓ fine")
	for range 60 {
		x.press("down")
	}
	x.press("end", "home", "enter")
	x.see("connection id")
	x.press("R")
	x.see("You agree to")
	x.press("enter")
	link := x.linkOnScreen()
	quitsWaiting(x)

	allowed := []string{"2;nango-tui", "2;", "11;?", "52;c;" + base64.StdEncoding.EncodeToString([]byte(link))}
	commands := commandsOf(x.output())
	for _, command := range commands {
		if !slices.Contains(allowed, command) {
			t.Errorf("the terminal was told %q", command)
		}
	}
	for _, expected := range allowed {
		if !slices.Contains(commands, expected) {
			t.Errorf("the terminal was not told %q", expected)
		}
	}
	// Device control strings, privacy messages and application commands: it has no use for them.
	for _, opener := range []string{"\x1bP", "\x1b^", "\x1b_", "\x1bX", "\u0090", "\u009d", "\u009e", "\u009f"} {
		if strings.Contains(x.output(), opener) {
			t.Errorf("the terminal was sent %q", opener)
		}
	}
}
