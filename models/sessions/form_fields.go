package sessions

import (
	"slices"
	"strings"

	"nango-tui/models/screen"
	"nango-tui/nango"
	"nango-tui/ui/form"
)

// lastField is the field in which enter creates the link.
const lastField = fieldWebhook

// fields are the form's fields, filled in with the tags and the integrations given.
func (l *LinkForm) fields(tags map[string]string) []form.Field {
	fields := []form.Field{{
		ID: fieldIntegrations, Kind: form.Choices, Title: textIntegrationsNoneSelectedAll, Rows: 5,
		Options: optionsOf(l.asked), Value: strings.Join(l.asked, "\n"),
	}}
	for _, user := range userFields {
		fields = append(fields, form.Field{ID: user.tag, Title: user.title, About: "Becomes the tag " + user.tag + ".",
			Value: tags[user.tag], Check: checkUser(user.tag)})
		delete(tags, user.tag)
	}
	fields[1].RequiredIf = saysNothingOfUser
	scopes := form.Parses(parseScopes)
	return append(fields,
		form.Field{ID: fieldTags, Kind: form.Pairs, Title: "More tags", Rows: 3, Check: form.Parses(parseTags), About: textKeyValueOnePer,
			Value: strings.Join(tagPairs(tags), "\n")},
		form.Field{ID: fieldScopes, Kind: form.Pairs, Title: "Scopes", Rows: 2, Check: scopes, About: textIntegrationScopeScopeOne},
		form.Field{ID: fieldUserScopes, Kind: form.Pairs, Title: "Slack user scopes", Rows: 2, Check: scopes, ShowIf: l.slackIsThere,
			About: textIntegrationScopeScopeOnePer},
		form.Field{ID: fieldConfig, Kind: form.Lines, Title: "Connection config", Rows: 3, Check: form.Parses(parseConfigs),
			About: textJsonIntegrationZendeskSubdomain},
		form.Field{ID: fieldWebhook, Title: "Webhook override", Check: nango.CheckWebhookOverride, About: screen.TextWebhookOverride},
	)
}

// saysNothingOfUser reports whether no value says who the link is for. Any tag does; the first field for one is marked.
func saysNothingOfUser(v form.Values) bool {
	_, err := allTags(v)
	missing, _ := err.(form.FieldError)
	return missing.ID == nango.TagUserID
}

func optionsOf(keys []string) []form.Option {
	options := make([]form.Option, len(keys))
	for i, key := range keys {
		options[i].Value = key
	}
	return options
}

// checkUser checks the value of a tag that may be empty.
func checkUser(tag string) func(string) error {
	return func(value string) error {
		if value = strings.TrimSpace(value); value == "" {
			return nil
		}
		return nango.CheckTag(tag, value)
	}
}

// slackIsThere reports whether the link may be used for Slack, which is the only one with user scopes.
func (l *LinkForm) slackIsThere(v form.Values) bool {
	chosen := v.List(fieldIntegrations)
	for key, is := range l.slack {
		if is && (len(chosen) == 0 || slices.Contains(chosen, key)) {
			return true
		}
	}
	return false
}
