import { defaultStart } from '../../artifacts/entries.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { programsOf } from '../../runtimes/detect.ts';
import { runtimeKinds, runtimeNames, type Runtime } from '../../runtimes/index.ts';
import { withNpm } from '../../runtimes/with-npm.ts';
import type { Finding } from '../../stack/finding.ts';
import { hasBuiltImage } from '../../stack/schema.ts';

/** Returns a finding for each command that needs what the images of its service do not contain: an image has one runtime. */
export function unsupportedInContainers({
  services,
  images,
}: Pick<ServiceGraph, 'services' | 'images'>): Finding[] {
  return services.flatMap(({ name, form, config }): Finding[] => {
    if (form !== 'code' || !hasBuiltImage(config)) return [];
    const { start = defaultStart, preDeploy = { command: [] }, runtime = { name: 'node' } } = config;
    const finding = (field: string, command: string): Finding => ({
      path: ['services', name, field],
      message: `runs in an image that contains only ${runtimeKinds[runtime.name].contents}; add a "dockerfile" that installs what ${JSON.stringify(command)} needs${byNpm(command)}`,
    });
    const needsGradle = config.kind === 'source' && programsOf(config.build ?? '').includes('gradle');
    const lacking = preDeploy.command.filter((command) => runsForeign(command, runtime));
    return [
      ...(runsForeign(start, runtime) || !isKnown(start, runtime) ? [finding('start', start)] : []),
      ...lacking.map((command) => finding('preDeploy', command)),
      ...(needsGradle && images.java === undefined
        ? [{ path: ['services', name, 'build'], message: withoutGradle }]
        : []),
    ];
  });
}

const withoutGradle =
  'needs Gradle, which the image of Java does not contain; add its wrapper with "gradle wrapper", or name an image with Gradle under "images.java", such as gradle:9-jdk21';

/** Whether a start command belongs to the runtime: detection has found a reason, or the command itself shows it. */
function isKnown(line: string, { name, reason }: Runtime): boolean {
  return (
    reason !== undefined || programsOf(line).some((program) => runtimeKinds[name].programs.test(program))
  );
}

/** Whether a command runs a program that the image of a runtime does not contain. */
function runsForeign(line: string, { name }: Runtime): boolean {
  const { compiles, programs } = runtimeKinds[name];
  const isOwn = (program: string) => compiles !== true && programs.test(program);
  return programsOf(line).some((program) => !isOwn(program) && needsRuntime(program));
}

function needsRuntime(program: string): boolean {
  return unknown.test(program) || runtimeNames.some((name) => runtimeKinds[name].programs.test(program));
}

function byNpm(command: string): string {
  const others: string[] = [];
  const script = withNpm(command, (selector) => {
    if (selector !== './') others.push(selector);
    return { folder: selector === './' ? '.' : 'FOLDER', scripts: {} };
  });
  if (script === command) return '';
  const folder = others.length === 0 ? '' : ` if FOLDER is that of ${others.join(' and ')}`;
  return `, or write ${JSON.stringify(script)}, which runs the same script${folder}`;
}

/** Programs of runtimes that Railhead has no image of. */
const unknown = /^(pnpm|elixir|mix|cargo)$/;
