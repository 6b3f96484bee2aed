import * as z from 'zod';
import { UserError } from '../../../../tools/user-error.ts';
import { lastLine } from '../../shared/preflight.ts';
import type { Kubectl } from '../kubectl.ts';

const object = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: z.record(z.string(), z.string()).default({}),
    creationTimestamp: z.string().optional(),
    ownerReferences: z.array(z.unknown()).default([]),
  }),
});

/** An object of a cluster, as the API server returns it. */
export type LiveObject = z.infer<typeof object>;

/** What a namespace contains. */
export interface Contents {
  objects: LiveObject[];
  /** Kinds that the credentials of this machine cannot list. */
  forbidden: string[];
}

/** Kinds that controllers write all the time, so that an object of them is not foreign. */
const passing =
  /^(bindings|events|endpoints|endpointslices|leases|controllerrevisions|pods\.metrics\.k8s\.io)(\.|$)/;

/** Reads all objects of a namespace, with who has set their fields. Throws UserError if the cluster does not answer. */
export async function readNamespace(kubectl: Kubectl, namespace: string): Promise<Contents> {
  const resources = await kubectl('api-resources', '--namespaced', '--verbs=list', '--output=name');
  const kinds = resources.stdout.split('\n').filter((name) => name !== '' && !passing.test(name));
  // kubectl prints the kinds that it knows although one API service does not answer.
  if (kinds.length === 0) throw noAnswer(resources.problem);
  return readKinds(kubectl, [...new Set(kinds)], [`--namespace=${namespace}`]);
}

/** Reads a namespace itself; none if it does not exist. */
export async function readNamespaceObject(kubectl: Kubectl, namespace: string): Promise<LiveObject[]> {
  return (await readKinds(kubectl, ['namespace', namespace], [])).objects;
}

async function readKinds(kubectl: Kubectl, what: readonly string[], flags: string[]): Promise<Contents> {
  const [kinds = '', ...names] = flags.length === 0 ? what : [what.join()];
  const args = [
    'get',
    kinds,
    ...names,
    ...flags,
    '--ignore-not-found',
    '--show-managed-fields',
    '--output=json',
  ];
  const { code, stdout, problem } = await kubectl(...args);
  const lines = problem.split('\n').filter((line) => line.trim() !== '');
  const isForbidden = (line: string) => /\(Forbidden\)/.test(line);
  if (code !== 0 && !lines.every(isForbidden)) throw noAnswer(problem);
  const forbidden = lines
    .filter(isForbidden)
    .map((line) => /cannot list resource "([^"]+)"/.exec(line)?.[1] ?? line);
  return { objects: parseObjects(stdout), forbidden };
}

/** Parses the output of `kubectl get`: a list, one object, or nothing. */
export function parseObjects(text: string): LiveObject[] {
  if (text.trim() === '') return [];
  const found: unknown = JSON.parse(text);
  const list = z.object({ kind: z.literal('List'), items: z.array(object) }).safeParse(found).data;
  return list?.items ?? [object.parse(found)];
}

function noAnswer(problem: string): UserError {
  return new UserError(`The cluster was not compared, since kubectl failed: ${lastLine(problem)}`);
}
