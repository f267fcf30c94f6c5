package sandbox

import (
	"math/rand/v2"
	"strconv"

	"nango-tui/nango/sandbox/fake"
	"nango-tui/nango/sandbox/js"
)

// customer is a made-up customer, who can have several connections. The connections share the JSON texts.
type customer struct {
	id, name, email, slug string
	tags, fieldMapping    string // fieldMapping is a metadata
	endUser               *endUser
}

var (
	plans   = []string{"free", "starter", "growth", "growth", "enterprise"}
	regions = []string{"eu-west", "us-east", "us-west", "ap-northeast", "sa-east"}
)

func makeCustomer(r *rand.Rand, n int) customer {
	c := customer{id: "usr_" + strconv.Itoa(10_000+n)}
	var local, organization string
	c.name, local = fake.Person(r)
	organization, c.slug = fake.Organization(r)
	c.email = local + strconv.Itoa(n) + "@" + c.slug + ".example"
	c.tags = tagsFor(r, c, organization)
	if r.Float64() < legacyShare {
		c.endUser = &endUser{id: c.id, name: c.name, email: c.email, orgID: "org_" + c.slug, orgName: organization}
	}
	c.fieldMapping = js.JSONB(js.NewObject("fields", js.NewObject("company", organization, "owner", c.email), "version", 2))
	return c
}

// tagsFor returns the tags of a customer: most, some, or none.
func tagsFor(r *rand.Rand, c customer, organization string) string {
	if r.Float64() < untaggedShare {
		return "{}"
	}
	tags := js.NewObject("end_user_id", c.id)
	if r.IntN(10) > 0 {
		tags.Set("end_user_email", c.email)
	}
	if r.IntN(10) > 1 {
		tags.Set("end_user_display_name", c.name)
	}
	if r.IntN(10) > 2 {
		tags.Set("organization_id", "org_"+c.slug)
		tags.Set("organization_display_name", organization)
	}
	if r.IntN(2) == 0 {
		tags.Set("plan", plans[r.IntN(len(plans))])
	}
	if r.IntN(2) == 0 {
		tags.Set("region", regions[r.IntN(len(regions))])
	}
	return js.JSONB(tags)
}
