import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../stack/problem.ts';
import { stackOption } from './stack-option.ts';

export const usage =
  'render -s env [--out DIR]   Show what would be applied: manifests or a Compose file; --secrets FILE fills secrets in; --gateway: Cloudflare.';

/** Prints what an environment would apply, or writes it to a folder. Throws UserError. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      ...stackOption,
      out: { type: 'string' },
      secrets: { type: 'string' },
      gateway: { type: 'boolean', default: false },
    },
  });
  if (values.gateway && (values.out !== undefined || values.secrets !== undefined)) {
    throw new UserError(
      '--gateway prints with every secret masked; it goes with neither --out nor --secrets.',
    );
  }
  if (values.out === '') throw new UserError('--out needs the name of a folder.');
  // The program changes the folder.
  const out = values.out === undefined ? undefined : resolve(values.out);
  // Pulumi is slow to load, and only needed here.
  const [{ render, renderGateway }, { noSecrets, readSecrets }, { writeFiles }] = await Promise.all([
    import('../delivery/render/render.ts'),
    import('../delivery/render/secrets.ts'),
    import('../delivery/render/write.ts'),
  ]);
  const secrets = values.secrets === undefined ? noSecrets : readSecrets(values.secrets);
  const progress = (line: string) => console.error(line);
  if (values.gateway) {
    process.stdout.write(await renderGateway(values.stack, progress));
    return 0;
  }
  const files = await render(values.stack, secrets, progress);
  if (out === undefined) {
    process.stdout.write([...files.values()].join('---\n'));
  } else {
    writeFiles(out, files, secrets.given);
    console.error(`Files written to ${values.out}: ${files.size}`);
  }
  return 0;
}
