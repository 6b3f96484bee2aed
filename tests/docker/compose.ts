import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { containersOf, removeLeftovers } from '../../infra/targets/docker/testing/daemon.ts';
import { copyProject, environment } from '../../infra/targets/testing/system.ts';
import { capture } from '../../tools/command.ts';
import { composeCommand } from '../../tools/testing/compose.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { freePort } from '../servers.ts';
import { copyFolders, rotaStack } from './system.ts';

/** Differs from the name of the stack that the engine deploys. */
export const labels = { stack: 'rota-compose', environment };

const patience = 120_000;

export interface ComposedRota {
  root: string;
  /** URL of the gateway. */
  url: string;
  /** Builds images, renders, and waits until every container is healthy. */
  up(): Promise<void>;
  down(): Promise<void>;
  close(): void;
}

/** Returns the reason why Compose cannot be used here, or undefined if it can. */
export function lacksCompose(): string | undefined {
  return composeCommand() === undefined
    ? 'there is no Compose of version 2: neither docker compose nor docker-compose'
    : undefined;
}

/** Prepares Rota from the output of `railhead render`, in a copy of the clone without an engine. */
export async function createComposedRota(): Promise<ComposedRota> {
  removeLeftovers(labels);
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-compose-')));
  const port = await freePort();
  copyProject(root, 'railhead');
  copyFolders(root, ['services', 'stacks']);
  const write = (file: string, content: object, mode = 0o644) =>
    writeFileSync(join(root, file), stringify(content), { mode });
  write('stacks/test.yaml', rotaStack(labels.stack, port));
  write(`Pulumi.${environment}.yaml`, {
    config: { 'railhead:stackFile': 'stacks/test.yaml', 'railhead:target': 'docker' },
  });
  write('secrets.yaml', madeUpSecrets(), 0o600);
  const railhead = (...args: string[]) => run(root, [process.execPath, 'dist/railhead.js', ...args]);
  const compose = (...args: string[]) =>
    run(root, [...composeCommand()!, '--file', 'out/compose.yaml', ...args]);
  return {
    root,
    url: `http://127.0.0.1:${port}`,
    async up() {
      await railhead('images', '--stack', environment);
      await railhead('render', '--stack', environment, '--out', 'out', '--secrets', 'secrets.yaml');
      await compose('up', '--detach');
      await eventually(
        () => containersOf(labels).every(({ State }) => State.Health?.Status === 'healthy'),
        patience,
      );
    },
    down: () => compose('down'),
    close() {
      removeLeftovers(labels);
      rmSync(root, { recursive: true });
    },
  };
}

/** Returns the secrets that the engine would otherwise generate. */
function madeUpSecrets(): Record<string, string> {
  const passwords = ['postgres-superuser', 'postgres-owner', 'postgres-app', 'postgres-readonly', 'redis'];
  const keys = ['gateway', 'web', 'worker'].flatMap((name) => [`${name}-key-1`, `${name}-key-2`]);
  const privateKey = () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return Object.fromEntries([
    ...passwords.map((name) => [`${name}.password`, randomBytes(16).toString('hex')]),
    ...keys.map((name) => [`${name}.privateKey`, privateKey()]),
  ]) as Record<string, string>;
}

async function run(cwd: string, [program = '', ...args]: string[]): Promise<void> {
  const { code, stdout, problem } = await capture(program, args, { cwd });
  if (code !== 0) throw new Error(`${[program, ...args].join(' ')}:\n${stdout}\n${problem}`);
}
