package journal

import (
	"fmt"
	"time"

	"nango-tui/models/screen"
	"nango-tui/ui"
)

// Notice returns what is said at the start about changes whose outcome is not known, newest first: one line, and
// the details. It must not be called without any.
func Notice(unknown []screen.JournalEntry, now time.Time) (text string, details []string) {
	newest := unknown[0]
	method, path := sentName(newest)
	ago := ui.Ago(now.Sub(newest.Sent))
	if len(unknown) == 1 {
		text = fmt.Sprintf(textNotice, method, path, profileName(newest), ago)
	} else {
		text = fmt.Sprintf(textNoticeMore, ui.Count(len(unknown)), method, path, profileName(newest), ago)
	}
	for _, e := range unknown {
		what := fmt.Sprintf("%s: %s %s", operationName(&e), e.Method, e.Path)
		details = append(details, what+" in "+profileName(e)+", "+ui.AgoWithTime(now, e.Sent))
	}
	return text, append(details, "", textCheckFirst)
}
