package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"time"
)

const (
	jobWaits   = time.Second     // from its making to its start
	dryRunFor  = 4 * time.Second // that a dry run takes
	deployFor  = 6 * time.Second
	compileFor = 2 * time.Second
	maxJobs    = 1_000 // that are kept; the oldest are dropped first
	maxCode    = 1 << 20
)

// job is a dry run or a deployment. What it has come to is worked out from the time.
type job struct {
	id          string
	kind        string // "dryrun" or "deployment"
	integration string
	name        string // of the function deployed
	function    string // its kind
	created     time.Time
	started     time.Time // zero = never
	completed   time.Time // zero = never
	duration    int       // in milliseconds, where completed
	output      string
	result      any
	failed      *object // code, message, payload
	version     string
	finish      func() // what happens when it is completed, once
}

// view is a job at a moment.
func (j *job) view(now time.Time) *object {
	started := !j.started.IsZero() && !now.Before(j.started)
	completed := !j.completed.IsZero() && !now.Before(j.completed)
	status, updated := "waiting", j.created
	if started {
		status, updated = "running", j.started
	}
	if completed {
		status, updated = "success", j.completed
		if j.failed != nil {
			status = "failed"
		}
	}
	o := newObject("id", j.id, "status", status, "integration_id", j.integration)
	if j.kind == "deployment" {
		o.set("function_name", j.name)
	}
	o.set("function_type", j.function)
	o.set("created_at", isoZ(j.created))
	o.set("updated_at", isoZ(updated))
	if started {
		o.set("started_at", isoZ(j.started))
	}
	if completed {
		j.complete(o)
	}
	return o
}

func (j *job) complete(o *object) {
	o.set("completed_at", isoZ(j.completed))
	if !j.started.IsZero() {
		o.set("duration_ms", j.duration)
		o.set("output", j.output)
	}
	switch {
	case j.failed != nil:
		o.set("error", j.failed)
	case j.kind == "deployment":
		o.set("deployed", true)
		o.set("deployed_functions", []any{newObject("name", j.name, "version", j.version)})
	default:
		o.set("result", j.result)
	}
}

// completeJobs lets what is due happen: a deployment's function is there.
func (w *world) completeJobs(now time.Time) {
	for _, j := range w.jobs {
		if j.finish != nil && !now.Before(j.completed) {
			j.finish()
			j.finish = nil
		}
	}
}

func (w *world) addJob(j *job) {
	if len(w.jobs) >= maxJobs {
		w.jobs = slices.Delete(w.jobs, 0, 1)
	}
	w.jobs = append(w.jobs, j)
}

func (c *call) newJob(kind, integration, function string, takes time.Duration) *job {
	now := c.now()
	return &job{id: uuid(c.world.rng), kind: kind, integration: integration, function: function, created: now,
		started: now.Add(jobWaits), completed: now.Add(jobWaits + takes), duration: int(takes.Milliseconds())}
}

// accepted keeps a job and answers it; without an execution environment it has failed at once.
func (c *call) accepted(j *job) answer {
	c.world.addJob(j)
	if c.down[ExecutionEnvironment] {
		j.started, j.completed, j.finish = time.Time{}, j.created, nil
		j.failed = newObject("code", "server_error", "message", noEnvironment)
		return failure(http.StatusInternalServerError, "server_error", noEnvironment)
	}
	return jsonAnswer(http.StatusAccepted, newObject("id", j.id, "status", "waiting", "created_at", isoZ(j.created)))
}

const noEnvironment = "Failed to initialize the function execution environment"

// getJob is GET /functions/dryruns/{id} and /functions/deployments/{id}.
func getJob(kind string) func(*call) answer {
	return func(c *call) answer {
		c.validQuery()
		id := c.validParam("id", uuidRule)
		for _, j := range c.world.jobs {
			if j.id == id && j.kind == kind {
				return jsonAnswer(http.StatusOK, j.view(c.now()))
			}
		}
		name := map[string]string{"dryrun": "Dryrun", "deployment": "Deployment"}[kind]
		return failure(http.StatusNotFound, kind+"_not_found", fmt.Sprintf("%s '%s' was not found", name, id))
	}
}

// codeProblem is what the compiler says against code: brackets that do not match, and a file
// without a function. It runs nothing.
func codeProblem(code string) *object {
	var open []rune
	pairs := map[rune]rune{')': '(', ']': '[', '}': '{'}
	line := 1
	for _, r := range code {
		switch r {
		case '\n':
			line++
		case '(', '[', '{':
			open = append(open, r)
		case ')', ']', '}':
			if len(open) == 0 || open[len(open)-1] != pairs[r] {
				return newObject("code", "compilation_error", "message", fmt.Sprintf("function.ts(%d): error TS1005: unexpected '%c'.", line, r))
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		return newObject("code", "compilation_error", "message", fmt.Sprintf("function.ts(%d): error TS1005: '%c' is never closed.", line, open[len(open)-1]))
	}
	if !createsFunction.MatchString(code) {
		return newObject("code", "validation_error", "message", "The default export must be createSync(), createAction() or createOnEvent().")
	}
	return nil
}

var (
	createsFunction = regexp.MustCompile(`export\s+default\s+(createSync|createAction|createOnEvent)\s*\(`)
	codeVersion     = regexp.MustCompile(`version:\s*['"]([^'"]+)['"]`)
	codeText        = regexp.MustCompile(`description:\s*['"]([^'"]*)['"]`)
	codeThrows      = regexp.MustCompile(`throw\s+new\s+[\w.]+\(\s*['"]([^'"]*)['"]`)
)

// postCompile is POST /functions/compile.
func postCompile(c *call) answer {
	c.validQuery()
	code := c.validBody(shape(field{"code", text(atLeast(1), atMost(maxCode))})).str("code")
	if c.down[ExecutionEnvironment] {
		return failure(http.StatusInternalServerError, "server_error", noEnvironment)
	}
	a := jsonAnswer(http.StatusOK, newObject("bundle_size_bytes", len(bundle(code)), "bundled_js", bundle(code), "compiled_at", isoZ(c.now().Add(compileFor))))
	if problem := codeProblem(code); problem != nil {
		a = jsonAnswer(http.StatusBadRequest, errorBody{problem})
	}
	a.delay = compileFor
	return a
}

func bundle(code string) string { return "\"use strict\";\n// function.ts\n" + code }

var functionKindRule = oneOf(kindAction, kindSync)

var dryRunBody = shape(
	field{"integration_id", integrationRule},
	field{"function_type", functionKindRule},
	field{"code", text(atLeast(1), atMost(maxCode))},
	field{"connection_id", connectionIDRule},
	field{"input", optional(anything)},
	field{"metadata", optional(anyRecord)},
	field{"checkpoint", optional(anyRecord)},
	field{"last_sync_date", optional(text())},
)

func integrationNotFound(key string) answer {
	return failure(http.StatusNotFound, "integration_not_found", fmt.Sprintf("Integration '%s' was not found", key))
}

// postDryRun is POST /functions/dryruns. The code is not run: what it would do is guessed from its
// text, a throw included.
func postDryRun(c *call) answer {
	c.validQuery()
	body := c.validBody(dryRunBody)
	key := body.str("integration_id")
	if c.world.integration(key) == nil {
		return integrationNotFound(key)
	}
	if c.world.connection(key, body.str("connection_id")) == nil {
		return failure(http.StatusNotFound, "connection_not_found", fmt.Sprintf("Connection '%s' was not found", body.str("connection_id")))
	}
	code := body.str("code")
	j := c.newJob("dryrun", key, body.str("function_type"), dryRunFor)
	j.output = "Executing -> integration:\"" + key + "\" script:\"function\"\nfunction executed in " + fmt.Sprint(j.duration) + " ms\n"
	j.result = newObject("ok", true, "input", givenInput(body.get("input")))
	if j.function == kindSync {
		j.result = newObject("added", json.Number("3"), "updated", json.Number("0"), "deleted", json.Number("0"))
	}
	if problem := codeProblem(code); problem != nil {
		j.failed = problem
	} else if throws := codeThrows.FindStringSubmatch(code); throws != nil {
		j.output = "Executing -> integration:\"" + key + "\" script:\"function\"\n"
		j.failed = newObject("code", "function_error", "message", throws[1],
			"payload", newObject("name", "Error", "stacktrace", []any{"Error: " + throws[1], "    at exec (function.ts:7:11)"}))
	}
	return c.accepted(j)
}
