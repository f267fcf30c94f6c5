package sandbox

// variable is an environment variable; its value is a secret in plain text.
type variable struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}
