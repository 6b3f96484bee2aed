import type { PreviewDocument } from '../../changes/model.ts';
import type { PreviewRun } from '../event.ts';
import type { FakeGitHub } from './github.ts';
import { zip } from './zip.ts';

const sha = '5f3a1c09d2b84e7766aa10c4f0e2b7d9c8a65e31';

/** The run of a pull request from a fork. */
export const run: PreviewRun = {
  repository: 'acme/shop',
  id: 4100,
  order: [12, 1],
  succeeded: true,
  url: 'https://github.test/acme/shop/actions/runs/4100',
  workflow: '.github/workflows/preview.yml',
  sha,
  head: { branch: 'faster & better', owner: 'mallory', repository: 77 },
};

/** The event file of such a run, as the runner writes it. */
export function eventOf(
  { repository, id, order, succeeded, url, workflow, sha, head }: PreviewRun,
  event = 'pull_request',
) {
  return {
    action: 'completed',
    repository: { full_name: repository },
    workflow_run: {
      id,
      event,
      run_number: order[0],
      run_attempt: order[1],
      conclusion: succeeded ? 'success' : 'failure',
      html_url: url,
      path: workflow,
      head_sha: sha,
      head_branch: head?.branch ?? null,
      head_repository: head === undefined ? null : { id: head.repository, owner: { login: head.owner } },
    },
  };
}

/** Opens the pull request of the run and hands over its artifact. */
export function handOver(github: FakeGitHub, document: unknown, number: string | number = 7): void {
  github.pulls = [pullRequest(7)];
  github.artifact = zip({ 'pull-request': `${number}\n`, 'preview.json': JSON.stringify(document) });
}

export function pullRequest(
  number: number,
  { label = 'mallory:faster & better', head = sha, state = 'open' } = {},
) {
  return { number, state, head: { label, sha: head, repo: { id: 77 } } };
}

/** A preview with one changed service. */
export function documentOf(
  service = 'api',
  change: Partial<PreviewDocument['environments'][number]> = {},
): PreviewDocument {
  return {
    version: 1,
    railhead: '0.1.0',
    environments: [
      {
        environment: 'prod',
        target: 'kubernetes',
        stackFile: 'stacks/shop.prod.yaml',
        source: {
          kind: 'commits',
          base: { hash: 'a'.repeat(40), subject: 'The shop opens' },
          head: { hash: sha, subject: 'Faster & better' },
        },
        services: [
          {
            service,
            change: 'changed',
            causes: [
              {
                kind: 'field',
                path: 'replicas',
                before: '2',
                after: '3',
                place: { file: 'stacks/shop.yaml', line: 9 },
              },
            ],
            values: [],
            size: { replicas: { before: '2', after: '3' } },
            resources: [
              {
                type: 'kubernetes:apps/v1:Deployment',
                name: service,
                operation: 'update',
                paths: ['spec.replicas'],
              },
            ],
          },
        ],
        same: 11,
        network: [],
        risks: [],
        policy: [],
        graph: { services: [{ name: service, form: 'code', change: 'changed' }], edges: [] },
        notes: [],
        ...change,
      },
    ],
  };
}
