import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeJsonSchema } from '../common/json-schema.ts';
import { packageRoot } from '../common/roots.ts';
import { affectedDocumentSchema } from '../delivery/affected/document.ts';
import { artifactsDocumentSchema } from '../delivery/artifacts/document.ts';
import { driftDocumentSchema } from '../delivery/drift/document.ts';
import { environmentDiffSchema } from '../delivery/environments/document.ts';
import { historyDocumentSchema } from '../delivery/history/document.ts';
import { pullRequestDocumentSchema, pullRequestsDocumentSchema } from '../delivery/pull-requests/document.ts';
import { notificationSchema } from '../delivery/notify/notification.ts';
import { updateDocumentSchema } from './up-end.ts';

/** Generates the JSON Schemas of what commands print, each with its absolute path. */
export async function makeSchemas(): Promise<[file: string, text: string][]> {
  const history = makeJsonSchema(historyDocumentSchema, {
    id: 'history',
    title: 'Railhead history',
    description: 'What `railhead history --json` prints. It contains no values of secrets.',
  });
  const artifacts = makeJsonSchema(artifactsDocumentSchema, {
    id: 'artifacts',
    title: 'Railhead artifacts',
    description: 'What `railhead artifacts list --json` prints.',
  });
  const update = makeJsonSchema(updateDocumentSchema, {
    id: 'update',
    title: 'Railhead update',
    description: 'What `railhead up --json` prints.',
  });
  const affected = makeJsonSchema(affectedDocumentSchema, {
    id: 'affected',
    title: 'Railhead affected',
    description: 'What `railhead affected --json` prints.',
  });
  const drift = makeJsonSchema(driftDocumentSchema, {
    id: 'drift',
    title: 'Railhead drift',
    description: 'What `railhead drift --json` prints. It contains no values of secrets.',
  });
  const pullRequest = makeJsonSchema(pullRequestDocumentSchema, {
    id: 'pull-request',
    title: 'Railhead pull request',
    description: 'What `railhead pr up --json` prints.',
  });
  const pullRequests = makeJsonSchema(pullRequestsDocumentSchema, {
    id: 'pull-requests',
    title: 'Railhead pull requests',
    description: 'What `railhead pr list --json` and `railhead pr reap --json` print.',
  });
  const notification = makeJsonSchema(notificationSchema, {
    id: 'notification',
    title: 'Railhead notification',
    description: 'What the webhook of an environment gets at the end of each command that is in its history.',
  });
  const diff = makeJsonSchema(environmentDiffSchema, {
    id: 'environment-diff',
    title: 'Railhead difference of environments',
    description: 'What `railhead env diff --json` prints. It contains no values of secrets.',
  });
  return [
    [join(packageRoot, 'stacks/pull-request.schema.json'), await pullRequest],
    [join(packageRoot, 'stacks/pull-requests.schema.json'), await pullRequests],
    [join(packageRoot, 'stacks/affected.schema.json'), await affected],
    [join(packageRoot, 'stacks/artifacts.schema.json'), await artifacts],
    [join(packageRoot, 'stacks/drift.schema.json'), await drift],
    [join(packageRoot, 'stacks/environment-diff.schema.json'), await diff],
    [join(packageRoot, 'stacks/history.schema.json'), await history],
    [join(packageRoot, 'stacks/notification.schema.json'), await notification],
    [join(packageRoot, 'stacks/update.schema.json'), await update],
  ];
}

if (import.meta.main) {
  for (const [file, text] of await makeSchemas()) writeFileSync(file, text);
}
