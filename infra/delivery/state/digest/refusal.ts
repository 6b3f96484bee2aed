import { UserError } from '../../../../tools/user-error.ts';
import { railheadCommand } from '../../../common/commands.ts';
import type { Commit } from '../../../program/commit.ts';
import { formatDigest, partNames, type Digest, type PartName } from './digest.ts';

/** What an update would do now. */
interface Now {
  digest: Digest;
  /** The commit of the last update. */
  deployed: Commit | undefined;
}

/**
 * Throws UserError if an update would do anything else than the reviewed preview.
 *
 * @param details what moved, where more is known than a digest holds
 */
export function requireSame(reviewed: Digest, now: Now, details: () => readonly string[]): void {
  if (formatDigest(reviewed) === formatDigest(now.digest)) return;
  const parts = partNames.filter((name) => reviewed.parts[name] !== now.digest.parts[name]);
  const moved = [...parts.map((name) => describe(name, now)), ...details()];
  throw refusal(
    reviewed.environment,
    moved.length > 0 ? moved : ['The digest is damaged: check that you copied all of it.'],
  );
}

/** Throws UserError if the file of a preview shows something else than the update: `edited` has the differences. */
export function requireUnedited(environment: string, edited: readonly string[]): void {
  if (edited.length === 0) return;
  throw refusal(environment, [
    'The file shows something else than this update would do, although the digest is the same: the file was edited, or a waiver has ended or a resource has drifted since.',
    ...edited,
  ]);
}

/** Returns the error for a state that changed after the preview was compared. */
export function stateMoved(environment: string): UserError {
  return refusal(environment, ['Another update changed the state while this one was checked.']);
}

function refusal(environment: string, moved: readonly string[]): UserError {
  return new UserError(
    [
      `An update of ${environment} would not do what the preview shows, so nothing was changed.`,
      ...moved.map((line) => `- ${line}`),
      `Preview it again: ${railheadCommand(environment, 'preview')}`,
    ].join('\n'),
  );
}

function describe(part: PartName, { deployed }: Now): string {
  switch (part) {
    case 'state':
      return (
        'The state is not the one of the preview: another update was deployed, this preview was deployed already, or the state was edited.' +
        (deployed ? ` Deployed now: ${describeCommit(deployed)}.` : '')
      );
    case 'steps':
      return 'The steps differ: the stack file, the config or the Pulumi program has changed.';
    case 'artifacts':
      return 'An artifact differs: a source file, a package or a build setting has changed.';
    case 'secrets':
      return 'The value of a secret differs.';
    case 'version':
      return 'Another version of Railhead made the preview.';
  }
}

/** Returns a commit with its pull request, if merging or squashing one has made it: then its subject has the number. */
function describeCommit({ hash, subject, dirty }: Commit): string {
  const found = /^Merge pull request #(\d{1,10}) |\(#(\d{1,10})\)$/.exec(subject);
  const request = found === null ? '' : ` of pull request #${found[1] ?? found[2]}`;
  const changes = dirty ? ', with uncommitted changes' : '';
  return `${hash.slice(0, 7)} ${JSON.stringify(subject)}${request}${changes}`;
}
