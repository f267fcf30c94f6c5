package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"time"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
	"nango-tui/nango/sandbox/zod"
)

const (
	jobStartDelay   = time.Second
	dryRunDuration  = 4 * time.Second
	deployDuration  = 6 * time.Second
	compileDuration = 2 * time.Second
	maxJobs         = 1_000 // the oldest are dropped first
	maxCode         = 1 << 20
)

// job is a dry run or a deployment. Its status is computed from the time.
type job struct {
	id          string
	kind        string // "dryrun" or "deployment"
	integration string
	name        string // of the deployed function
	function    string // kind
	created     time.Time
	started     time.Time // zero = never
	completed   time.Time // zero = never
	duration    int       // milliseconds
	output      string
	result      any
	failure     *js.Object // code, message, payload
	version     string
	finish      func() // called once, at completed
}

// view is a job at a time.
func (j *job) view(now time.Time) *js.Object {
	started := !j.started.IsZero() && !now.Before(j.started)
	completed := !j.completed.IsZero() && !now.Before(j.completed)
	status, updated := "waiting", j.created
	if started {
		status, updated = "running", j.started
	}
	if completed {
		status, updated = "success", j.completed
		if j.failure != nil {
			status = "failed"
		}
	}
	deploys, ran := j.kind == "deployment", completed && !j.started.IsZero()
	succeeded := completed && j.failure == nil
	return js.NewObject("id", j.id, "status", status, "integration_id", j.integration, "function_name", js.When(deploys, j.name),
		"function_type", j.function, "created_at", isoZ(j.created), "updated_at", isoZ(updated),
		"started_at", js.When(started, isoZ(j.started)), "completed_at", js.When(completed, isoZ(j.completed)),
		"duration_ms", js.When(ran, j.duration), "output", js.When(ran, j.output), "error", js.When(completed && j.failure != nil, j.failure),
		"deployed", js.When(succeeded && deploys, true),
		"deployed_functions", js.When(succeeded && deploys, []any{js.NewObject("name", j.name, "version", j.version)}),
		"result", js.When(succeeded && !deploys, j.result))
}

// completeJobs calls finish of the jobs that are completed now.
func (env *environment) completeJobs(now time.Time) {
	for _, j := range env.jobs {
		if j.finish != nil && !now.Before(j.completed) {
			j.finish()
			j.finish = nil
		}
	}
}

func (env *environment) addJob(j *job) {
	if len(env.jobs) >= maxJobs {
		env.jobs = slices.Delete(env.jobs, 0, 1)
	}
	env.jobs = append(env.jobs, j)
}

func (c *call) newJob(kind, integration, function string, takes time.Duration) *job {
	now := c.now()
	return &job{id: fake.UUID(c.env.rng), kind: kind, integration: integration, function: function, created: now,
		started: now.Add(jobStartDelay), completed: now.Add(jobStartDelay + takes), duration: int(takes.Milliseconds())}
}

// acceptJob adds a job. Without an execution environment it fails at once.
func (c *call) acceptJob(j *job) answer {
	c.env.addJob(j)
	if j.kind == "deployment" {
		c.env.logDeployment(j)
	}
	if c.down[ExecutionEnvironment] {
		j.started, j.completed, j.finish = time.Time{}, j.created, nil
		j.failure = js.NewObject("code", "server_error", "message", noExecutionEnvironment)
		return failure(http.StatusInternalServerError, "server_error", noExecutionEnvironment)
	}
	return jsonAnswer(http.StatusAccepted, js.NewObject("id", j.id, "status", "waiting", "created_at", isoZ(j.created)))
}

const noExecutionEnvironment = "Failed to initialize the function execution environment"

// getJob is GET /functions/dryruns/{id} and /functions/deployments/{id}.
func getJob(kind string) func(*call) answer {
	return func(c *call) answer {
		id := c.validParam("id", zod.UUID)
		if at := slices.IndexFunc(c.env.jobs, func(j *job) bool { return j.id == id && j.kind == kind }); at >= 0 {
			return jsonAnswer(http.StatusOK, c.env.jobs[at].view(c.now()))
		}
		name := map[string]string{"dryrun": "Dryrun", "deployment": "Deployment"}[kind]
		return failure(http.StatusNotFound, kind+"_not_found", fmt.Sprintf("%s '%s' was not found", name, id))
	}
}

// compileError checks code as the compiler does, roughly: brackets that don't match, and a file without a function.
func compileError(code string) *js.Object {
	problem := func(line int, text string, r rune) *js.Object {
		return js.NewObject("code", "compilation_error", "message", fmt.Sprintf("function.ts(%d): error TS1005: "+text, line, r))
	}
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
				return problem(line, "unexpected '%c'.", r)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		return problem(line, "'%c' is never closed.", open[len(open)-1])
	}
	if !createsFunction.MatchString(code) {
		return js.NewObject("code", "validation_error",
			"message", "The default export must be createSync(), createAction() or createOnEvent().")
	}
	return nil
}

var (
	createsFunction = regexp.MustCompile(`export\s+default\s+(createSync|createAction|createOnEvent)\s*\(`)
	codeVersion     = regexp.MustCompile(`version:\s*['"]([^'"]+)['"]`)
	codeDescription = regexp.MustCompile(`description:\s*['"]([^'"]*)['"]`)
	codeThrows      = regexp.MustCompile(`throw\s+new\s+[\w.]+\(\s*['"]([^'"]*)['"]`)
)

func postCompile(c *call) answer {
	code := c.validBody(zod.Object(zod.Key("code", zod.String(zod.Min(1), zod.Max(maxCode))))).Str("code")
	if c.down[ExecutionEnvironment] {
		return failure(http.StatusInternalServerError, "server_error", noExecutionEnvironment)
	}
	a := jsonAnswer(http.StatusOK, js.NewObject("bundle_size_bytes", len(bundle(code)), "bundled_js", bundle(code),
		"compiled_at", isoZ(c.now().Add(compileDuration))))
	if problem := compileError(code); problem != nil {
		a = errorAnswer(http.StatusBadRequest, problem)
	}
	a.delay = compileDuration
	return a
}

func bundle(code string) string { return "\"use strict\";\n// function.ts\n" + code }

var functionKindRule = zod.Enum(kindAction, kindSync)

var dryRunBody = zod.Object(
	zod.Key("integration_id", integrationRule),
	zod.Key("function_type", functionKindRule),
	zod.Key("code", zod.String(zod.Min(1), zod.Max(maxCode))),
	zod.Key("connection_id", connectionIDRule),
	zod.Key("input", zod.Optional(zod.Any)),
	zod.Key("metadata", zod.Optional(anyRecord)),
	zod.Key("checkpoint", zod.Optional(anyRecord)),
	zod.Key("last_sync_date", zod.Optional(zod.String())),
)

// jobIntegration returns the integration of a body, or ends the request.
func (c *call) jobIntegration(body *js.Object) *integration {
	key := body.Str("integration_id")
	return require(c.env.integration(key),
		failure(http.StatusNotFound, "integration_not_found", fmt.Sprintf("Integration '%s' was not found", key)))
}

// postDryRun is POST /functions/dryruns. The code is not run; the result is guessed from its text.
func postDryRun(c *call) answer {
	body := c.validBody(dryRunBody)
	i, id, code := c.jobIntegration(body), body.Str("connection_id"), body.Str("code")
	require(i.connections[id], failure(http.StatusNotFound, "connection_not_found",
		fmt.Sprintf("Connection '%s' was not found for integration '%s'", id, i.key)))
	j := c.newJob("dryrun", i.key, body.Str("function_type"), dryRunDuration)
	begins := "Executing -> integration:\"" + i.key + "\" script:\"function\"\n"
	j.output = begins + "function executed in " + fmt.Sprint(j.duration) + " ms\n"
	j.result = js.NewObject("ok", true, "input", actionInput(body.Get("input")))
	if j.function == kindSync {
		j.result = js.NewObject("added", json.Number("3"), "updated", json.Number("0"), "deleted", json.Number("0"))
	}
	if problem := compileError(code); problem != nil {
		j.failure = problem
	} else if throws := codeThrows.FindStringSubmatch(code); throws != nil {
		j.output = begins
		j.failure = js.NewObject("code", "function_error", "message", throws[1],
			"payload", js.NewObject("name", "Error", "stacktrace", []any{"Error: " + throws[1], "    at exec (function.ts:7:11)"}))
	}
	return c.acceptJob(j)
}
