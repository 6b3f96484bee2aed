import { readEnvironment, repositoryRoot } from '../environment.ts';
import { recover } from '../delivery/recover.ts';
import { removeData } from '../targets/process/data.ts';
import { endStrays } from './end-strays.ts';
import { openEngine } from './engine-call.ts';
import { requirePassphrase } from './engine-environment.ts';
import { requireProcesses } from './own-tools.ts';
import { takeStack } from './stack-option.ts';

export const usage =
  'down [-s env] [--data]  Take the system away and keep its data; --data removes that too.';

export async function run(args: string[]): Promise<number> {
  const { stack = 'dev', rest } = takeStack(args);
  const flags = rest.filter((argument) => argument !== '--data');
  const environment = readEnvironment(stack);
  if (rest.includes('--data')) requireProcesses(environment, 'data');
  requirePassphrase(repositoryRoot, stack);
  const pulumi = await openEngine(stack);
  for (const line of (await recover(pulumi, stack)) ?? []) console.log(line);
  const known = await pulumi.read(['stack', '--stack', stack, '--show-name']);
  if (known.code === 0) {
    // On Kubernetes data are resources, protected outside dev.
    const kept = environment.target === 'kubernetes' ? ['--exclude-protected'] : [];
    const code = await pulumi.run([
      'destroy',
      '--stack',
      stack,
      '--yes',
      '--skip-preview',
      ...kept,
      ...flags,
    ]);
    if (code !== 0) return code;
  } else {
    console.log(`Nothing runs: the stack ${stack} does not exist.`);
  }
  await endStrays(pulumi, stack, []);
  if (rest.includes('--data')) {
    const removed = await removeData(repositoryRoot, stack);
    console.log(
      removed.length === 0 ? 'There is no data.' : removed.map((path) => `Removed ${path}`).join('\n'),
    );
  }
  return 0;
}
