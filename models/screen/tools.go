package screen

import (
	"context"

	"nango-tui/internal/jsontext"
	"nango-tui/nango"
)

// Tools is what work off App's goroutine may use: the user's files, and the client of the screen's profile, which only this
// package can send with.
type Tools struct {
	Files Files
	// Mask masks secrets that the program has seen in a text, and MaskJSON those in a JSON text, also by key. Policy is what
	// MaskJSON masks.
	Mask     func(string) string
	MaskJSON func([]byte) []byte
	Policy   jsontext.Policy

	client *nango.Client
}

// NewTools returns the tools of a client. It is for App.
func NewTools(client *nango.Client, files Files, secrets *nango.Secrets) Tools {
	return Tools{Files: files, Mask: secrets.Mask, MaskJSON: secrets.MaskJSON, Policy: secrets.Policy(), client: client}
}

// Read sends a read, for work that needs many of them: they leave a quarter of the budget. There is no such function for writes.
func Read[T any](ctx context.Context, tools Tools, r nango.Read[T]) (T, error) {
	return nango.Fetch(ctx, tools.client.Bulk(), r)
}

// Bulk returns the tools for requests that an earlier confirmation covers, which may be many.
func (t Tools) Bulk() Tools {
	t.client = t.client.Bulk()
	return t
}
