package nango

import (
	"encoding/json"
	"strconv"
)

func readAction(r recording) (meaning, error) {
	var body struct {
		Name  string          `json:"action_name"`
		Input json.RawMessage `json:"input"`
	}
	if err := strictly(r.Request.Body, &body); err != nil {
		return meaning{}, err
	}
	input := ActionInput{headerRef(r), body.Name, body.Input}
	if r.Request.Headers["X-Async"] == "" {
		return means(RunAction(input))
	}
	retries, _ := strconv.Atoi(r.Request.Headers["X-Max-Retries"]) // none is 0
	return means(StartAction(input, retries))
}

func readActionResult(r recording) (meaning, error) {
	_, id, _ := r.routed()
	return meansRead(GetActionResult(id))
}
