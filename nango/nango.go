// Package nango is Nango's public API as Go: every operation is a function that returns a request as a
// value, and [Client] is the one place that sends it.
//
// A request says everything about itself before it is sent: its operation, method, path, query, headers
// and body, how long it may take, and what it does to the world (its [Effect]). So a dialog can show
// exactly what will go out, a read-only client can refuse it, and a test can look at it without a server.
//
// There are two types of request. A [Read] can only be made in this package, by operations that change
// nothing. A [Request] is everything else.
//
// The package imports nothing of this project and knows nothing of screens.
package nango
