import { artifactName } from '../artifacts/name.ts';
import { coverSecrets } from './covered.ts';
import type { Cause } from './model.ts';
import { differences, serviceSides, type Difference, type Sides } from './sides.ts';
import type { ArtifactSnapshot, Snapshot } from './snapshot.ts';

/** Returns why the artifact of a service differs: its release, or its files, its packages, and how it is built. */
export function artifactCauses(sides: Sides, service: string): Cause[] {
  const { before, after } = serviceSides(sides, service);
  const [old, now] = [before?.artifact, after?.artifact];
  if (old === undefined || now === undefined || artifactName(old) === artifactName(now)) return [];
  const release = now.release ?? old.release;
  // Only the name of a pinned artifact is known.
  if (release !== undefined) {
    const shown = (artifact: ArtifactSnapshot) =>
      old.hash === now.hash ? artifactName(artifact) : artifact.hash;
    return [{ kind: 'release', file: release, before: shown(old), after: shown(now) }];
  }
  const files = differences(old.files, now.files);
  const packages = differences(versionsOf(sides.before, old), versionsOf(sides.after, now));
  const settings = differences(settingsOf(old), settingsOf(now)).map(({ key, ...lines }) =>
    buildCause(coverSecrets(sides, { service, field: key, ...lines }).shown),
  );
  const isChanged = files.length + packages.length + settings.length > 0;
  return [
    ...(files.length === 0 ? [] : [filesCause(now.folder, files)]),
    ...packages.map((difference): Cause => {
      const { key, before, after } = difference;
      const version = (text: string | undefined) => text?.split(' ')[0];
      const sameVersion = version(before) === version(after);
      return {
        kind: 'package',
        name: key.replace(/^.*node_modules\//, ''),
        ...(before !== undefined && { before: sameVersion ? before : version(before) }),
        ...(after !== undefined && { after: sameVersion ? after : version(after) }),
      };
    }),
    ...settings,
    ...(isChanged || sides.before?.railhead === sides.after?.railhead ? [] : [railheadCause(sides)]),
  ];
}

/** Returns the cause that Railhead is another version. */
export function railheadCause({ before, after }: Sides): Cause {
  return {
    kind: 'railhead',
    ...(before && { before: before.railhead }),
    ...(after && { after: after.railhead }),
  };
}

function filesCause(folder: string, files: Difference[]): Cause {
  const of = (test: (file: Difference) => boolean) => files.filter(test).map(({ key }) => key);
  return {
    kind: 'files',
    folder,
    changed: of(({ before, after }) => before !== undefined && after !== undefined),
    added: of(({ before }) => before === undefined),
    removed: of(({ after }) => after === undefined),
  };
}

/** Returns the settings of a build by their names. */
function settingsOf({ settings }: ArtifactSnapshot): Record<string, string> {
  return Object.fromEntries(settings.split('\n').map((line) => [line.replace(/:.*$/, ''), line]));
}

function buildCause({ before, after }: Pick<Difference, 'before' | 'after'>): Cause {
  return {
    kind: 'build',
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}

function versionsOf(side: Snapshot | undefined, { packages }: ArtifactSnapshot): Record<string, string> {
  return Object.fromEntries(packages.map((name) => [name, side?.packages[name] ?? '']));
}
