package sessions

import (
	"slices"
	"strings"

	"nango-tui/nango"
	"nango-tui/ui/form"
)

// lastField is the field in which enter creates the link.
const lastField = fieldWebhook

// fields are the form's fields, filled in with the tags and the integrations given.
func (l *LinkForm) fields(tags map[string]string) []form.Field {
	chosen := make([]form.Option, 0, len(l.asked))
	for _, key := range l.asked {
		chosen = append(chosen, form.Option{Value: key})
	}
	fields := []form.Field{{
		ID: fieldIntegrations, Kind: form.Choices, Title: textIntegrationsNoneSelectedAll, Rows: 5,
		Options: chosen, Value: strings.Join(l.asked, "\n"),
	}}
	for _, user := range userFields {
		fields = append(fields, form.Field{ID: user.tag, Title: user.title, About: "Becomes the tag " + user.tag + ".",
			Value: tags[user.tag], Check: checkUser(user.tag)})
		delete(tags, user.tag)
	}
	return append(fields, l.furtherFields(tags)...)
}

func (l *LinkForm) furtherFields(tags map[string]string) []form.Field {
	return []form.Field{
		{
			ID: fieldTags, Kind: form.Pairs, Title: "More tags", Rows: 3, Value: tagLines(tags), Check: checkTags,
			About: textKeyValueOnePer,
		},
		{
			ID: fieldScopes, Kind: form.Pairs, Title: "Scopes", Rows: 2, Check: checkScopes,
			About: textIntegrationScopeScopeOne,
		},
		{
			ID: fieldUserScopes, Kind: form.Pairs, Title: "Slack user scopes", Rows: 2, Check: checkScopes, ShowIf: l.slackIsThere,
			About: textIntegrationScopeScopeOnePer,
		},
		{
			ID: fieldConfig, Kind: form.Lines, Title: "Connection config", Rows: 3, Check: checkConfigs,
			About: textJsonIntegrationZendeskSubdomain,
		},
		{
			ID: fieldWebhook, Title: "Webhook override", Check: nango.CheckWebhookOverride,
			About: textHttpsUrlConnectionsWebhooks,
		},
	}
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

func checkTags(value string) error {
	_, err := parseTags(value)
	return err
}

func checkScopes(value string) error {
	_, err := parseScopes(value)
	return err
}

func checkConfigs(value string) error {
	_, err := parseConfigs(value)
	return err
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

// tagLines formats tags as the form expects them.
func tagLines(tags map[string]string) string {
	lines := make([]string, 0, len(tags))
	for key, value := range tags {
		lines = append(lines, key+"="+value)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
