package sandbox

// functionRoutes are the functions of an integration, what is made of code, and actions.
func functionRoutes() []route {
	var (
		list    = needs("environment:functions:list")
		read    = needs("environment:functions:read")
		remove  = needs("environment:functions:delete")
		scripts = needs(scopeIntegrations + "list_functions")
		compile = needs("environment:functions:compile")
		dryrun  = needs("environment:functions:dryrun")
		deploy  = needs("environment:deploy")
		execute = needs("environment:actions:execute")
	)
	return []route{
		{method: "GET", pattern: "/integrations/{uniqueKey}/functions", scope: list, handle: getFunctions},
		{method: "GET", pattern: "/integrations/{uniqueKey}/functions/{name}", scope: read, handle: getFunction},
		{method: "GET", pattern: "/integrations/{uniqueKey}/functions/{name}/code", scope: read, handle: getFunctionCode},
		{method: "DELETE", pattern: "/integrations/{uniqueKey}/functions/{name}", scope: remove, handle: deleteFunction},
		{method: "GET", pattern: "/scripts/config", scope: scripts, handle: getScriptsConfig},
		{method: "POST", pattern: "/functions/compile", scope: compile, handle: postCompile},
		{method: "POST", pattern: "/functions/dryruns", scope: dryrun, handle: postDryRun},
		{method: "GET", pattern: "/functions/dryruns/{id}", scope: dryrun, handle: getJob("dryrun")},
		{method: "POST", pattern: "/functions/deployments", scope: deploy, handle: postDeployment},
		{method: "GET", pattern: "/functions/deployments/{id}", scope: deploy, handle: getJob("deployment")},
		{method: "POST", pattern: "/action/trigger", scope: execute, handle: postActionTrigger},
		{method: "GET", pattern: "/action/{id}", scope: execute, handle: getAction},
	}
}

// syncRoutes are syncs and what they save.
func syncRoutes() []route {
	const syncs = "environment:syncs:"
	execute := needs(syncs + "execute")
	return []route{
		{method: "GET", pattern: "/sync/status", scope: needs(syncs + "read"), handle: getSyncStatus},
		{method: "POST", pattern: "/sync/trigger", scope: execute, handle: postSyncTrigger},
		{method: "POST", pattern: "/sync/start", scope: execute, handle: postSyncStart},
		{method: "POST", pattern: "/sync/pause", scope: execute, handle: postSyncPause},
		{method: "PUT", pattern: "/sync/update-connection-frequency", scope: needs(syncs + "update"), handle: putFrequency},
		{method: "POST", pattern: "/sync/{name}/variant/{variant}", scope: needs(syncs + "variant:create"), handle: postVariant},
		{method: "DELETE", pattern: "/sync/{name}/variant/{variant}", scope: needs(syncs + "variant:delete"), handle: deleteVariant},
		{method: "GET", pattern: "/records", scope: needs("environment:records:read"), handle: getRecords},
		{method: "PATCH", pattern: "/records/prune", scope: needs("environment:records:write"), handle: patchRecordsPrune},
	}
}

// proxyRoutes pass requests on, by every method. OPTIONS is answered without a key.
func proxyRoutes() []route {
	var out []route
	for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		out = append(out, route{method: method, pattern: "/proxy/*", scope: needs("environment:proxy"), handle: proxy})
	}
	return append(out, route{method: "OPTIONS", pattern: "/proxy/*", scope: publicRoute, handle: proxyOptions, free: true})
}

// accountRoutes are about environments and their keys, most for an account key alone.
func accountRoutes() []route {
	const account = "account:environments:"
	return []route{
		{method: "POST", pattern: "/environment/webhook-signing-key/rotate", scope: needs("environment:webhook_signing_key:rotate"), handle: postRotateKey},
		{method: "POST", pattern: "/environments", scope: needs(account + "create"), handle: postEnvironments},
		{method: "DELETE", pattern: "/environments/{environmentId}", scope: needs(account + "delete"), handle: deleteEnvironment},
		{method: "POST", pattern: "/environment/api-keys", scope: needs(account + "api_keys:create"), handle: postAPIKeys},
		{method: "DELETE", pattern: "/environment/api-keys", scope: needs(account + "api_keys:delete"), handle: deleteAPIKey},
	}
}
