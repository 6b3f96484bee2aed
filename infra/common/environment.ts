import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { isLoopback } from './loopback.ts';
import { findProject, projectRoot } from './roots.ts';
import { UserError } from '../../tools/user-error.ts';

/** The secrets of an environment. */
export interface KnownSecrets {
  /** Whether the environment has a value for the secret. */
  has(name: string): boolean;
  /** Its value; undefined where it is missing, or not readable without Pulumi. */
  valueOf(name: string): string | undefined;
}

/** One Pulumi stack as its `Pulumi.<name>.yaml` describes it. */
export interface Environment {
  name: string;
  /** Path of the stack file, relative to the project. */
  stackFile: string;
  /** The name of a target, or the path of a module that exports one. */
  target: string;
  /** The secrets, as far as they are known without Pulumi. */
  secrets: KnownSecrets;
  /** IPv4 range for Docker networks. By default, the range is derived from the environment's name. */
  dockerPool?: string | undefined;
  /** Name under which the data of the environment are kept, if it is no longer the name of the stack. */
  identity?: string | undefined;
  /** The project that the environment belongs to, where the state does not say it. */
  owner?: string | undefined;
  /**
   * The folder with the artifacts and the history of the environment, relative to the project, or a repository of a registry, such as
   * `oci://ghcr.io/acme/rota`. Default: `.railhead/store`.
   */
  store?: string | undefined;
  /** The only environment whose artifacts may be promoted to it. */
  promotesFrom?: string | undefined;
  /** Seconds that a release must have run in another environment before it may be promoted to this one. */
  soak?: number | undefined;
  /** The public key with which its artifacts must be signed, as a path relative to the project. */
  signedBy?: string | undefined;
  /** The address that is told about each update. */
  webhook?: string | undefined;
  /** Whether it protects nothing outside of this machine: `railhead:ownMachine`. */
  ownMachine: boolean;
}

/** Settings that no two environments share: the name of the data, their owner, the address range. Keys without `railhead:`. */
export const settingsOfOneEnvironment = ['identity', 'owner', 'dockerPool'];

export const dockerPoolRule = 'an IPv4 range of private addresses, such as 10.93.0.0/16';

export const dockerPool = z
  .string(dockerPoolRule)
  .regex(/^(10|172|192)(\.\d{1,3}){3}\/(1[2-9]|2[0-4])$/, dockerPoolRule);

const soakRule = 'a duration of whole minutes, hours or days, such as 30m, 2h or 3d';

const soak = z
  .string(soakRule)
  .regex(/^[1-9]\d{0,4}[mhd]$/, soakRule)
  .transform(
    (text) => Number.parseInt(text, 10) * { m: 60, h: 3600, d: 86_400 }[text.slice(-1) as 'm' | 'h' | 'd'],
  );

const webhookRule = 'an address with https, or with http on this machine, without a user name or password';

const webhook = z.url(webhookRule).refine((address) => {
  // zod calls `refine` also after `url` has failed.
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return username === '' && password === '' && isSafe;
}, webhookRule);

const environmentFile = z.object({
  config: z.looseObject({
    'railhead:stackFile': z.string(),
    'railhead:target': z.string(),
    'railhead:dockerPool': dockerPool.optional(),
    'railhead:identity': z.string().optional(),
    'railhead:owner': z.string().optional(),
    'railhead:store': z.string().min(1).optional(),
    'railhead:promotesFrom': z.string().min(1).optional(),
    'railhead:soak': soak.optional(),
    'railhead:signedBy': z.string().min(1).optional(),
    'railhead:webhook': webhook.optional(),
    'railhead:ownMachine': z.union([z.boolean(), z.literal(['true', 'false'])]).optional(),
  }),
  /** Pulumi ESC: additional configuration that only Pulumi can read. */
  environment: z.unknown().optional(),
});

/**
 * Reads `Pulumi.<name>.yaml` without Pulumi, for commands that do not need the engine. Throws UserError.
 *
 * @param root absolute path of the project
 */
export function readEnvironment(name: string, root = projectRoot()): Environment {
  const file = join(root, `Pulumi.${name}.yaml`);
  if (!existsSync(file)) {
    throw new UserError(
      `There is no environment "${name}": Pulumi.${name}.yaml does not exist. Known: ${environmentNames(root).join(', ')}.`,
    );
  }
  const parsed = environmentFile.safeParse(readSettingsFile(file));
  if (!parsed.success) {
    throw new UserError(`Pulumi.${name}.yaml:\n${z.prettifyError(parsed.error)}`);
  }
  const { config, environment } = parsed.data;
  const has = (secret: string) => environment !== undefined || `railhead:${secret}` in config;
  return {
    name,
    stackFile: config['railhead:stackFile'],
    target: config['railhead:target'],
    secrets: { has, valueOf: () => undefined },
    dockerPool: config['railhead:dockerPool'],
    identity: config['railhead:identity'],
    owner: config['railhead:owner'],
    store: config['railhead:store'],
    promotesFrom: config['railhead:promotesFrom'],
    soak: config['railhead:soak'],
    signedBy: config['railhead:signedBy'],
    webhook: config['railhead:webhook'],
    ownMachine: String(config['railhead:ownMachine']) === 'true',
  };
}

/** Parses a file `Pulumi.<name>.yaml`. Throws UserError if it is not YAML. */
export function readSettingsFile(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'), { logLevel: 'error' });
  } catch (error) {
    throw new UserError(
      `${relative(process.cwd(), file)} cannot be read: ${(error as Error).message.trim()}`,
    );
  }
}

/** Returns the path of the stack file relative to the current folder, the form that problems show. */
export function stackFilePath({ stackFile }: Environment): string {
  return relative(process.cwd(), join(projectRoot(), stackFile));
}

/** Returns the names of all environments of the project; none outside a project. */
export function environmentNames(root = findProject()): string[] {
  return (root === undefined || !existsSync(root) ? [] : readdirSync(root))
    .map((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1])
    .filter((name) => name !== undefined)
    .toSorted();
}
