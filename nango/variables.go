package nango

import "net/http"

// Variable is an environment variable of Nango. Its value is plain text, and as secret as anything.
type Variable struct {
	Name  string `json:"name"`
	Value Secret `json:"value"`
}

// ListVariables reads the environment variables that functions see.
func ListVariables() Read[[]Variable] {
	return read(newCall(OpEnvironmentVariables, http.MethodGet, "environment-variables"), decodeJSON[[]Variable])
}
