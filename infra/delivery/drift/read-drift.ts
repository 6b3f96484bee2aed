import { withProgress, type Progress } from '../../../tools/command.ts';
import { UserError } from '../../../tools/user-error.ts';
import { npmCommand } from '../../common/commands.ts';
import type { Environment } from '../../common/environment.ts';
import { openStore } from '../../store/open-store.ts';
import type { DriftFinding } from '../../targets/shared/drift.ts';
import type { Target } from '../../targets/shared/target.ts';
import { readHistory } from '../history/read-history.ts';
import { readState, type Pulumi } from '../state/read-plan.ts';
import type { ExportedResource } from '../state-resources.ts';
import { deployedResources, secretTexts } from './deployed.ts';
import type { DriftDocument } from './document.ts';
import { hideSecrets } from './hide-secrets.ts';
import { sentenceOf } from './words.ts';

export interface Look {
  document: DriftDocument;
  /** The state that was compared. Its secrets are in plain text. */
  state: ExportedResource[];
}

/**
 * Compares what an environment has deployed, as its state records it, with what exists. Stack files are not read: what they change is
 * no drift. Reads only. Throws UserError if it cannot look.
 */
export async function readDrift(
  pulumi: Pulumi,
  {
    root,
    environment,
    target,
    progress,
  }: { root: string; environment: Environment; target: Target; progress: Progress },
): Promise<Look> {
  const { name } = environment;
  if (target.drift === undefined) {
    throw new UserError(`The target ${target.name} does not say how what runs differs from the state.`);
  }
  return withProgress(progress, `Comparing ${name} with its last update`, async () => {
    const state = await readState(pulumi, name);
    const deployed = deployedResources(state);
    if (deployed.length === 0) {
      throw new UserError(`Nothing is deployed in ${name}. Next: ${npmCommand('up', name)}`);
    }
    const { where, findings, notes } = await target.drift!(deployed, { root, environment: name });
    const secrets = secretTexts(state);
    const shown = findings.map((finding) => hideSecrets(finding, secrets)).toSorted(byService);
    const last = await lastUpdate(environment);
    const document: DriftDocument = {
      version: 1,
      environment: name,
      target: target.name,
      time: new Date().toISOString(),
      ...(last && { deployed: last }),
      where,
      drifted: shown.length > 0,
      findings: shown.map((finding) => ({ ...finding, sentence: sentenceOf(finding, where) })),
      notes,
    };
    return { document, state };
  });
}

/** Services first, in the order of their names; then what belongs to none. */
function byService(one: DriftFinding, other: DriftFinding): number {
  const key = ({ service, resource, what = '' }: DriftFinding) =>
    [service === undefined ? '1' : '0', service, resource, what].join('\n');
  return key(one) < key(other) ? -1 : 1;
}

/** Returns the last update in the history. A store that cannot be read hides no drift. */
async function lastUpdate({ name, store }: Environment): Promise<DriftDocument['deployed']> {
  const { records } = await readHistory(openStore({ name, store }), name, 20).catch(() => ({ records: [] }));
  const last = records.find(({ command, ending }) => command === 'up' && ending?.result === 'succeeded');
  return last && { number: last.number, time: last.started };
}
