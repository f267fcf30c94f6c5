package listen

// The texts of this area.
const (
	textTitle     = "Webhooks"
	textNoun      = "webhook"
	textNoMatch   = "No webhook matches the filter."
	textOpening   = "Beginning to listen"
	textFailed    = "Couldn't listen for webhooks"
	textWaiting   = "No webhook yet."
	textAt        = "Listening at http://%s"
	textAnybody   = "everything that reaches this machine can send to it"
	textNoKey     = "signatures aren't checked: no key was given"
	textDropped   = "%s dropped, the oldest first: the limit is %d webhooks and %s"
	textStops     = "It ends when this screen is closed. Nango must reach it, such as through a tunnel, or Nango on this machine."
	textCut       = "%s: the first %s of %s"
	titleForm     = "Listen for webhooks"
	titleAddress  = "Address"
	aboutAddress  = "Host and port of this machine. With a loopback address, only programs on this machine can send to it."
	titleKey      = "Webhook signing key"
	aboutKey      = "Of the environment, to check X-Nango-Hmac-Sha256. Without it, signatures aren't checked. It is not stored."
	errAddress    = "enter an address such as %s"
	submitListen  = "Listen"
	whyNoWebhook  = "there is no webhook under the cursor"
	actionClear   = "Clear"
	whyNothing    = "there are no webhooks"
	headSignature = "SIGNATURE"
)
