package cause

const (
	textUnknown        = "Not known, because "
	textNothingSaid    = "the log has no error"
	textAtLine         = " at line %d of %s"
	textFunctionFailed = "%s failed%s: %s"
	textTheFunction    = "the function"
	textNangoSays      = "Nango: %s"
	textNotReached     = "%s could not be reached: %s"
	textTheProvider    = "the provider"
	textNoLogID        = "the connection's error has no log id"
	textNotAnswered    = "the logs didn't answer"
	textLogGone        = "its log is gone: Nango keeps logs for some days only (15 by default)"
	textReceiver       = "the receiver of webhooks"
)

// operationNames name operations by their type and action. Others are named by these two.
var operationNames = map[string]string{
	"auth.refresh_token":              "token refresh",
	"auth.create_connection":          "connecting",
	"auth.connection_test":            "test of the credentials",
	"auth.post_connection":            "script after connecting",
	"sync.run":                        "sync %s",
	"sync.init":                       "start of sync %s",
	"action.run":                      "action %s",
	"proxy.call":                      "proxied request",
	"webhook.incoming":                "webhook of the provider",
	"webhook.forward":                 "webhook passed on",
	"webhook.sync":                    "webhook after sync %s",
	"webhook.connection_create":       "webhook about the new connection",
	"webhook.connection_refresh":      "webhook about the refresh",
	"webhook.connection_delete":       "webhook about the deletion",
	"events.post_connection_creation": "function %s after connecting",
	"events.pre_connection_deletion":  "function %s before the deletion",
	"events.validate_connection":      "function %s that checks connections",
	"deploy.custom":                   "deployment",
	"deploy.prebuilt":                 "deployment of a template",
}
