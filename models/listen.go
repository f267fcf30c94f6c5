package models

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"nango-tui/models/screen"
)

// heard is a webhook that was received, or the beginning of receiving: then opened is true.
type heard struct {
	origin origin
	want   screen.ListenWant
	hooks  <-chan screen.Webhook
	hook   screen.Webhook
	opened bool
	// address is where it listens, and err why it doesn't.
	address string
	err     error
}

// listen receives webhooks until the screen is closed.
func (a *App) listen(o origin, w screen.ListenWant) {
	ctx, open := o.context(), a.config.Listen
	a.do(func() tea.Msg {
		msg := heard{origin: o, want: w, opened: true, err: errors.New(textCannotListen)}
		if open != nil {
			msg.address, msg.hooks, msg.err = open(ctx, w.Address, w.Key)
		}
		return msg
	})
}

// heard passes a webhook to its screen, and waits for the next one.
func (a *App) heard(msg heard) {
	if msg.origin.isGone() {
		return
	}
	o := msg.origin
	o.named = 0
	a.call(o, func(t *screen.Turn) {
		if msg.opened {
			msg.want.Opened(t, msg.address, msg.err)
		} else {
			msg.want.Heard(t, msg.hook)
		}
	})
	if msg.err == nil {
		a.hear(msg)
	}
}

// hear waits for the next webhook.
func (a *App) hear(msg heard) {
	ctx := msg.origin.context()
	a.do(func() tea.Msg { return next(ctx, msg) })
}

func next(ctx context.Context, msg heard) tea.Msg {
	select {
	case hook, ok := <-msg.hooks:
		if !ok {
			return nil
		}
		return heard{origin: msg.origin, want: msg.want, hooks: msg.hooks, hook: hook}
	case <-ctx.Done():
		return nil
	}
}
