package sandbox

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// customer is somebody of the made-up world; one has several connections.
type customer struct {
	id, name, email, slug string
	tags                  string // JSON, shared by the customer's connections
	fieldMapping          string // JSON metadata of one shape, shared likewise
	endUser               *endUser
}

// person is a name as its owner writes it, and in letters for an e-mail address.
type person struct{ name, latin string }

// script is a pool of names; weight is its share of the customers.
type script struct {
	weight        int
	given, family []person
	familyFirst   bool
	space         string
}

func names(pairs ...string) []person {
	out := make([]person, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, person{pairs[i], pairs[i+1]})
	}
	return out
}

// plainNames are names whose own letters serve for an address.
func plainNames(list string) []person {
	var out []person
	for _, n := range strings.Fields(list) {
		out = append(out, person{n, strings.ToLower(n)})
	}
	return out
}

var scripts = []script{
	{weight: 62, space: " ",
		given:  plainNames("Ada Ben Chloe Daniel Emma Felix Grace Hugo Isla Jonas Kate Liam Maya Noah Olivia Paul Quinn Ruth Sam Tara Uma Victor Wendy Yara"),
		family: plainNames("Abbott Baker Carter Dunn Ellis Foster Grant Hughes Ingram Jensen Keller Lambert Morris Novak Olsen Parker Quick Reed Shaw Turner Underwood Vance Walsh Young")},
	{weight: 14, space: " ",
		given:  names("Zoë", "zoe", "José", "jose", "Jürgen", "juergen", "Łukasz", "lukasz", "Søren", "soeren", "Ana María", "ana.maria", "François", "francois", "Šárka", "sarka"),
		family: names("Müller", "mueller", "Dvořák", "dvorak", "Núñez", "nunez", "Ångström", "angstrom", "Brânză", "branza", "Øverland", "overland", "Lefèvre", "lefevre", "Yılmaz", "yilmaz")},
	{weight: 6, space: " ", familyFirst: true,
		given:  names("健太", "kenta", "美咲", "misaki", "翔", "sho", "さくら", "sakura", "大輔", "daisuke"),
		family: names("佐藤", "sato", "鈴木", "suzuki", "高橋", "takahashi", "渡辺", "watanabe", "伊藤", "ito")},
	{weight: 5, space: " ",
		given:  names("Анна", "anna", "Дмитрий", "dmitry", "Ольга", "olga", "Иван", "ivan", "Юлія", "yuliia"),
		family: names("Иванова", "ivanova", "Петренко", "petrenko", "Соколов", "sokolov", "Ковальчук", "kovalchuk")},
	{weight: 4, space: " ",
		given:  names("فاطمة", "fatima", "محمد", "mohammed", "ليلى", "layla", "يوسف", "yusuf"),
		family: names("الحسن", "alhassan", "منصور", "mansour", "خليل", "khalil", "النجار", "alnajjar")},
	{weight: 4, space: " ",
		given:  names("अनिता", "anita", "राहुल", "rahul", "प्रिया", "priya", "विक्रम", "vikram"),
		family: names("शर्मा", "sharma", "पटेल", "patel", "सिंह", "singh", "गुप्ता", "gupta")},
	{weight: 3, space: " ",
		given:  names("Ελένη", "eleni", "Γιώργος", "giorgos", "Σοφία", "sofia", "Νίκος", "nikos"),
		family: names("Παπαδόπουλος", "papadopoulos", "Γεωργίου", "georgiou", "Οικονόμου", "oikonomou")},
	{weight: 2, space: " ",
		given:  names("Robin 🦊", "robin", "Sky ☀️", "sky", "Max 🚀", "max"),
		family: names("Lee", "lee", "Fox", "fox", "Day", "day")},
}

var (
	organizationFirst  = plainNames("Northwind Bluebird Copperleaf Daybreak Everline Fernhill Granite Harbor Ironwood Juniper Kestrel Lakeside Meridian Nimbus Orchard Pinecrest Quarry Redwood Summit Tidewater Umbra Vertex Willow Yonder Zephyr")
	organizationSecond = plainNames("Analytics Bakery Capital Dental Energy Foods Garage Health Insurance Journeys Kitchens Logistics Media Networks Optics Partners Robotics Software Travel Unlimited Ventures Works")
	plans              = []string{"free", "starter", "growth", "growth", "enterprise"}
	regions            = []string{"eu-west", "us-east", "us-west", "ap-northeast", "sa-east"}
)

func makeCustomers(r *rand.Rand, n int) []customer {
	total := 0
	for _, s := range scripts {
		total += s.weight
	}
	out := make([]customer, n)
	for i := range out {
		out[i] = makeCustomer(r, i, scriptAt(r.IntN(total)))
	}
	return out
}

func scriptAt(point int) script {
	for _, s := range scripts {
		if point < s.weight {
			return s
		}
		point -= s.weight
	}
	return scripts[0]
}

func makeCustomer(r *rand.Rand, n int, s script) customer {
	given, family := s.given[r.IntN(len(s.given))], s.family[r.IntN(len(s.family))]
	first, second := organizationFirst[r.IntN(len(organizationFirst))], organizationSecond[r.IntN(len(organizationSecond))]
	c := customer{
		id:   "usr_" + strconv.Itoa(10_000+n),
		name: given.name + s.space + family.name,
		slug: first.latin + "-" + second.latin,
	}
	if s.familyFirst {
		c.name = family.name + s.space + given.name
	}
	c.email = given.latin + "." + family.latin + strconv.Itoa(n) + "@" + c.slug + ".example"
	organization := first.name + " " + second.name
	c.tags = tagsFor(r, c, organization)
	if r.Float64() < legacyShare {
		c.endUser = &endUser{id: c.id, name: c.name, email: c.email, orgID: "org_" + c.slug, orgName: organization}
	}
	c.fieldMapping = jsonb(newObject("fields", newObject("company", organization, "owner", c.email), "version", 2))
	return c
}

// tagsFor is the mix that customers have: most are known by tags alone, some say little, some
// nothing.
func tagsFor(r *rand.Rand, c customer, organization string) string {
	if r.Float64() < untaggedShare {
		return "{}"
	}
	tags := newObject("end_user_id", c.id)
	if r.IntN(10) > 0 {
		tags.set("end_user_email", c.email)
	}
	if r.IntN(10) > 1 {
		tags.set("end_user_display_name", c.name)
	}
	if r.IntN(10) > 2 {
		tags.set("organization_id", "org_"+c.slug)
		tags.set("organization_display_name", organization)
	}
	if r.IntN(2) == 0 {
		tags.set("plan", plans[r.IntN(len(plans))])
	}
	if r.IntN(2) == 0 {
		tags.set("region", regions[r.IntN(len(regions))])
	}
	return jsonb(tags)
}
