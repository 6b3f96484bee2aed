// The Pulumi CLI of the pinned version, built where its download host cannot be reached: see build.ts.
module railhead.dev/tools/engine

go 1.25.11

require (
	github.com/pulumi/pulumi/pkg/v3 v3.256.0
	github.com/pulumi/pulumi/sdk/v3 v3.256.0
)

// Replacements hold for the main module only, so this is repeated from the CLI's own go.mod.
replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e
