package schemaform

// Texts of forms. Those that begin with why end the sentence "X is edited as JSON: ...".
const (
	textFieldLimit        = "Only %d fields are shown: %d more keys are edited as JSON."
	whyAnyValue           = "it may be anything"
	whySeveralTypes       = "it may be of several types"
	whyManyChoices        = "it has more than %d choices"
	whyAnyElement         = "its elements may be anything"
	whyNullElements       = "its elements may be null"
	whyMixedElements      = "its elements are not all text or numbers"
	whyAnyKeys            = "it allows any keys"
	whyTooDeep            = "it is more than %d objects deep"
	whyNoObject           = "it is not an object"
	whyNoInput            = "it takes no input"
	whyNoField            = "a field can't hold the value"
	textEditedAsJSON      = "%s is edited as JSON: %s."
	whyOtherKeys          = "an object of keys that the schema doesn't name"
	whyKeysBeyond         = "an object of the keys beyond %d fields"
	textTooSlow           = "checking it takes too long; only the server checks it"
	textTooManyParts      = "its schema has too many parts; only the server checks it"
	textRemoteSchema      = "it is at another address, and schemas are not fetched"
	textNotEmail          = "not an e-mail address"
	textLibraryFailed     = "the validation library failed: %v"
	textNumberTooLong     = "a number in it has more than %d digits, or an exponent beyond %d"
	hintEmptyText         = `"" sends empty text`
	textNotNumber         = "is not a JSON number, such as 12, -3.5 or 1e6"
	textNotChoice         = "is not one of the choices"
	hintNoneRequired      = "None selected: sends an empty list."
	hintNone              = "None selected: not sent."
	hintEmptyList         = "[] sends an empty list"
	textNotOtherKeys      = "must be an object of the other keys"
	textKeyHasField       = "has the key %s, which has its own field"
	textSeveralMatch      = "matches more than one of the alternatives"
	textKeyNotAllowed     = "the key %s is not allowed"
	textNoneMatches       = "matches none of %d alternatives"
	textWrongType         = "is %s but must be %s"
	textPatternMismatch   = "doesn't match the pattern "
	textMissingElement    = "is missing a required element"
	textExcludedMatch     = "matches an excluded schema"
	textTooFew            = "has %s, needs at least %d"
	textTooMany           = "has %s, allows at most %d"
	textAtLeast           = "must be at least "
	textAtMost            = "must be at most "
	textMoreThan          = "must be more than "
	textLessThan          = "must be less than "
	textMultipleOf        = "must be a multiple of "
	textEqualElements     = "has equal elements %d and %d"
	textAlsoRequires      = "has %s, so it also needs %s"
	textTooFewMatch       = "needs at least %s that match, has %d"
	textTooManyMatch      = "allows at most %s that match, has %d"
	textSelfReference     = "can't be checked: its schema refers to itself"
	textSchemaMismatch    = "doesn't match the schema"
	textBadSchema         = "can't use the schema: %w"
	textNoFields          = "there are no fields: the schema doesn't describe the input"
	textNotFields         = "the input can't be shown as fields: %w"
	textLongerThanField   = "the input can't be shown as fields: %s is longer than a field, %d KB"
	textNothingToFill     = "Nothing to fill in"
	titleJSON             = "Input (JSON)"
	textOnlyInEditor      = "%d bytes: too long for a field, or has characters that can't be drawn. Use an editor to change it."
	textSecretInJSON      = "the JSON text would show the secret %s: clear it first"
	textNotChecked        = "The input is not checked: %s."
	textPatternNotChecked = "Only the server checks the pattern %s: it is specific to JavaScript."
	whyNoValue            = "its schema allows no value"
	whyTooManyChoices     = "it has too many choices"
	whySeveralForms       = "it has several alternatives"
	textNotGoPattern      = "not supported by Go's regular expressions"
	textRounded           = "has too many digits: the server reads it as "
	textRefNotFetched     = "it refers to %s, which is not fetched"
	textRefMissing        = "it refers to %s, which doesn't exist"
	whyTooManyParts       = "its schema has too many parts"
	whyTuple              = "each element has its own schema"
	whyRecursive          = "its schema is recursive"
	whyRemote             = "its schema is at "
	whyManyRefs           = "its schema has too many references in a row"
	textFalseSchema       = "the schema allows no input: it is false"
	textUndefinedModel    = "the schema doesn't define %s"
	textSchemaTooLong     = "the schema is longer than %d KB"
	textUnreadableSchema  = "can't read the schema: %w"
	textSchemaNoObject    = "the schema is %s but must be an object"
	textSchemaNumber      = "a number in the schema has more than %d digits, or an exponent beyond %d"
)

var (
	typeNames = map[string]string{
		"null": nullWord, "boolean": "yes or no", "number": "a number", "integer": "a whole number", "string": "text", "array": "a list",
		"object": "an object",
	}
	formatNames = map[string]string{
		"date-time": "a date and time, such as 2026-03-01T12:00:00Z",
		"date":      "a date, such as 2026-03-01",
		"time":      "a time with time zone, such as 12:00:00Z",
		"duration":  "a duration, such as P1DT12H",
		"email":     "an e-mail address",
		"uri":       "a URL, such as https://example.com",
		"uuid":      "a UUID, such as 00000000-0000-4000-8000-000000000000",
		"hostname":  "a host name",
		"ipv4":      "an IPv4 address",
		"ipv6":      "an IPv6 address",
		"regex":     "a regular expression",
	}
)
