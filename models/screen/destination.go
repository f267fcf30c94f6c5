package screen

// Destination is something that the user can go to by its name.
type Destination struct {
	// Text is the name, which may be untrusted, and About what it names: "customer", "connection".
	Text, About string
	Route       Route
}

// Namer finds names of what is loaded: a screen, or a list that is kept in the store.
type Namer interface {
	// FindNames returns names that contain a text in lower case, at most limit. It is called for each key, so it must be quick.
	FindNames(text string, limit int) []Destination
}
