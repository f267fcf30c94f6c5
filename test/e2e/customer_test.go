//go:build unix

package e2e

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// customer opens connect links in a browser.
type customer struct{ t *testing.T }

var (
	formOnPage  = regexp.MustCompile(`(?s)<form method="post" action="([^"]*)".*?</form>`)
	inputOfForm = regexp.MustCompile(`<input name="([^"]*)" value="([^"]*)" placeholder="([^"]*)"`)
)

// open opens the link.
func (c customer) open(link string) (status int, page string) {
	c.t.Helper()
	return c.read(http.Get(link))
}

func (c customer) read(response *http.Response, err error) (status int, page string) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// connect opens the link, fills in the form of the integration, and sends it.
func (c customer) connect(link, integration string) {
	c.t.Helper()
	status, page := c.open(link)
	if status != http.StatusOK {
		c.t.Fatalf("the link returns %d\n%s", status, page)
	}
	for _, form := range formOnPage.FindAllStringSubmatch(page, -1) {
		if !strings.Contains(form[0], fmt.Sprintf(`name="integration" value="%s"`, integration)) {
			continue
		}
		values := url.Values{"integration": {integration}, "decision": {"finish"}}
		for _, input := range inputOfForm.FindAllStringSubmatch(form[0], -1) {
			values.Set(html.UnescapeString(input[1]), html.UnescapeString(input[2]+"example"))
		}
		target, err := url.Parse(link)
		if err == nil {
			target, err = target.Parse(html.UnescapeString(form[1]))
		}
		if err != nil {
			c.t.Fatal(err)
		}
		if status, page := c.read(http.PostForm(target.String(), values)); status != http.StatusOK || !strings.Contains(page, "Connected as") {
			c.t.Fatalf("the form returns %d\n%s", status, page)
		}
		return
	}
	c.t.Fatalf("the page has no form for %s:\n%s", integration, page)
}

// needsTheAPI checks that the link works only because it names the API.
func (c customer) needsTheAPI(link string) {
	c.t.Helper()
	target, err := url.Parse(link)
	if err != nil {
		c.t.Fatal(err)
	}
	query := target.Query()
	query.Del("apiURL")
	target.RawQuery = query.Encode()
	if status, page := c.open(target.String()); status != http.StatusUnauthorized || !strings.Contains(page, "https://api.nango.dev") {
		c.t.Errorf("the link without its API returns %d\n%s", status, page)
	}
}

// cannotOpen checks that the link is revoked.
func (c customer) cannotOpen(link string) {
	c.t.Helper()
	if status, page := c.open(link); status != http.StatusUnauthorized {
		c.t.Errorf("the revoked link returns %d\n%s", status, page)
	}
}
