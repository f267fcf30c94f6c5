//go:build unix

package e2e

import "testing"

// stories are what people open the program for: from the list of connections to the result, over SSH. Keys counts all keys but typed
// text; bytes is what the terminal may get after the first frame.
var stories = []struct {
	name        string
	keys, bytes int
	tell        func(s *story)
}{
	{"the cause of a broken customer", 3, 6_000, func(s *story) {
		s.find("kovalchuk hubspot", brokenCustomer)
		s.press("enter")
		s.see("CAUSE ✗ auth", "NEXT")
	}},
	{"a reconnect link on the clipboard", 5, 14_000, func(s *story) {
		s.find("kovalchuk hubspot", brokenCustomer)
		s.press("enter")
		s.see("CAUSE ✗ auth", "NEXT")
		s.press("R")
		s.see("Creates a link for new credentials", "Webhook override", "enter Create link")
		s.press("enter")
		s.wrote("\x1b]52;c;")
		s.see("Sent to your terminal's clipboard")
	}},
	{"a connect link for one integration", 5, 14_000, func(s *story) {
		s.press("2")
		s.see("24 integrations", "✗")
		s.find("airtable", "1 shown")
		s.press("L")
		s.see("ctrl+s Create link", "airtable")
		s.typeText("user-7")
		s.press("ctrl+s")
		s.wrote("\x1b]52;c;")
		s.see("end_user_id=user-7", "Sent to your terminal's clipboard")
	}},
	{"an action", 6, 14_000, func(s *story) {
		s.press(":")
		s.see("Go to")
		s.typeText("run/hubspot/create-contact?connection=" + workingConnection)
		s.press("enter")
		s.see("email (required)", "Uma Baker")
		s.typeText("ops@globex.io")
		s.press("tab")
		s.press("tab")
		s.typeText("Globex")
		s.press("ctrl+s")
		s.see("POST /action/trigger", "[ Cancel ]")
		s.agree()
		s.see("✓ Returned")
	}},
	{"a proxied GET", 6, 12_000, func(s *story) {
		s.find("uma baker hubspot", "Uma Baker")
		s.press("H")
		s.see("https://api.hubapi.com", "Path")
		s.typeText("/contacts?limit=2")
		s.press("enter")
		s.see("✓ the provider responded 200 OK")
	}},
	{"a late sync, paused and started", 6, 20_000, func(s *story) {
		s.press(":")
		s.see("Go to")
		s.typeText("syncs/hubspot/" + workingConnection + "?sync=contacts")
		s.press("enter")
		s.see("4 syncs", "in 49 m")
		s.press("p")
		s.see("POST /sync/pause", "[ Cancel ]")
		s.agree()
		s.see("‖ 2 paused")
		s.press("u")
		s.see("POST /sync/start", "[ Cancel ]")
		s.agree()
		s.see("‖ 1 paused")
	}},
}

// story is a program whose keys are counted.
type story struct {
	*program
	keys, answers int
}

func (s *story) press(key string) {
	s.t.Helper()
	s.keys++
	s.program.press(key)
}

// find filters the list, and leaves the filter with enter.
func (s *story) find(text, see string) {
	s.t.Helper()
	s.press("/")
	s.see("enter Done")
	s.typeText(text)
	s.see(see)
	s.press("enter")
	s.see("enter Open")
}

// agree answers a dialog with yes. These two keys are counted apart: they are the same in each dialog, so that no change is sent by
// one key.
func (s *story) agree() {
	s.t.Helper()
	s.answers++
	s.program.press("right", "enter")
}

func TestStoriesTakeFewKeysAndBytes(t *testing.T) {
	for _, c := range stories {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := &story{program: start(t, []string{"--demo"}, sshEnv(), size80x24())}
			s.see("1,000 · ", "· now")
			first := len(s.output())
			c.tell(s)
			bytes := len(s.output()) - first
			t.Logf("%d keys, %d dialogs answered, %d bytes", s.keys, s.answers, bytes)
			if s.keys > c.keys || bytes > c.bytes {
				t.Errorf("it takes %d keys, more than %d, or %d bytes, more than %d", s.keys, c.keys, bytes, c.bytes)
			}
		})
	}
}
