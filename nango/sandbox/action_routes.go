package sandbox

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"time"
)

const (
	maxRetries = 5
	retryPause = 3 * time.Second // between the attempts of an asynchronous action
	maxAsync   = 10_000          // results that are kept; the oldest are dropped first
	resultKept = 24 * time.Hour  // after the action is over
)

var triggerActionBody = loose(
	field{"action_name", functionRule},
	field{"input", optional(anything)},
)

// asyncRun is an asynchronous action, whose result is there from done on.
type asyncRun struct {
	id      string
	done    time.Time
	outcome outcome
}

// postActionTrigger is POST /action/trigger.
func postActionTrigger(c *call) answer {
	c.validQuery()
	h := c.validHeaders(
		field{"provider-config-key", integrationRule},
		field{"connection-id", connectionIDRule},
		field{"x-async", optional(boolWord)},
		field{"x-max-retries", optional(numberBetween(0, maxRetries))},
	)
	body := c.validBody(triggerActionBody)
	conn := c.world.connection(h.str("provider-config-key"), h.str("connection-id"))
	if conn == nil {
		return failure(http.StatusBadRequest, "unknown_connection", "Failed to find connection")
	}
	f := conn.integration.function(body.str("action_name"), kindAction)
	switch {
	case f == nil:
		return failure(http.StatusNotFound, "not_found", "Action not found")
	case f.disabled:
		return failure(http.StatusNotFound, "disabled_resource", "The action is disabled")
	case h.get("x-async") == true:
		return c.triggerAsync(conn, f, body, numberOr(h, "x-max-retries", 0))
	case c.down[Orchestrator]:
		return c.noOrchestrator(conn, f, givenInput(body.get("input")))
	case c.down[Runner]:
		return actionFailure(newObject("error", fmt.Sprintf("Error starting function '%s': {\n  \"name\": \"Error\",\n  "+
			"\"message\": \"Nango runner was unable to execute the function\"\n}", f.name)))
	}
	out := c.runAction(conn, f, body.get("input"))
	a := out.answer()
	a.delay = out.took
	return a
}

// runAction runs an action and says how long that takes; the waiting is done without the lock.
func (c *call) runAction(conn *connection, f *function, input any) outcome {
	input = givenInput(input)
	if problem := f.inputProblem(input); problem != nil {
		return *problem
	}
	out := f.act(actionCall{c.world, conn, input})
	c.world.actionsRun++
	if spread(c.world.seed, uint64(c.world.actionsRun))%oneInLate == 0 && f.strict {
		out.took += startsLate
	}
	return out
}

// triggerAsync queues an action: they run one at a time, as the environment's queue has it.
func (c *call) triggerAsync(conn *connection, f *function, body *object, retries int) answer {
	if c.down[Orchestrator] {
		return c.noOrchestratorAsync(conn, f)
	}
	out := c.runAction(conn, f, body.get("input"))
	took := out.took
	if out.failed != nil {
		took += time.Duration(retries) * (out.took + retryPause)
	}
	starts := c.now()
	if n := len(c.world.async); n > 0 && c.world.async[n-1].done.After(starts) {
		starts = c.world.async[n-1].done
	}
	r := &asyncRun{id: uuid(c.world.rng), done: starts.Add(took), outcome: out}
	c.world.async = slices.DeleteFunc(c.world.async, func(old *asyncRun) bool { return c.now().Sub(old.done) > resultKept })
	if len(c.world.async) >= maxAsync {
		c.world.async = slices.Delete(c.world.async, 0, 1)
	}
	c.world.async = append(c.world.async, r)
	a := jsonAnswer(http.StatusAccepted, newObject("id", r.id, "statusUrl", "/action/"+r.id))
	a.setHeader("Location", "/action/"+r.id)
	return a
}

var uuidRegexp = regexp.MustCompile(`(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// uuidRule wants a UUID of any version.
var uuidRule = text(func(s string, at []string, in *issues) {
	if !uuidRegexp.MatchString(s) {
		in.add(at, "invalid_format", "Invalid UUID")
	}
})

// getAction is GET /action/{id}. Not done yet, unknown and a result of null are the same 404.
func getAction(c *call) answer {
	c.validQuery()
	id := valid("invalid_uri_params", shape(field{"id", uuidRule}), newObject("id", c.params["id"])).str("id")
	if c.down[Orchestrator] {
		return actionFailure(newObject("error", "GET http://localhost:3008/v1/retries/"+id+"/output?ownerKey=environment%3A"+
			c.world.number()+" failed", "payload", newObject("retryKey", id, "ownerKey", "environment:"+c.world.number(), "response", newObject())))
	}
	at := slices.IndexFunc(c.world.async, func(r *asyncRun) bool { return r.id == id })
	if at < 0 || c.now().Before(c.world.async[at].done) {
		return jsonAnswer(http.StatusNotFound, errorBody{plainError{Code: "not_found"}})
	}
	out := c.world.async[at].outcome
	if out.failed == nil && out.output == nil {
		return jsonAnswer(http.StatusNotFound, errorBody{plainError{Code: "not_found"}})
	}
	return out.answer()
}

func actionFailure(payload *object) answer {
	return olderFailure(http.StatusInternalServerError, "action_script_failure", "The action script failed with an error: {}", payload)
}

const immediate = "POST http://localhost:3008/v1/immediate failed"

// task is what the server tells of the call that its orchestrator did not answer.
func (c *call) task(conn *connection, f *function) string {
	return fmt.Sprintf("action:environment:%s:connection:%d:action:%s:at:%s:%s", c.world.number(), conn.id, f.name, isoZ(c.now()), uuid(c.world.rng))
}

func taskLimits(createdToStarted int) *object {
	return newObject("createdToStarted", createdToStarted, "startedToCompleted", 900, "heartbeat", 300)
}

func (c *call) noOrchestrator(conn *connection, f *function, input any) answer {
	env := c.world.number()
	where := newObject("id", conn.id, "connection_id", conn.connectionID, "provider_config_key", conn.integration.key, "environment_id", c.world.id)
	args := newObject("actionName", f.name, "connection", where, "activityLogId", logID(c.world.rng, millis(c.now())),
		"input", input, "async", false, "type", kindAction)
	return actionFailure(newObject("error", immediate, "payload", newObject(
		"retry", newObject("count", 0, "max", 0), "timeoutSettingsInSecs", taskLimits(30), "name", c.task(conn, f),
		"group", newObject("key", "action:environment:"+env, "maxConcurrency", 500), "ownerKey", "environment:"+env,
		"args", args, "response", newObject())))
}

func (c *call) noOrchestratorAsync(conn *connection, f *function) answer {
	env := c.world.number()
	payload := newObject("name", c.task(conn, f), "group", newObject("key", "action:environment:"+env, "maxConcurrency", 1),
		"retry", newObject("count", 0, "max", 0), "ownerKey", "environment:"+env, "timeoutSettingsInSecs", taskLimits(86_400),
		"args", newObject(), "response", newObject())
	return olderFailure(http.StatusBadRequest, "action_failure", "Failed to perform the action",
		newObject("error", newObject("name", "fetch_failed", "message", immediate, "payload", payload)))
}
