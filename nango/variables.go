package nango

import "net/http"

// Variable is an environment variable in Nango. Its value is plain text and treated as a secret.
type Variable struct {
	Name  string `json:"name"`
	Value Secret `json:"value"`
}

// ListVariables reads the environment variables available to functions.
func ListVariables() Read[[]Variable] {
	return read(newCall(OpEnvironmentVariables, http.MethodGet, "environment-variables"), decodeJSON[[]Variable])
}
