import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { UserError } from '../../../../tools/user-error.ts';
import type { Kubectl } from '../kubectl.ts';

/** Annotation of a Job whose failure was reported. */
export const reported = 'railhead/reported';

const labels = z.record(z.string(), z.string());
const job = z.looseObject({
  metadata: z.object({ name: z.string(), namespace: z.string(), labels, annotations: labels }),
  spec: z.looseObject({
    template: z.looseObject({ metadata: z.looseObject({ labels }) }),
  }),
});

/** Replaces a failed Job with an identical one, which then runs. Kubernetes does not run a Job again. */
export async function runAgain(kubectl: Kubectl, namespace: string, name: string): Promise<void> {
  const { stdout } = await must(kubectl, 'get', 'job', name, `--namespace=${namespace}`, '--output=json');
  const folder = await mkdtemp(join(tmpdir(), 'railhead-'));
  try {
    const file = join(folder, 'job.json');
    await writeFile(file, JSON.stringify(freshJob(JSON.parse(stdout))), { mode: 0o600 });
    await must(kubectl, 'replace', '--force', '--grace-period=1', `--filename=${file}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Returns the Job without the fields that the cluster added. */
export function freshJob(answer: unknown): object {
  const { metadata, spec, ...rest } = job.parse(answer);
  const own = (all: Record<string, string>) =>
    Object.fromEntries(Object.entries(all).filter(([label]) => !/controller-uid$|job-name$/.test(label)));
  const annotations = { ...metadata.annotations };
  delete annotations[reported];
  const { template } = spec;
  return {
    apiVersion: rest['apiVersion'],
    kind: rest['kind'],
    metadata: { ...metadata, labels: own(metadata.labels), annotations },
    spec: {
      ...spec,
      selector: undefined,
      template: {
        ...template,
        metadata: { ...template.metadata, labels: own(template.metadata.labels) },
      },
    },
  };
}

async function must(kubectl: Kubectl, ...args: string[]) {
  const result = await kubectl(...args);
  if (result.code !== 0) throw new UserError(`kubectl ${args[0]} failed: ${result.problem}`);
  return result;
}
