// Package nango is a client for Nango's public API. Each operation is a function that returns a request as a value;
// [Client] is the only thing that sends requests.
//
// A request describes itself before it is sent: operation, method, path, query, headers, body, time limit, and its
// [Effect] on the world. So a dialog can show exactly what will be sent, a read-only client can refuse it, and a test
// can inspect it without a server.
//
// There are two types of requests. Only this package can create a [Read], for operations that change nothing.
// Everything else is a [Request].
//
// The package knows nothing of screens. From this project it imports only internal/jsontext.
package nango
