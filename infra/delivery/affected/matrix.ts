import { stringify } from 'yaml';
import type { AffectedDocument } from './document.ts';

/** A service that a job of the pipeline is for. */
interface Job {
  service: string;
  source: string;
}

/** Returns the affected services that are built from source, and with `dependents` those that connect to them. */
export function jobsOf({ services, dependents }: AffectedDocument, withDependents: boolean): Job[] {
  return [...services, ...(withDependents ? dependents : [])]
    .flatMap(({ service, source }) => (source === undefined ? [] : [{ service, source }]))
    .toSorted((one, other) => (one.service < other.service ? -1 : 1));
}

/** Returns the lines of $GITHUB_OUTPUT. GitHub fails a job with an empty matrix, so `count` is for its `if`. */
export function githubOutput(jobs: readonly Job[], environments: readonly string[]): string {
  return [
    `matrix=${JSON.stringify({ include: jobs })}`,
    `count=${jobs.length}`,
    environmentsOutput(environments),
  ].join('\n');
}

/** Returns the line of $GITHUB_OUTPUT with environments, for a matrix. */
export function environmentsOutput(names: readonly string[]): string {
  return `environments=${JSON.stringify(names)}`;
}

/**
 * Returns a child pipeline of GitLab: a matrix of jobs that extend the hidden job `.service` of a file. GitLab refuses a pipeline
 * without jobs, so an empty matrix is one job that does nothing.
 *
 * @param file path in the repository
 */
export function gitlabPipeline(jobs: readonly Job[], file: string): string {
  const matrix = jobs.map(({ service, source }) => ({ SERVICE: service, SOURCE: source }));
  const pipeline =
    jobs.length === 0
      ? { 'nothing-affected': { script: ['true'] } }
      : {
          include: [{ local: file.startsWith('/') ? file : `/${file}` }],
          affected: { extends: '.service', parallel: { matrix } },
        };
  return stringify(pipeline, { lineWidth: 0 }).trimEnd();
}
