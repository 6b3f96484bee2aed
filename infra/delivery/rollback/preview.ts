import type { PreviewDocument } from '../../changes/model.ts';
import type { Environment } from '../../common/environment.ts';
import { packageVersion } from '../../common/roots.ts';
import type { PlacedFinding } from '../../policy/check.ts';
import { UserError } from '../../../tools/user-error.ts';
import { describeCrossings } from '../history/crossed-migrations.ts';
import { readPlan, type Pulumi } from '../state/read-plan.ts';
import { shownOf } from '../state/shown.ts';
import { overlayFolder } from './overlay.ts';
import type { RollbackPlan } from './plan.ts';
import { changedSecrets, wrongSecrets } from './secrets.ts';

interface Options {
  /** Absolute path of the project. */
  root: string;
  environment: Environment;
  findings: readonly PlacedFinding[];
  /** Names of the secrets that get their former value. */
  withSecrets: readonly string[];
  progress: (line: string) => void;
}

/**
 * Previews a rollback with the engine, and verifies the secrets that come back. Returns the preview and what else people have to
 * know. Changes nothing. Throws UserError.
 */
export async function previewRollback(
  pulumi: Pulumi,
  plan: RollbackPlan,
  { root, environment: { name }, findings, withSecrets, progress }: Options,
): Promise<{ preview: PreviewDocument; notes: string[] }> {
  const { target, context, overlay } = plan;
  const { configFile } = overlay;
  const refresh = context.target.otherProviders;
  const found = await readPlan(pulumi, { root, environment: name, refresh, progress, configFile });
  const wrong = wrongSecrets(target, found.after.fingerprints, withSecrets);
  if (wrong.length > 0) throw new UserError(['Nothing was changed:', ...wrong].join('\n'));
  const { deployed } = found;
  const preview = {
    ...shownOf(found, context, findings, root),
    source: { kind: 'state' as const, ...(deployed && { deployed }) },
  };
  const document: PreviewDocument = { version: 1, railhead: packageVersion(), environments: [preview] };
  // The overlay shows what these files will be.
  const text = JSON.stringify(document).replaceAll(`${overlayFolder(name)}/`, 'releases/');
  return {
    preview: JSON.parse(text) as PreviewDocument,
    notes: notesOf(plan, changedSecrets(target, found.after.fingerprints), withSecrets),
  };
}

function notesOf(
  { target, crossings, config, files }: RollbackPlan,
  changed: readonly string[],
  restored: readonly string[],
): string[] {
  const stays = changed.filter((name) => !restored.includes(name));
  const stayed = 'These migrations stay applied, and data stay as they are:';
  return [
    ...(crossings.length === 0 ? [] : [stayed, ...indented(describeCrossings(crossings))]),
    ...(stays.length === 0
      ? []
      : [`These secrets have changed since #${target.number} and stay as they are: ${stays.join(', ')}`]),
    ...(restored.length === 0 ? [] : [`These secrets get their former value: ${restored.join(', ')}`]),
    ...(config.changes.length === 0
      ? []
      : [`This config is restored: ${config.changes.map(({ key }) => key).join(', ')}`]),
    ...(config.kept.length === 0
      ? []
      : [`This config differs from that of #${target.number} and stays: ${config.kept.join(', ')}`]),
    ...(files.length === 0
      ? []
      : [
          'These files change:',
          ...indented(files.map(({ path, after }) => `${path}${after === undefined ? ' (removed)' : ''}`)),
        ]),
  ];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
