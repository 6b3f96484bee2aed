import { isCode, type Service } from '../stack/schema.ts';
import type { LoadedStack } from '../stack/load.ts';
import { formatProblem } from '../stack/problem.ts';
import type { Finding } from '../stack/finding.ts';

/** Returns the place of the options of each data server that failed to start: an option that it refuses is a usual cause. */
export function settingsOfFailed(
  { stack, place }: Pick<LoadedStack, 'stack' | 'place'>,
  failed: readonly string[],
): string[] {
  const findings = failed.flatMap((name): Finding[] => {
    const service: Service | undefined = stack.services[name];
    if (service === undefined || isCode(service) || !('settings' in service)) return [];
    const options = Object.keys(service.settings ?? {});
    if (options.length === 0) return [];
    const message = `the server did not start with these options: ${options.join(', ')}`;
    return [{ path: ['services', name, 'settings'], message }];
  });
  // `place` returns the known problems of the file first.
  return findings.length === 0 ? [] : place(findings).slice(-findings.length).map(formatProblem);
}
