import { nextPort } from '../init/ports.ts';
import type { Problem } from '../stack/problem.ts';
import type { Target } from '../targets/shared/target.ts';
import type { Code } from './commands.ts';
import { Draft } from './draft.ts';
import { overlaid, problemsOf } from './fit.ts';
import { isSecretCommand } from './secrets.ts';

export interface ProcessOverlay {
  /** What differs where services are processes; undefined if they cannot be. */
  draft: Draft | undefined;
  /** Why they cannot be. */
  problems: Problem[];
}

/**
 * Returns the overlay with which a target without images runs the system: commands in place of Dockerfiles, and without the fields that
 * the target refuses. `starts`: the start commands in the imported files, by service; they
 * replace Dockerfiles.
 */
export function planProcesses(
  base: Draft,
  path: string,
  { target, code, starts }: { target: Target; code: Code; starts: ReadonlyMap<string, string> },
): ProcessOverlay {
  const draft = new Draft();
  for (let size = -1; size !== draft.entries.length;) {
    size = draft.entries.length;
    const problems = problemsOf(overlaid(base, draft), path, target);
    if (problems.length === 0) return { draft, problems };
    for (const { path } of problems) adapt(path.split('.'));
  }
  return { draft: undefined, problems: problemsOf(overlaid(base, draft), path, target) };

  function adapt(place: string[]): void {
    const [, name = '', field = ''] = place;
    const isField = place[0] === 'services' && place.length >= 3 && base.below(place).length > 0;
    if (!isField || ['source', 'image', 'type'].includes(field)) return;
    if (field === 'port') draft.set(place, freePort(overlaid(base, draft)));
    else if (field === 'dockerfile') replaceDockerfile(place, name);
    else draft.set(place, null);
  }

  function replaceDockerfile(place: string[], name: string): void {
    const folder = String(base.get('services', name, 'source'));
    const named = starts.get(name);
    const found = (named === undefined ? undefined : code.adapt(folder, named)) ?? code.proposalOf(folder);
    if (found?.start === undefined || isSecretCommand(`${found.build ?? ''} ${found.start}`)) return;
    draft.set(place, null);
    for (const field of ['entrypoint', 'command'])
      if (base.below(['services', name, field]).length > 0) draft.set(['services', name, field], null);
    if (found.build !== undefined) draft.set(['services', name, 'build'], found.build);
    draft.set(['services', name, 'start'], found.start);
  }
}

/** Services share the address of a machine, so each has a port of its own. */
function freePort({ entries }: Draft): number {
  const taken = entries.flatMap(({ path, value }) => (path.at(-1) === 'port' ? Number(value) : []));
  return nextPort(3000, new Set(taken));
}
