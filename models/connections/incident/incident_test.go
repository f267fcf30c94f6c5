package incident

import (
	"fmt"
	"strings"
	"testing"
)

func TestALongReportSaysHowManyMoreThereAre(t *testing.T) {
	r := Report{Subject: "crm"}
	for n := range MaxConnections + 7 {
		r.Add(Connection{ID: fmt.Sprint("c", n), Key: "crm", State: "auth error"})
	}
	if text := r.Markdown(); len(r.Connections) != MaxConnections || !strings.Contains(text, "and 7 more") {
		t.Errorf("%d connections", len(r.Connections))
	}
}
