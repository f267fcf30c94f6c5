package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

const (
	maxRetries     = 5
	retryPause     = 3 * time.Second // between the attempts of an asynchronous action
	maxAsync       = 10_000          // results; the oldest are dropped first
	resultLifetime = 24 * time.Hour
)

var triggerActionBody = zod.LooseObject(
	zod.Key("action_name", functionRule),
	zod.Key("input", zod.Optional(zod.Any)),
)

// asyncRun is an asynchronous action. It is running until done.
type asyncRun struct {
	id      string
	done    time.Time
	outcome outcome
}

func postActionTrigger(c *call) answer {
	h := c.validHeaders(
		zod.Key("provider-config-key", integrationRule),
		zod.Key("connection-id", connectionIDRule),
		zod.Key("x-async", zod.Optional(zod.StringBool)),
		zod.Key("x-max-retries", zod.Optional(zod.Number(0, maxRetries))),
	)
	body := c.validBody(triggerActionBody)
	conn := require(c.env.connection(h.Str("provider-config-key"), h.Str("connection-id")),
		failure(http.StatusBadRequest, "unknown_connection", "Failed to find connection"))
	f := conn.integration.function(body.Str("action_name"), kindAction)
	switch {
	case f == nil:
		return failure(http.StatusNotFound, "not_found", "Action not found")
	case f.disabled:
		return failure(http.StatusNotFound, "disabled_resource", "The action is disabled")
	case h.Get("x-async") == true:
		return c.triggerAsync(conn, f, body, intOr(h, "x-max-retries", 0))
	case c.down[Orchestrator]:
		return c.failedAction(conn, f, body, c.orchestratorDown(conn, f, actionInput(body.Get("input"))))
	case c.down[Runner]:
		return c.failedAction(conn, f, body, actionFailure(js.NewObject("error", fmt.Sprintf("Error starting function '%s': {\n  "+
			"\"name\": \"Error\",\n  \"message\": \"Nango runner was unable to execute the function\"\n}", f.name))))
	}
	out := c.runAction(conn, f, body.Get("input"))
	a := out.answer()
	a.delay = out.duration
	c.logAction(conn, f, body.Get("input"), out, a, out.duration)
	return a
}

// failedAction logs an action that could not start.
func (c *call) failedAction(conn *connection, f *function, body *js.Object, a answer) answer {
	c.logAction(conn, f, body.Get("input"), outcome{failure: &a}, a, quickly)
	return a
}

// runAction returns the outcome of an action. The caller waits for its duration, without the lock.
func (c *call) runAction(conn *connection, f *function, input any) outcome {
	input = actionInput(input)
	if problem := f.inputProblem(input); problem != nil {
		return *problem
	}
	out := f.run(actionCall{c.env, conn, input})
	c.env.actionsRun++
	if fake.Hash(c.env.seed, uint64(c.env.actionsRun))%lateStartEvery == 0 && f.validatesInput {
		out.duration += lateStartDelay
	}
	return out
}

// triggerAsync queues an action. Actions of an environment's queue run one at a time.
func (c *call) triggerAsync(conn *connection, f *function, body *js.Object, retries int) answer {
	if c.down[Orchestrator] {
		return c.orchestratorDownAsync(conn, f)
	}
	out := c.runAction(conn, f, body.Get("input"))
	took := out.duration
	if out.failure != nil {
		took += time.Duration(retries) * (out.duration + retryPause)
	}
	starts := c.now()
	if n := len(c.env.asyncRuns); n > 0 && c.env.asyncRuns[n-1].done.After(starts) {
		starts = c.env.asyncRuns[n-1].done
	}
	r := &asyncRun{id: fake.UUID(c.env.rng), done: starts.Add(took), outcome: out}
	c.env.asyncRuns = slices.DeleteFunc(c.env.asyncRuns, func(old *asyncRun) bool {
		return c.now().Sub(old.done) > resultLifetime
	})
	if len(c.env.asyncRuns) >= maxAsync {
		c.env.asyncRuns = slices.Delete(c.env.asyncRuns, 0, 1)
	}
	c.env.asyncRuns = append(c.env.asyncRuns, r)
	a := jsonAnswer(http.StatusAccepted, js.NewObject("id", r.id, "statusUrl", "/action/"+r.id))
	a.setHeader("Location", "/action/"+r.id)
	c.logAction(conn, f, body.Get("input"), out, a, r.done.Sub(c.now()))
	return a
}

// getAction is GET /action/{id}. A running action, an unknown id and a null result are the same 404.
func getAction(c *call) answer {
	id := c.validParam("id", zod.UUID)
	if c.down[Orchestrator] {
		env := c.env.number()
		return actionFailure(js.NewObject(
			"error", "GET http://localhost:3008/v1/retries/"+id+"/output?ownerKey=environment%3A"+env+" failed",
			"payload", js.NewObject("retryKey", id, "ownerKey", "environment:"+env, "response", js.NewObject())))
	}
	at := slices.IndexFunc(c.env.asyncRuns, func(r *asyncRun) bool { return r.id == id })
	if at < 0 || c.now().Before(c.env.asyncRuns[at].done) {
		return failure(http.StatusNotFound, "not_found", "")
	}
	out := c.env.asyncRuns[at].outcome
	if out.failure == nil && out.output == nil {
		return failure(http.StatusNotFound, "not_found", "")
	}
	return out.answer()
}

func actionFailure(payload *js.Object) answer {
	return legacyFailure(http.StatusInternalServerError, "action_script_failure", "The action script failed with an error: {}", payload)
}

const orchestratorCallFailed = "POST http://localhost:3008/v1/immediate failed"

// taskName is the name of an action in the orchestrator, which its errors show.
func (c *call) taskName(conn *connection, f *function) string {
	return fmt.Sprintf("action:environment:%s:connection:%d:action:%s:at:%s:%s",
		c.env.number(), conn.id, f.name, isoZ(c.now()), fake.UUID(c.env.rng))
}

func taskLimits(createdToStarted int) *js.Object {
	return js.NewObject("createdToStarted", createdToStarted, "startedToCompleted", 900, "heartbeat", 300)
}

func (c *call) orchestratorDown(conn *connection, f *function, input any) answer {
	env := c.env.number()
	where := js.NewObject("id", conn.id, "connection_id", conn.connectionID, "provider_config_key", conn.integration.key,
		"environment_id", c.env.id)
	args := js.NewObject("actionName", f.name, "connection", where, "activityLogId", logID(c.env.rng, c.timestamp()),
		"input", input, "async", false, "type", kindAction)
	return actionFailure(js.NewObject("error", orchestratorCallFailed, "payload", js.NewObject(
		"retry", js.NewObject("count", 0, "max", 0), "timeoutSettingsInSecs", taskLimits(30), "name", c.taskName(conn, f),
		"group", js.NewObject("key", "action:environment:"+env, "maxConcurrency", 500), "ownerKey", "environment:"+env,
		"args", args, "response", js.NewObject())))
}

func (c *call) orchestratorDownAsync(conn *connection, f *function) answer {
	env := c.env.number()
	group := js.NewObject("key", "action:environment:"+env, "maxConcurrency", 1)
	payload := js.NewObject("name", c.taskName(conn, f), "group", group,
		"retry", js.NewObject("count", 0, "max", 0), "ownerKey", "environment:"+env, "timeoutSettingsInSecs", taskLimits(86_400),
		"args", js.NewObject(), "response", js.NewObject())
	return legacyFailure(http.StatusBadRequest, "action_failure", "Failed to perform the action",
		js.NewObject("error", js.NewObject("name", "fetch_failed", "message", orchestratorCallFailed, "payload", payload)))
}
