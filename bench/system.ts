import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { engineEnvironment, pluginEnvironment } from '../infra/cli/engine-environment.ts';
import { packageRoot } from '../infra/common/roots.ts';
import { Clone } from '../tests/live/clone.ts';
import { capture } from '../tools/command.ts';

type Variables = Readonly<Record<string, string>>;

/** Another project than that of the system. */
interface Place {
  folder?: string;
  backend?: string;
}

/** Rota in a copy of this work tree with its dependencies and bundles, as an installed package has them. */
export class System {
  readonly #clone = new Clone();
  readonly root = this.#clone.folder;

  constructor() {
    symlinkSync(join(packageRoot, 'node_modules'), join(this.root, 'node_modules'));
    cpSync(join(packageRoot, 'dist'), join(this.root, 'dist'), { recursive: true, preserveTimestamps: true });
  }

  /** Runs an npm script of the project with these environment variables too. Throws if it fails. */
  async npm(script: string, variables: Variables = {}): Promise<void> {
    const given = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    const { code } = await this.#clone.run('env', ...given, 'npm', 'run', '--silent', script);
    if (code !== 0) throw new Error(`npm run ${script} ended with ${code}`);
  }

  /** Runs the Pulumi CLI with the environment that the project sets, and with these variables too. Throws if it fails. */
  async pulumi(
    args: string[],
    { folder = this.root, backend }: Place = {},
    variables: Variables = {},
  ): Promise<void> {
    const env = {
      ...process.env,
      ...variables,
      ...engineEnvironment(this.root, 'dev'),
      ...(await pluginEnvironment(this.root, 'dev')),
      ...(backend && { PULUMI_BACKEND_URL: backend }),
    };
    const { code, stdout, problem } = await capture('pulumi', args, { cwd: folder, env });
    if (code !== 0) throw new Error(`pulumi ${args.join(' ')} ended with ${code}:\n${stdout}\n${problem}`);
  }

  /** Stops the services and deletes the copy. Keeps the copy if its services cannot be stopped. */
  async close(): Promise<void> {
    const { code } = await this.#clone.run('npm', 'run', '--silent', 'down', '--', '--data', '--yes');
    if (code === 0) this.#clone.remove();
    else
      console.error(`Services still run in ${this.root}. Run in that folder: npm run down -- --data --yes`);
  }
}
