package fake

import (
	"math/rand/v2"
	"strings"
)

// name is a name as its owner writes it, and in ASCII letters for an email address.
type name struct{ text, latin string }

// pool has the names of one script; weight is its share.
type pool struct {
	weight        int
	given, family []name
	familyFirst   bool
}

func names(pairs ...string) []name {
	out := make([]name, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, name{pairs[i], pairs[i+1]})
	}
	return out
}

// plainNames splits a list of names that are ASCII already.
func plainNames(list string) []name {
	var out []name
	for _, n := range strings.Fields(list) {
		out = append(out, name{n, strings.ToLower(n)})
	}
	return out
}

var pools = []pool{
	{weight: 62,
		given: plainNames("Ada Ben Chloe Daniel Emma Felix Grace Hugo Isla Jonas Kate Liam Maya Noah Olivia Paul Quinn " +
			"Ruth Sam Tara Uma Victor Wendy Yara"),
		family: plainNames("Abbott Baker Carter Dunn Ellis Foster Grant Hughes Ingram Jensen Keller Lambert Morris Novak " +
			"Olsen Parker Quick Reed Shaw Turner Underwood Vance Walsh Young")},
	{weight: 14,
		given: names("Zoë", "zoe", "José", "jose", "Jürgen", "juergen", "Łukasz", "lukasz", "Søren", "soeren",
			"Ana María", "ana.maria", "François", "francois", "Šárka", "sarka"),
		family: names("Müller", "mueller", "Dvořák", "dvorak", "Núñez", "nunez", "Ångström", "angstrom",
			"Brânză", "branza", "Øverland", "overland", "Lefèvre", "lefevre", "Yılmaz", "yilmaz")},
	{weight: 6, familyFirst: true,
		given:  names("健太", "kenta", "美咲", "misaki", "翔", "sho", "さくら", "sakura", "大輔", "daisuke"),
		family: names("佐藤", "sato", "鈴木", "suzuki", "高橋", "takahashi", "渡辺", "watanabe", "伊藤", "ito")},
	{weight: 5,
		given:  names("Анна", "anna", "Дмитрий", "dmitry", "Ольга", "olga", "Иван", "ivan", "Юлія", "yuliia"),
		family: names("Иванова", "ivanova", "Петренко", "petrenko", "Соколов", "sokolov", "Ковальчук", "kovalchuk")},
	{weight: 4,
		given:  names("فاطمة", "fatima", "محمد", "mohammed", "ليلى", "layla", "يوسف", "yusuf"),
		family: names("الحسن", "alhassan", "منصور", "mansour", "خليل", "khalil", "النجار", "alnajjar")},
	{weight: 4,
		given:  names("अनिता", "anita", "राहुल", "rahul", "प्रिया", "priya", "विक्रम", "vikram"),
		family: names("शर्मा", "sharma", "पटेल", "patel", "सिंह", "singh", "गुप्ता", "gupta")},
	{weight: 3,
		given:  names("Ελένη", "eleni", "Γιώργος", "giorgos", "Σοφία", "sofia", "Νίκος", "nikos"),
		family: names("Παπαδόπουλος", "papadopoulos", "Γεωργίου", "georgiou", "Οικονόμου", "oikonomou")},
	{weight: 2,
		given:  names("Robin 🦊", "robin", "Sky ☀️", "sky", "Max 🚀", "max"),
		family: names("Lee", "lee", "Fox", "fox", "Day", "day")},
}

var (
	organizationFirst = plainNames("Northwind Bluebird Copperleaf Daybreak Everline Fernhill Granite Harbor Ironwood Juniper " +
		"Kestrel Lakeside Meridian Nimbus Orchard Pinecrest Quarry Redwood Summit Tidewater Umbra Vertex " +
		"Willow Yonder Zephyr")
	organizationSecond = plainNames("Analytics Bakery Capital Dental Energy Foods Garage Health Insurance Journeys Kitchens " +
		"Logistics Media Networks Optics Partners Robotics Software Travel Unlimited Ventures Works")
)

// poolAt returns the pool of a point, from 0 to below the sum of the weights.
func poolAt(point int) pool {
	for _, p := range pools {
		if point < p.weight {
			return p
		}
		point -= p.weight
	}
	return pools[0]
}

// Person returns the name of a person, in one of several scripts, and a local part for their email address.
func Person(r *rand.Rand) (full, local string) {
	total := 0
	for _, p := range pools {
		total += p.weight
	}
	p := poolAt(r.IntN(total))
	given, family := p.given[r.IntN(len(p.given))], p.family[r.IntN(len(p.family))]
	if p.familyFirst {
		return family.text + " " + given.text, given.latin + "." + family.latin
	}
	return given.text + " " + family.text, given.latin + "." + family.latin
}

// Organization returns the name of an organization, and a slug of it.
func Organization(r *rand.Rand) (full, slug string) {
	first, second := organizationFirst[r.IntN(len(organizationFirst))], organizationSecond[r.IntN(len(organizationSecond))]
	return first.text + " " + second.text, first.latin + "-" + second.latin
}
