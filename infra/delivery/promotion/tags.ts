import type { Environment } from '../../common/environment.ts';
import { stageOf } from '../../policy/check.ts';
import { imageDigest } from '../../policy/rules/image-digest.ts';
import { createWaivers } from '../../policy/waivers.ts';
import type { Context } from '../../program/context.ts';
import { formatPlace } from '../../stack/tree.ts';

/**
 * Reports images of others that the destination names by a tag. A release file does not name them, and a tag can name another image
 * tomorrow: what was tested may not be what runs. The rule `image-digest` says at which stage that matters, and a waiver accepts it.
 */
export function tagProblems(
  environment: Pick<Environment, 'name' | 'ownMachine'>,
  { stack, graph }: Pick<Context, 'stack' | 'graph'>,
  today = new Date().toISOString().slice(0, 10),
): string[] {
  const level = imageDigest.levels[stageOf(stack, environment)];
  if (level !== 'error') return [];
  const waivers = createWaivers(stack, today);
  const found = graph.services.flatMap(({ name, form, config }) => {
    if (form !== 'code' || config.kind !== 'image' || config.image.includes('@sha256:')) return [];
    const path = ['services', name, 'image'];
    const message = `${environment.name} runs ${config.image}, and its tag can name another image tomorrow. Add the digest of the image that was tested: image: ${config.image}@sha256:…`;
    return [waivers.apply({ path, message, rule: imageDigest.name, level })];
  });
  const refused = found.filter((finding) => finding.level === 'error');
  return stack
    .place(refused.map(({ path, message }) => ({ path, message })))
    .map((problem) => `${formatPlace(problem)}: ${problem.message}`);
}
