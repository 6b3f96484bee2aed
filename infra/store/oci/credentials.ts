import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { capture } from '../../../tools/command.ts';
import { codeOf } from '../../../tools/error-code.ts';
import { parseJson } from '../../common/parse-json.ts';
import { UserError } from '../../../tools/user-error.ts';

/** What a registry gets to identify the user: a name with a password, or a token of an identity. */
export type Credentials = { user: string; password: string } | { identityToken: string };

const config = z.object({
  auths: z
    .record(z.string(), z.object({ auth: z.string().optional(), identitytoken: z.string().optional() }))
    .default({}),
  credsStore: z.string().optional(),
  credHelpers: z.record(z.string(), z.string()).default({}),
});

/**
 * Returns the credentials that `docker login` has stored for a registry, in a file or with a helper program. Undefined if there are
 * none. Throws UserError.
 */
export async function readCredentials(registry: string): Promise<Credentials | undefined> {
  const file = join(process.env.DOCKER_CONFIG ?? join(homedir(), '.docker'), 'config.json');
  const { auths, credHelpers, credsStore } = await readConfig(file);
  const names = namesOf(registry);
  const helper = names.map((name) => credHelpers[name]).find((found) => found !== undefined) ?? credsStore;
  if (helper !== undefined) {
    for (const name of names) {
      const found = await askHelper(`docker-credential-${helper}`, name);
      if (found !== undefined) return found;
    }
  }
  const { auth, identitytoken } = names.map((name) => auths[name]).find((found) => found !== undefined) ?? {};
  if (identitytoken !== undefined) return { identityToken: identitytoken };
  return auth === undefined ? undefined : fromBasic(auth);
}

/** Returns the names under which Docker stores the credentials of a registry. */
function namesOf(registry: string): string[] {
  const hub = registry === 'docker.io' ? ['https://index.docker.io/v1/', 'index.docker.io'] : [];
  return [...hub, registry, `https://${registry}`, `https://${registry}/`];
}

async function readConfig(file: string): Promise<z.infer<typeof config>> {
  try {
    return config.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return config.parse({});
    throw new UserError(`${file} cannot be read as the configuration of Docker. Correct it.`);
  }
}

function fromBasic(auth: string): Credentials | undefined {
  const decoded = Buffer.from(auth, 'base64').toString();
  const colon = decoded.indexOf(':');
  return colon < 1 ? undefined : { user: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

const answer = z.object({ Username: z.string(), Secret: z.string() });

/** Milliseconds that a helper program has: it may ask the user. */
const patience = 30_000;

/** Asks a helper program, which reads the name of a registry and prints JSON. No message shows what it prints: it can be a password. */
async function askHelper(program: string, name: string): Promise<Credentials | undefined> {
  const { code, stdout } = await capture(program, ['get'], { input: name, timeout: patience });
  if (code === null) {
    throw new UserError(
      `${program}, which the configuration of Docker names, cannot be started, or did not end within ${patience / 1000} s. Install it, or correct the configuration: docker login ${name}`,
    );
  }
  if (code !== 0) return undefined;
  const { data } = answer.safeParse(parseJson(stdout));
  if (data === undefined) {
    throw new UserError(
      `${program}, which the configuration of Docker names, gave no credentials of ${name} in a form that Docker reads. Next: docker login ${name}`,
    );
  }
  if (data.Username === '<token>') return { identityToken: data.Secret };
  return { user: data.Username, password: data.Secret };
}
