/** A call of a provider's function: `cloudflare:index/getZone:getZone`. */
export interface ProviderCall {
  function: string;
  args: Record<string, unknown>;
}

/** A Pulumi resource as plain data, with holes for what only a deployment knows. */
export interface PlannedResource {
  /** The service that the resource belongs to, or `gateway`. Undefined if it belongs to the whole environment. */
  component: string | undefined;
  /** Pulumi's type token: `kubernetes:apps/v1:Deployment`. */
  type: string;
  /** Pulumi's name of the resource. */
  name: string;
  args: Record<string, unknown>;
  options: PlannedOptions;
}

/** Options as in Pulumi. */
export interface PlannedOptions {
  dependsOn?: readonly PlannedResource[];
  protect?: boolean;
  retainOnDelete?: boolean;
  deleteBeforeReplace?: boolean;
  ignoreChanges?: string[];
  /** Arguments whose change needs a new resource, although the provider says otherwise. */
  replaceOnChanges?: string[];
  /** Arguments that are secret as a whole. */
  secretArgs?: string[];
  /** Outputs that the provider does not mark as secret. */
  secretOutputs?: string[];
  /** A check with a provider that must pass before the resource is created. */
  requires?: ProviderCheck;
  /**
   * Whether the resource comes after all others of the plan. The state does not record this as a dependency, because Pulumi
   * could then not destroy one of the others alone.
   */
  last?: boolean;
}

/** Calls a provider's function in a deployment, but not in a preview. */
export interface ProviderCheck extends ProviderCall {
  /** Returns what is wrong with the result; undefined if it is right. */
  problem: (result: Record<string, unknown>) => string | undefined;
  /** The message if the call fails. */
  failed: string;
}
