import { Config } from '@pulumi/pulumi/config.js';
import { getStack } from '@pulumi/pulumi/metadata.js';
import type { Output } from '@pulumi/pulumi/output.js';
import { getConfig } from '@pulumi/pulumi/runtime/config.js';
import { isDryRun } from '@pulumi/pulumi/runtime/settings.js';
import { projectRoot } from '../common/roots.ts';
import { heldIdentity } from './held-identity.ts';
import { settingsOf, type Settings } from './settings.ts';

/** The settings of a run of the engine. */
export interface EngineSettings extends Settings {
  /** Returns a Pulumi config secret by name. All secrets of the graph have a value: building the graph checks that. */
  secret(name: string): Output<string>;
}

/** Reads all settings from the engine; no other code reads config. Throws UserError. */
export function readSettings(): EngineSettings {
  const config = new Config('railhead');
  const valueOf = (name: string) => getConfig(`${config.name}:${name}`);
  return {
    ...settingsOf(getStack(), (name) => config.get(name)),
    root: projectRoot(),
    preview: isDryRun(),
    secret: (name) => config.requireSecret(name),
    secrets: { has: (name) => valueOf(name) !== undefined, valueOf },
    held: heldIdentity,
  };
}
