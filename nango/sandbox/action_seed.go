package sandbox

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

// seededActions are the actions whose output is not made up by a schema.
var seededActions = map[string]actionFunc{
	"merge-contacts": func(a actionCall) outcome {
		return providerError(http.StatusConflict, js.NewObject("status", "error", "category", "VALIDATION_ERROR",
			"message", "Both contacts are customers and cannot be merged", "correlationId", "7e3b1f0a"))
	},
	"archive-channel": func(actionCall) outcome {
		return providerError(http.StatusForbidden, js.NewObject("ok", false, "error", "missing_scope", "needed", "channels:manage"))
	},
	"recalculate-scores": func(a actionCall) outcome {
		return actionError(js.NewObject("code", "no_model", "message", "There is no scoring model for this account", "input", a.input))
	},
	"import-archive": func(actionCall) outcome {
		return scriptError("TypeError", "Cannot read properties of undefined (reading 'rows')",
			"exec (import-archive.ts:23:31)", "process.processTicksAndRejections (node:internal/process/task_queues:105:5)")
	},
	"delete-contact":  func(actionCall) outcome { return result(nil) },
	"count-contacts":  func(a actionCall) outcome { return result(json.Number("9007199254740993")) },
	"is-subscribed":   func(actionCall) outcome { return result(false) },
	"whoami":          whoami,
	"export-report":   exportReport,
	"dump-contacts":   func(actionCall) outcome { return result(rowsOfSize(1_990_000)) },
	"dump-everything": func(actionCall) outcome { return result(rowsOfSize(3 << 20)) },
}

func whoami(a actionCall) outcome {
	tags := js.MustDecode(a.conn.tags).(*js.Object)
	email := stringOrNull(tags.Str("end_user_email"))
	return result(js.NewObject("id", strconv.Itoa(a.conn.id), "email", email))
}

func exportReport(a actionCall) outcome {
	out := result(js.NewObject("url", "https://files.example/reports/"+strconv.Itoa(a.conn.id)+".csv", "rows", 41_872))
	out.duration = 2 * time.Minute
	return out
}

// rowsOfSize returns an array of rows that has about size bytes as JSON.
func rowsOfSize(size int) []any {
	row := js.NewObject("name", "Zoë Müller", "notes", strings.Repeat(fake.Filler, 10))
	each := len(js.AppendValue(nil, row)) + 1
	out := make([]any, size/each)
	for i := range out {
		out[i] = row
	}
	return out
}
