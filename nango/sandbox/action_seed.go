package sandbox

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// seededActions are the ones that do more than answer what their schema promises.
var seededActions = map[string]action{
	"merge-contacts": func(a actionCall) outcome {
		return providerRefused(http.StatusConflict, newObject("status", "error", "category", "VALIDATION_ERROR",
			"message", "Both contacts are customers and cannot be merged", "correlationId", "7e3b1f0a"))
	},
	"archive-channel": func(actionCall) outcome {
		return providerRefused(http.StatusForbidden, newObject("ok", false, "error", "missing_scope", "needed", "channels:manage"))
	},
	"recalculate-scores": func(a actionCall) outcome {
		return scriptRefused(newObject("code", "no_model", "message", "There is no scoring model for this account", "input", a.input))
	},
	"import-archive": func(actionCall) outcome {
		return scriptThrew("TypeError", "Cannot read properties of undefined (reading 'rows')",
			"exec (import-archive.ts:23:31)", "process.processTicksAndRejections (node:internal/process/task_queues:105:5)")
	},
	"delete-contact":  func(actionCall) outcome { return returns(nil) },
	"count-contacts":  func(a actionCall) outcome { return returns(json.Number("9007199254740993")) },
	"is-subscribed":   func(actionCall) outcome { return returns(false) },
	"whoami":          whoami,
	"export-report":   exportReport,
	"dump-contacts":   func(actionCall) outcome { return returns(dump(1_990_000)) },
	"dump-everything": func(actionCall) outcome { return returns(dump(3 << 20)) },
}

func whoami(a actionCall) outcome {
	tags := mustDecode(a.conn.tags).(*object)
	var email any
	if tags.str("end_user_email") != "" {
		email = tags.str("end_user_email")
	}
	return returns(newObject("id", strconv.Itoa(a.conn.id), "email", email))
}

func exportReport(a actionCall) outcome {
	out := returns(newObject("url", "https://files.example/reports/"+strconv.Itoa(a.conn.id)+".csv", "rows", 41_872))
	out.took = 2 * time.Minute
	return out
}

// dump is an array of rows that is about so many bytes long as JSON.
func dump(size int) []any {
	row := newObject("name", "Zoë Müller", "notes", strings.Repeat(padding, 10))
	each := len(appendValue(nil, row, false)) + 1
	out := make([]any, size/each)
	for i := range out {
		out[i] = row
	}
	return out
}
