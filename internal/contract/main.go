// Command contract makes the facts in nango/testdata/contract from recordings of a Nango server. The tests of the client and
// of the sandbox check against them.
//
//	go run ./internal/contract -from DIR [-providers FILE] [-to DIR] [-server VERSION]
//
// To record a server, send it requests and write one JSON file per operation to a folder, named after method and path, such as
// GET_connections.json or DELETE_connections_connectionId.json. Each is a list of
//
//	{"case": "limit-2",
//	 "request":  {"method": "GET", "path": "/connections", "query": "limit=2", "headers": {…}, "body": …},
//	 "response": {"status": 200, "headers": {"content-type": …}, "body": …}}
//
// A case that no server was asked for is written by hand in the same form, with an "evidence" that names the type, source or page
// that it comes from; a recording of the same name replaces it.
//
// A case is a short slug that is unique in its file. Replace keys by SECRET (ACCOUNT_SECRET for the key of the account,
// LIMITED_SECRET for one with few scopes) and tokens of connect sessions by zeros before you write them. Response headers are
// in lower case; a body that is not JSON is a string, and that of a stream of events can be the data of its only event.
// [facts.Exchange] describes the rest.
//
// The facts are added to those in -to: a case of the same file and name is replaced, all others stay, each with the version of
// the server that it comes from. To extend the contract to a newer server, record only the cases that are new or differ:
//
//	go run ./internal/contract -from ~/recordings-0.72 -server 0.72.0
//	go test ./nango/...
//
// Then extend the client and the sandbox until the tests pass. Requests are stored as they were sent, with stand-ins for e-mail
// addresses; replace other private names before you record. Of a response only its facts are stored: no text except error
// codes, types and states, and a checksum that shows whether a value differs. -providers adds the fields of all providers from
// a response to GET /providers. The same recordings give the same bytes.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"nango-tui/internal/contract/facts"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "contract:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("contract", flag.ContinueOnError)
	from := flags.String("from", "", "folder of recordings")
	to := flags.String("to", filepath.FromSlash("nango/testdata/contract"), "folder of facts")
	providers := flags.String("providers", "", "file with a response to GET /providers")
	server := flags.String("server", "0.71.4", "version of the recorded server")
	if err := flags.Parse(args); err != nil {
		return err
	}
	recordings, err := facts.ReadRecordings(*from)
	if err != nil {
		return err
	}
	if len(recordings) == 0 {
		return fmt.Errorf("no recordings in %q: name a folder with -from", *from)
	}
	if *providers != "" {
		raw, err := os.ReadFile(*providers)
		if err != nil {
			return err
		}
		catalog, err := facts.Catalog(raw)
		if err != nil {
			return fmt.Errorf("%s: %w", *providers, err)
		}
		recordings = append(recordings, catalog)
	}
	old, err := facts.Read(*to)
	if err != nil {
		return err
	}
	cases := facts.Merge(old, facts.OfAll(recordings, *server))
	if err := os.MkdirAll(*to, 0o755); err != nil {
		return err
	}
	size := 0
	files := facts.Files(cases)
	for name, content := range files {
		size += len(content)
		if err := os.WriteFile(filepath.Join(*to, name), content, 0o644); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(out, "%d recordings read; %d cases in %d files, %d bytes\n", len(recordings), len(cases),
		len(files), size)
	return err
}
