import { resolve } from 'node:path';
import { defaultEnvironment } from '../common/default-environment.ts';
import { Command, Option } from '@commander-js/extra-typings';
import { stackOption, valueOption } from './options.ts';

export const command = new Command('render')
  .description('Print the files that deploy an environment without Pulumi, such as Kubernetes manifests.')
  .addOption(stackOption())
  .addOption(valueOption('--out <folder>', 'write files into this folder instead of printing them'))
  .addOption(valueOption('--secrets <file>', 'fill in the values of secrets; by default they are empty'))
  .addOption(
    new Option('--gateway', 'print the Cloudflare resources, with every secret masked').conflicts([
      'out',
      'secrets',
    ]),
  )
  .action(({ stack = defaultEnvironment(), ...options }) => show(stack, options));

interface Options {
  out?: string | undefined;
  secrets?: string | undefined;
  gateway?: true | undefined;
}

/** Renders an environment and prints or writes the result. Throws UserError. */
async function show(stack: string, values: Options): Promise<void> {
  // The Pulumi program changes the working directory.
  const out = values.out === undefined ? undefined : resolve(values.out);
  // Pulumi loads slowly, and only this command needs it.
  const [{ render, renderGateway }, { noSecrets, readSecrets }, { writeFiles }] = await Promise.all([
    import('../delivery/render/render.ts'),
    import('../delivery/render/secrets.ts'),
    import('../delivery/render/write.ts'),
  ]);
  const secrets = values.secrets === undefined ? noSecrets : readSecrets(values.secrets);
  const progress = (line: string) => console.error(line);
  if (values.gateway) {
    process.stdout.write(await renderGateway(stack, progress));
    return;
  }
  const files = await render(stack, secrets, progress, out);
  if (out === undefined) {
    const documents = [...files].filter(([name]) => name.endsWith('.yaml'));
    process.stdout.write(documents.map(([, text]) => text).join('---\n'));
    if (documents.length < files.size)
      progress(
        `Not printed: ${files.size - documents.length} files that services mount. Write all with --out`,
      );
  } else {
    writeFiles(out, files, secrets.given);
    console.error(`Files written to ${values.out}: ${files.size}`);
  }
}
