package records

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"nango-tui/models/screen"
	"nango-tui/nango"
)

func TestPruneWithOneConfirmation(t *testing.T) {
	w := open(t, contacts, 5000, contact)
	w.Do(screen.Bottom)
	w.Do(Prune)
	w.See("deletes the payloads", "5,000 payloads", "4999, changed")
	w.Do(screen.Submit)
	p := w.Proposal()
	if p.Call.Operation != nango.OpRecordsPrune || len(p.AlsoApproves) != 1 ||
		!strings.Contains(strings.Join(p.Consequences, " "), "5,000 payloads") {
		t.Errorf("%+v", p)
	}
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	if w.server.pruned != 5000 || w.server.prunes != 5 {
		t.Errorf("%d pruned in %d requests", w.server.pruned, w.server.prunes)
	}
	if toast := w.Toasts[len(w.Toasts)-1]; toast != "5,000 payloads deleted." {
		t.Errorf("said %q", toast)
	}
	if !w.list().Concerns(p.Call) {
		t.Error("the list is not read again")
	}
}

func TestPruneUpToCursor(t *testing.T) {
	w := open(t, contacts, 300, contact)
	w.list().table.Sort("id", true)
	w.list().table.SetCursor("41")
	w.Do(Prune)
	w.See("41, changed", "42 payloads", "300 payloads")
	w.Do(screen.Submit)
	if err := w.Confirm(); err != nil || w.server.pruned != 42 {
		t.Errorf("%d pruned, %v", w.server.pruned, err)
	}
}

func TestPruneStopsBetweenRequests(t *testing.T) {
	w := open(t, contacts, 5000, contact)
	w.Do(screen.Bottom)
	w.Do(Prune)
	w.Do(screen.Submit)
	w.Screen.(*pruner).stopping = true // while the first request is pending
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.See("Stopped. So far: 1,000 payloads deleted")
	if w.server.prunes != 1 {
		t.Errorf("%d requests", w.server.prunes)
	}
}

// Arming can end between two requests: the next one is then declined.
func TestDeclinedPruneShowsProgress(t *testing.T) {
	w := open(t, contacts, 5000, contact)
	w.Do(screen.Bottom)
	w.Do(Prune)
	w.Do(screen.Submit)
	p := w.Screen.(*pruner)
	p.stopping = true
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.Turn(func(t *screen.Turn) { p.handlePruned(t, nango.Pruned{}, screen.ErrDeclined) })
	w.See("Stopped. So far: 1,000 payloads deleted.")
}

func TestDeclinedPruneKeepsForm(t *testing.T) {
	w := open(t, contacts, 300, contact)
	w.Do(Prune)
	w.Do(screen.Submit)
	w.Decline()
	w.See("Up to")
	if w.server.prunes != 0 {
		t.Error("it was sent")
	}
}

func TestFailedPruneShowsProgress(t *testing.T) {
	server := &maker{t: t, n: 5000, each: contact}
	w := hold(t, contacts, server).start()
	server.fault = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/records/prune" || server.pruned < 2000 {
			return false
		}
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprint(w, `{"error":{"code":"server_error","message":"Failed to prune records"}}`)
		return true
	}
	w.Do(screen.Bottom)
	w.Do(Prune)
	w.Do(screen.Submit)
	if err := w.Confirm(); err != nil {
		t.Fatal(err)
	}
	w.See("Stopped. So far: 2,000 payloads deleted", "500")
}

func TestPruneWarnsAboutFilter(t *testing.T) {
	w := open(t, contacts, 300, contact)
	w.filter("ada17")
	w.Do(screen.FilterDone)
	w.Do(Prune)
	w.See("The filter doesn't apply")
	w.Do(screen.Submit)
	if goes := strings.Join(w.Proposal().Consequences, " "); !strings.Contains(goes, "records that are not shown are pruned too") {
		t.Error(goes)
	}
}
