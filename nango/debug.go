package nango

import (
	"encoding/json"
	"fmt"
	"time"
)

// debugLine writes one call to the debug file. Log entries have no headers and no bodies, so the file has none.
func (c *Client) debugLine(entry LogEntry) {
	if c.config.Debug == nil {
		return
	}
	line, err := json.Marshal(struct {
		Time      time.Time     `json:"time"`
		Operation Operation     `json:"operation"`
		Method    string        `json:"method"`
		Host      string        `json:"host"`
		Path      string        `json:"path"`
		Status    int           `json:"status,omitempty"`
		Code      string        `json:"code,omitempty"`
		Bytes     int           `json:"bytes"`
		Tries     int           `json:"tries"`
		Took      time.Duration `json:"took_ns"`
	}{entry.Began, entry.Operation, entry.Method, entry.Host, entry.Path, entry.Status, entry.Code, entry.Size, entry.Tries, entry.Duration})
	if err != nil {
		return // a log entry can always be encoded
	}
	c.debug.Lock()
	defer c.debug.Unlock()
	// A failing debug file must not stop the program, and there is no other place to report it.
	_, _ = fmt.Fprintf(c.config.Debug, "%s\n", line)
}
