package nango

import "strconv"

func readEnvironment(r recording) (meaning, error) {
	var body environmentBody
	if err := strictly(r.Request.Body, &body); err != nil {
		return meaning{}, err
	}
	input := EnvironmentInput{body.Name, body.Production, body.CallbackURL, Secret(body.HMACKey), body.HMACEnabled, body.Slack, body.OTLPEndpoint, nil}
	for _, header := range body.OTLPHeaders {
		input.OTLPHeaders = append(input.OTLPHeaders, OTLPHeader{header.Name, Secret(header.Value)})
	}
	return means(CreateEnvironment(input))
}

func readEnvironmentDelete(r recording) (meaning, error) {
	_, name, _ := r.routed()
	id, err := strconv.ParseInt(name, 10, 64)
	if err != nil {
		return meaning{}, err
	}
	return means(DeleteEnvironment(id))
}

func readAPIKey(r recording) (meaning, error) {
	var body struct {
		Environment int64  `json:"environment_id"`
		Name        string `json:"display_name"`
	}
	if err := strictly(r.Request.Body, &body); err != nil {
		return meaning{}, err
	}
	return means(CreateAPIKey(body.Environment, body.Name))
}

func readAPIKeyDelete(r recording) (meaning, error) {
	var body struct {
		Environment int64 `json:"environment_id"`
		Key         int64 `json:"key_id"`
	}
	if err := strictly(r.Request.Body, &body); err != nil {
		return meaning{}, err
	}
	return means(DeleteAPIKey(body.Environment, body.Key))
}
