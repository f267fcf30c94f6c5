package sandbox

import "net/http"

// variable is an environment variable; its value is a secret in plain text.
type variable struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// getVariables is GET /environment-variables: a bare array.
func getVariables(c *call) answer {
	c.validQuery()
	c.validEmptyBody()
	list := c.world.variables
	if list == nil {
		list = []variable{}
	}
	return jsonAnswer(http.StatusOK, list)
}
