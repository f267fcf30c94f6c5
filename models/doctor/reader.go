package doctor

import (
	"context"
	"errors"
	"time"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/nango/cause"
	"nango-tui/nango/doctor"
)

// Bounds of a check.
const (
	// maxIntegrations are checked; the rest is counted.
	maxIntegrations = 200
	// perIntegration is how many requests an integration takes at least: itself and its functions.
	perIntegration = 2
	// webhookPeriod is the period of the logs whose webhooks are counted.
	webhookPeriod = 24 * time.Hour
)

// checked is what a check found.
type checked struct {
	findings     []doctor.Finding
	integrations int
}

// reader reads what the checks need. It runs off App's goroutine.
type reader struct {
	ctx       context.Context
	tools     screen.Tools
	functions screen.FunctionReader
}

// check checks integrations by their keys.
func (r *reader) check(keys []string) (checked, error) {
	var c checked
	for _, key := range keys[:min(len(keys), maxIntegrations)] {
		detail, err := screen.Read(r.ctx, r.tools, nango.GetIntegration(key, nango.Include{Credentials: true}))
		if e, ok := nango.AsError(err); ok && e.Kind == nango.NotFound {
			continue // deleted since the list was read
		}
		if err != nil {
			return c, err
		}
		one := doctor.Integration{IntegrationDetail: detail}
		if one.Functions, one.FunctionsErr = r.functions.Read(r.ctx, r.tools, key, detail.Provider); r.ctx.Err() != nil {
			return c, r.ctx.Err()
		}
		c.integrations++
		c.findings = append(c.findings, doctor.CheckIntegration(one)...)
	}
	return c, nil
}

// sent and occasions are the operations that the checks of webhooks count.
var (
	sent = []nango.LogKind{{Type: "webhook", Actions: []string{"forward", "sync", "connection_create", "connection_refresh"}}}
	// A new connection is what Nango sends a webhook about by default.
	occasions = []nango.LogKind{{Type: "auth", Actions: []string{"create_connection"}}}
)

// webhooks counts the webhooks of the last 24 hours, of an integration or of all: one request.
func webhooks(integration string, now time.Time) nango.Read[nango.LogBatch] {
	count := func(kinds []nango.LogKind, states ...string) nango.LogQuery {
		q := nango.LogQuery{Limit: 1, From: now.Add(-webhookPeriod), Operations: kinds, States: states}
		if integration != "" {
			q.Integrations = []string{integration}
		}
		return q
	}
	return nango.GetLogBatch(nango.LogBatchQuery{Pages: []nango.LogQuery{
		count(sent), count(sent, nango.LogFailed, nango.LogTimedOut), count(occasions, nango.LogSucceeded)}})
}

func counted(batch nango.LogBatch, err error) doctor.Webhooks {
	if err != nil {
		return doctor.Webhooks{Err: err}
	}
	var totals [3]int
	for i, page := range batch.Pages[:min(len(batch.Pages), len(totals))] {
		if page.Err != nil {
			return doctor.Webhooks{Err: page.Err}
		}
		totals[i] = max(page.Total, len(page.Operations))
	}
	return doctor.Webhooks{Sent: totals[0], Failed: totals[1], Occasions: totals[2]}
}

// causes are those that other screens have found, of an integration or of all.
func causes(t *screen.Turn, integration string) map[nango.ConnectionRef]cause.Cause {
	found := map[nango.ConnectionRef]cause.Cause{}
	for ref, known := range t.Store.Causes() {
		if integration == "" || ref.Integration == integration {
			found[ref] = known.Cause
		}
	}
	return found
}

// wasStopped reports whether an error is the end of the work itself.
func wasStopped(err error) bool { return errors.Is(err, context.Canceled) }
