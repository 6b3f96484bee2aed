import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastLine } from '../shared/preflight.ts';
import type { Check } from '../shared/check.ts';
import { argoGroup } from './argo.ts';
import type { Kubectl } from './kubectl.ts';
import { argoKinds } from './kinds/argo.ts';
import type { Kind } from './needs.ts';
import { watchedKinds } from './kinds/objects.ts';

const verbs = ['get', 'create', 'patch', 'delete'];
/** For the namespace only `get` is needed: it may exist already, and another user may have to delete it. */
const verbsOfNamespace = ['get'];

/** The change that begins the steps of an aborted Rollout again. */
const abortedRollout = { group: argoGroup, resource: 'rollouts', subresource: 'status', verb: 'patch' };

/** The template of kubectl's output: one line for each review, for example `patch deployments.apps true`. */
const shape =
  '{{with .spec.resourceAttributes}}{{.verb}} {{.resource}}{{with .group}}.{{.}}{{end}}{{with .subresource}}/{{.}}{{end}}{{end}}';
const template = `${shape} {{.status.allowed}}{{"\\n"}}`;

/** Checks with the API server that the user has the rights that `up` and `down` need for every kind of object. */
export async function checkRights(kubectl: Kubectl, namespace: string, kinds: Kind[]): Promise<Check> {
  const name = 'Rights';
  const folder = await mkdtemp(join(tmpdir(), 'railhead-'));
  try {
    const file = join(folder, 'reviews.json');
    await writeFile(
      file,
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: reviewsOf(namespace, kinds) }),
    );
    const { code, stdout, problem } = await kubectl(
      'create',
      `--filename=${file}`,
      `--output=go-template=${template}`,
    );
    if (code !== 0) return { name, found: `not checked: ${lastLine(problem)}` };
    return describeRights(stdout, namespace, kinds);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Returns a SelfSubjectAccessReview for each right that `up` and `down` need. */
export function reviewsOf(namespace: string, kinds: Kind[]) {
  const changed = kinds.flatMap((kind) =>
    (kind.resource === 'namespaces' ? verbsOfNamespace : verbs).map((verb) => ({ ...kind, verb })),
  );
  const isTriedOut = kinds.some(({ group }) => group === argoGroup);
  const watched = [...watchedKinds, ...(isTriedOut ? argoKinds : [])].map((kind) => ({
    ...kind,
    verb: 'list',
  }));
  const triedAgain = isTriedOut ? [abortedRollout] : [];
  return [...changed, ...watched, ...triedAgain].map(({ resource, ...rest }) => ({
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { ...(resource !== 'namespaces' && { namespace }), resource, ...rest } },
  }));
}

/**
 * Checks the results of the reviews.
 *
 * @param answer one line for each review
 */
export function describeRights(answer: string, namespace: string, kinds: Kind[]): Check {
  const name = 'Rights';
  const refused = answer
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, , allowed]) => allowed === 'false');
  if (refused.length === 0) return { name, found: `granted for all ${kinds.length} kinds of objects` };
  const byKind = Map.groupBy(refused, ([, kind = '']) => kind);
  const found = [...byKind].map(([kind, lines]) => `${lines.map(([verb]) => verb).join(', ')} ${kind}`);
  return {
    name,
    found: `this user may not ${found.join('; ')}`,
    mend: `kubectl auth can-i --list -n ${namespace}`,
  };
}
