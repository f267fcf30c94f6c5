package nango

import (
	"maps"
	"slices"
	"time"
)

// Operation is the name of an operation of Nango's API, such as "connection.delete". The names are this program's
// own.
type Operation string

// The operations. Each has a row in the operation table.
const (
	OpConnectionsList       Operation = "connections.list"
	OpConnectionGet         Operation = "connection.get"
	OpConnectionUpsert      Operation = "connection.upsert"
	OpConnectionUpdate      Operation = "connection.update"
	OpConnectionDelete      Operation = "connection.delete"
	OpMetadataSet           Operation = "metadata.set"
	OpMetadataMerge         Operation = "metadata.merge"
	OpIntegrationsList      Operation = "integrations.list"
	OpIntegrationGet        Operation = "integration.get"
	OpIntegrationCreate     Operation = "integration.create"
	OpIntegrationQuickstart Operation = "integration.quickstart"
	OpIntegrationUpdate     Operation = "integration.update"
	OpIntegrationDelete     Operation = "integration.delete"
	OpProvidersList         Operation = "providers.list"
	OpProviderGet           Operation = "provider.get"
	OpProviderTemplates     Operation = "provider.templates"
	OpSessionCreate         Operation = "session.create"
	OpSessionReconnect      Operation = "session.reconnect"
	OpSessionGet            Operation = "session.get"
	OpSessionDelete         Operation = "session.delete"
	OpEnvironmentVariables  Operation = "environment.variables"
	OpSyncsList             Operation = "syncs.list"
	OpSyncTrigger           Operation = "sync.trigger"
	OpSyncStart             Operation = "sync.start"
	OpSyncPause             Operation = "sync.pause"
	OpSyncFrequency         Operation = "sync.frequency"
	OpVariantCreate         Operation = "variant.create"
	OpVariantDelete         Operation = "variant.delete"
	OpRecordsList           Operation = "records.list"
	OpRecordsPrune          Operation = "records.prune"
	OpActionRun             Operation = "action.run"
	OpActionStart           Operation = "action.start"
	OpActionResult          Operation = "action.result"
	OpScriptsList           Operation = "scripts.list"
	OpFunctionsList         Operation = "functions.list"
	OpFunctionGet           Operation = "function.get"
	OpFunctionCode          Operation = "function.code"
	OpFunctionDelete        Operation = "function.delete"
	OpFunctionCompile       Operation = "function.compile"
	OpDryRunStart           Operation = "dryrun.start"
	OpDryRunGet             Operation = "dryrun.get"
	OpDeploymentStart       Operation = "deployment.start"
	OpDeploymentGet         Operation = "deployment.get"
	OpWebhookKeyRotate      Operation = "webhookkey.rotate"
	OpEnvironmentsList      Operation = "environments.list"
	OpEnvironmentCreate     Operation = "environment.create"
	OpEnvironmentDelete     Operation = "environment.delete"
	OpAPIKeysList           Operation = "apikeys.list"
	OpAPIKeyGet             Operation = "apikey.get"
	OpAPIKeyCreate          Operation = "apikey.create"
	OpAPIKeyDelete          Operation = "apikey.delete"
	OpProxyGet              Operation = "proxy.get"
	OpProxyPost             Operation = "proxy.post"
	OpProxyPut              Operation = "proxy.put"
	OpProxyPatch            Operation = "proxy.patch"
	OpProxyDelete           Operation = "proxy.delete"
	OpLogsList              Operation = "logs.list"
	OpLogGet                Operation = "log.get"
)

// OperationInfo is a row of the operation table: what is known about an operation in general.
type OperationInfo struct {
	// Effect is the operation's effect. Arguments can make that of a single request worse, never better.
	Effect Effect
	// Scopes are the API key scopes that allow the operation; any one is enough. If empty, every environment key may
	// do it.
	Scopes []string
	// Since is the first release of Nango with the operation, such as "v0.67.0".
	Since   string
	Timeout time.Duration // limits one try
	// FormIsDialog means that the operation's form is its confirmation dialog and that production need not be armed:
	// making a link for a customer has to be quick.
	FormIsDialog bool
	// NeedsNoArming means that production need not be armed, although there is a dialog: the operation revokes a
	// link.
	NeedsNoArming bool
}

// Time limits of one try. Nango's own work takes seconds; calling a provider or running a function takes longer.
const (
	quickLimit    = 20 * time.Second
	pageLimit     = 45 * time.Second // a page of 2,000 connections, or the provider catalog (0.9 MB)
	upstreamLimit = 60 * time.Second // a token refresh or a check of credentials at the provider
	hookLimit     = 3 * time.Minute  // the customer's pre-deletion function runs first
	actionLimit   = 17 * time.Minute // Nango limits an action to 15 minutes, plus some time to start and end
	buildLimit    = 4 * time.Minute  // Nango limits a build to three minutes
	proxyLimit    = 5 * time.Minute  // Nango doesn't limit a provider's response time
	recordsLimit  = 2 * time.Minute  // a page of records has megabytes
	scanLimit     = 2 * time.Minute  // the states of an integration's syncs are read one by one
)

const (
	scopeConnections  = "environment:connections:"
	scopeIntegrations = "environment:integrations:"
	scopeSessions     = "environment:connect_sessions:write"
	scopeFunctions    = "environment:functions:"
	scopeAccount      = "account:environments:"
	scopeProxy        = "environment:proxy"
	scopeSyncs        = "environment:syncs:"
	scopeLogs         = "environment:logs:read"
)

// sinceBefore marks operations that the oldest release checked already has.
const sinceBefore = "v0.37.4"

// operations is the operation table. It is never written. Scopes and versions come from Nango's route table at
// v0.71.4.
var operations = map[Operation]OperationInfo{
	OpConnectionsList: {Effect: Reads, Scopes: []string{scopeConnections + "list", scopeConnections + "list_credentials"},
		Since: "v0.67.0", Timeout: pageLimit},
	OpConnectionGet: {Effect: Refreshes, Scopes: []string{scopeConnections + "read", scopeConnections + "read_credentials"},
		Since: "v0.67.0", Timeout: upstreamLimit},
	OpConnectionUpsert: {Effect: Writes, Scopes: []string{scopeConnections + "create"}, Since: "v0.67.0", Timeout: upstreamLimit},
	OpConnectionUpdate: {Effect: Writes, Scopes: []string{scopeConnections + "update"}, Since: "v0.67.0", Timeout: quickLimit},
	OpConnectionDelete: {Effect: Destroys, Scopes: []string{scopeConnections + "delete"}, Since: "v0.67.0", Timeout: hookLimit},

	OpMetadataSet:   {Effect: Writes, Scopes: []string{scopeConnections + "update"}, Since: "v0.67.0", Timeout: upstreamLimit},
	OpMetadataMerge: {Effect: Writes, Scopes: []string{scopeConnections + "update"}, Since: "v0.67.0", Timeout: upstreamLimit},

	OpIntegrationsList: {Effect: Reads, Scopes: []string{scopeIntegrations + "list", scopeIntegrations + "list_credentials"},
		Since: "v0.42.12", Timeout: quickLimit},
	OpIntegrationGet: {Effect: Reads, Scopes: []string{scopeIntegrations + "read", scopeIntegrations + "read_credentials"},
		Since: "v0.42.12", Timeout: quickLimit},
	OpIntegrationCreate:     {Effect: Writes, Scopes: []string{scopeIntegrations + "create"}, Since: "v0.42.12", Timeout: quickLimit},
	OpIntegrationQuickstart: {Effect: Writes, Scopes: []string{scopeIntegrations + "create"}, Since: "v0.70.2", Timeout: quickLimit},
	OpIntegrationUpdate:     {Effect: Writes, Scopes: []string{scopeIntegrations + "update"}, Since: "v0.42.12", Timeout: quickLimit},
	OpIntegrationDelete:     {Effect: Destroys, Scopes: []string{scopeIntegrations + "delete"}, Since: "v0.42.12", Timeout: hookLimit},

	OpProvidersList:     {Effect: Reads, Since: "v0.42.11", Timeout: pageLimit},
	OpProviderGet:       {Effect: Reads, Since: "v0.42.11", Timeout: quickLimit},
	OpProviderTemplates: {Effect: Reads, Since: "v0.70.7", Timeout: quickLimit},

	OpSessionCreate:    {Effect: Writes, Scopes: []string{scopeSessions}, Since: "v0.42.14", Timeout: quickLimit, FormIsDialog: true},
	OpSessionReconnect: {Effect: Writes, Scopes: []string{scopeSessions}, Since: "v0.47.0", Timeout: quickLimit, FormIsDialog: true},
	OpSessionGet:       {Effect: Reads, Since: "v0.42.14", Timeout: quickLimit},
	OpSessionDelete:    {Effect: Writes, NeedsNoArming: true, Since: "v0.42.14", Timeout: quickLimit},

	OpEnvironmentVariables: {Effect: Reads, Scopes: []string{"environment:variables:read"}, Since: "v0.42.11", Timeout: quickLimit},

	OpSyncsList:     {Effect: Reads, Scopes: []string{scopeSyncs + "read"}, Since: sinceBefore, Timeout: scanLimit},
	OpSyncTrigger:   {Effect: Runs, Scopes: []string{scopeSyncs + "execute"}, Since: sinceBefore, Timeout: upstreamLimit},
	OpSyncStart:     {Effect: Writes, Scopes: []string{scopeSyncs + "execute"}, Since: sinceBefore, Timeout: upstreamLimit},
	OpSyncPause:     {Effect: Writes, Scopes: []string{scopeSyncs + "execute"}, Since: sinceBefore, Timeout: upstreamLimit},
	OpSyncFrequency: {Effect: Writes, Scopes: []string{scopeSyncs + "update"}, Since: "v0.37.4", Timeout: quickLimit},
	OpVariantCreate: {Effect: Writes, Scopes: []string{scopeSyncs + "variant:create"}, Since: "v0.55.0", Timeout: quickLimit},
	OpVariantDelete: {Effect: Destroys, Scopes: []string{scopeSyncs + "variant:delete"}, Since: "v0.55.0", Timeout: upstreamLimit},

	OpRecordsList:  {Effect: Reads, Scopes: []string{"environment:records:read"}, Since: "v0.42.2", Timeout: recordsLimit},
	OpRecordsPrune: {Effect: Destroys, Scopes: []string{"environment:records:write"}, Since: "v0.69.19", Timeout: recordsLimit},

	OpActionRun:    {Effect: Runs, Scopes: []string{"environment:actions:execute"}, Since: sinceBefore, Timeout: actionLimit},
	OpActionStart:  {Effect: Runs, Scopes: []string{"environment:actions:execute"}, Since: "v0.59.0", Timeout: upstreamLimit},
	OpActionResult: {Effect: Reads, Scopes: []string{"environment:actions:execute"}, Since: "v0.59.0", Timeout: quickLimit},

	OpScriptsList:     {Effect: Reads, Scopes: []string{scopeIntegrations + "list_functions"}, Since: "v0.39.0", Timeout: pageLimit},
	OpFunctionsList:   {Effect: Reads, Scopes: []string{scopeFunctions + "list"}, Since: "v0.70.7", Timeout: quickLimit},
	OpFunctionGet:     {Effect: Reads, Scopes: []string{scopeFunctions + "read"}, Since: "v0.70.7", Timeout: quickLimit},
	OpFunctionCode:    {Effect: Reads, Scopes: []string{scopeFunctions + "read"}, Since: "v0.70.2", Timeout: pageLimit},
	OpFunctionDelete:  {Effect: Destroys, Scopes: []string{scopeFunctions + "delete"}, Since: "v0.70.7", Timeout: upstreamLimit},
	OpFunctionCompile: {Effect: Reads, Scopes: []string{scopeFunctions + "compile"}, Since: "v0.70.6", Timeout: buildLimit},

	OpDryRunStart:     {Effect: Runs, Scopes: []string{scopeFunctions + "dryrun"}, Since: "v0.70.6", Timeout: buildLimit},
	OpDryRunGet:       {Effect: Reads, Scopes: []string{scopeFunctions + "dryrun"}, Since: "v0.70.6", Timeout: quickLimit},
	OpDeploymentStart: {Effect: Runs, Scopes: []string{"environment:deploy"}, Since: "v0.70.6", Timeout: buildLimit},
	OpDeploymentGet:   {Effect: Reads, Scopes: []string{"environment:deploy"}, Since: "v0.70.6", Timeout: quickLimit},

	OpWebhookKeyRotate: {Effect: Destroys, Scopes: []string{"environment:webhook_signing_key:rotate"}, Since: "v0.71.5",
		Timeout: quickLimit},
	OpEnvironmentsList:  {Effect: Reads, Scopes: []string{scopeAccount + "list"}, Since: "v0.71.7", Timeout: quickLimit},
	OpEnvironmentCreate: {Effect: Writes, Scopes: []string{scopeAccount + "create"}, Since: "v0.71.5", Timeout: upstreamLimit},
	OpEnvironmentDelete: {Effect: Destroys, Scopes: []string{scopeAccount + "delete"}, Since: "v0.71.5", Timeout: hookLimit},
	OpAPIKeysList:       {Effect: Reads, Scopes: []string{scopeAccount + "api_keys:list"}, Since: "v0.71.7", Timeout: quickLimit},
	OpAPIKeyGet:         {Effect: Reads, Scopes: []string{scopeAccount + "api_keys:read"}, Since: "v0.71.7", Timeout: quickLimit},
	OpAPIKeyCreate:      {Effect: Writes, Scopes: []string{scopeAccount + "api_keys:create"}, Since: "v0.71.5", Timeout: quickLimit},
	OpAPIKeyDelete:      {Effect: Destroys, Scopes: []string{scopeAccount + "api_keys:delete"}, Since: "v0.71.5", Timeout: quickLimit},

	OpProxyGet:    {Effect: Refreshes, Scopes: []string{scopeProxy}, Since: sinceBefore, Timeout: proxyLimit},
	OpProxyPost:   {Effect: Runs, Scopes: []string{scopeProxy}, Since: sinceBefore, Timeout: proxyLimit},
	OpProxyPut:    {Effect: Runs, Scopes: []string{scopeProxy}, Since: sinceBefore, Timeout: proxyLimit},
	OpProxyPatch:  {Effect: Runs, Scopes: []string{scopeProxy}, Since: sinceBefore, Timeout: proxyLimit},
	OpProxyDelete: {Effect: Runs, Scopes: []string{scopeProxy}, Since: sinceBefore, Timeout: proxyLimit},

	OpLogsList: {Effect: Reads, Scopes: []string{scopeLogs}, Since: "v0.71.0", Timeout: pageLimit},
	OpLogGet:   {Effect: Reads, Scopes: []string{scopeLogs}, Since: "v0.71.0", Timeout: pageLimit},
}

// Info returns the operation's row, if it has one.
func (o Operation) Info() (OperationInfo, bool) {
	info, ok := operations[o]
	return info, ok
}

// Operations returns all operations, in no particular order.
func Operations() []Operation { return slices.Collect(maps.Keys(operations)) }

// Effect is what a request does to the world. It determines which confirmation is needed before sending.
type Effect int

const (
	Reads     Effect = iota + 1 // changes nothing
	Refreshes                   // reads, but may refresh a token at the provider, update a timestamp or count a failure
	Writes                      // makes a change that can be undone
	Runs                        // runs someone else's code or API; it is unknown whether it can be undone
	Destroys                    // cannot be undone
)

var effectNames = [...]string{"unknown", "reads", "refreshes", "writes", "runs", "destroys"}

// String returns the effect in lower case.
func (e Effect) String() string {
	if e < 0 || int(e) >= len(effectNames) {
		return effectNames[0]
	}
	return effectNames[e]
}

// Changes reports whether the request does more than read: any effect above [Refreshes].
func (e Effect) Changes() bool { return e > Refreshes }

// FormIsDialog reports whether the operation's form is also its confirmation dialog. Making a link for a customer has
// to be quick.
func (o Operation) FormIsDialog() bool { return operations[o].FormIsDialog }

// Effect is the operation's effect from the operation table. An unknown operation counts as [Destroys].
func (o Operation) Effect() Effect {
	if info, ok := o.Info(); ok {
		return info.Effect
	}
	return Destroys
}

// NeedsNoArming reports whether production need not be armed for the operation: it makes or revokes a link.
func (o Operation) NeedsNoArming() bool {
	return operations[o].NeedsNoArming || operations[o].FormIsDialog
}
