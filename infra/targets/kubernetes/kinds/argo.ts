import * as z from 'zod';
import { argoGroup, updateAnnotation, versionLabel } from '../argo.ts';
import type { Kind } from '../needs.ts';

/** The kinds of Argo Rollouts that are read to wait for a Rollout. */
export const argoKinds: Kind[] = [
  { group: argoGroup, resource: 'rollouts' },
  { group: argoGroup, resource: 'analysisruns' },
];

const jobName = 'job-name';

const analysisRun = z.object({
  kind: z.literal('AnalysisRun'),
  metadata: z.object({
    name: z.string(),
    creationTimestamp: z.string().default(''),
    labels: z.record(z.string(), z.string()).default({}),
    annotations: z.record(z.string(), z.string()).default({}),
    ownerReferences: z.array(z.object({ uid: z.string() })).default([]),
  }),
  status: z
    .object({
      phase: z.string().default(''),
      message: z.string().default(''),
      metricResults: z
        .array(
          z.object({
            measurements: z
              .array(z.object({ metadata: z.record(z.string(), z.string()).default({}) }))
              .default([]),
          }),
        )
        .default([]),
    })
    .default({ phase: '', message: '', metricResults: [] }),
});

const judgePod = z.object({
  kind: z.literal('Pod'),
  metadata: z.object({ labels: z.record(z.string(), z.string()).default({}) }),
  status: z.object({
    containerStatuses: z
      .array(
        z.object({
          state: z.object({ terminated: z.object({ message: z.string().default('') }).optional() }),
        }),
      )
      .default([]),
  }),
});

/** The judgement of a step of a canary. */
export interface Judged {
  /** The AnalysisRun. */
  name: string;
  phase: string;
  /** What the judge has found, or why there is no judgement. */
  text: string;
}

/**
 * Returns the judgements of the newest update of a Rollout, the oldest first.
 *
 * @param items the objects of the namespace
 * @param version the hash of the template of the pods of the version
 */
export function judgementsOf(
  items: unknown[],
  { uid, annotations }: { uid: string; annotations: Record<string, string> },
  version: string,
): Judged[] {
  const runs = items
    .flatMap((item) => analysisRun.safeParse(item).data ?? [])
    .filter(({ metadata }) => metadata.ownerReferences.some((owner) => owner.uid === uid))
    .filter(({ metadata }) => metadata.labels[versionLabel] === version)
    .filter(({ metadata }) => metadata.annotations[updateAnnotation] === annotations[updateAnnotation])
    .toSorted(
      ({ metadata: one }, { metadata: other }) =>
        Date.parse(one.creationTimestamp) - Date.parse(other.creationTimestamp),
    );
  const pods = items.flatMap((item) => judgePod.safeParse(item).data ?? []);
  return runs.map(({ metadata: { name }, status }) => {
    const jobs = status.metricResults.flatMap(({ measurements }) =>
      measurements.map(({ metadata }) => metadata[jobName]),
    );
    const told = pods
      .filter(({ metadata }) => jobs.some((job) => job !== undefined && metadata.labels[jobName] === job))
      .flatMap(({ status }) => status.containerStatuses.map(({ state }) => state.terminated?.message ?? ''))
      .findLast((message) => message !== '');
    return { name, phase: status.phase, text: (told ?? status.message).trim() };
  });
}
