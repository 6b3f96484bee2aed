import { environmentName } from '../../changes/causes.ts';
import type { Risk } from '../../changes/model.ts';
import { keepIdentity } from '../../program/identity.ts';
import { StackError } from '../../stack/problem.ts';
import { UserError } from '../../../tools/user-error.ts';
import type { Evaluated } from './evaluate.ts';

/**
 * Returns why `up` would refuse the later side if the former one runs: it would leave data behind, or could not read them. The former
 * side may never have been deployed.
 */
export function identityRisks(before: Evaluated, { context, chosen }: Evaluated): Risk[] {
  const { graph, stack, target } = context;
  try {
    keepIdentity(graph, before.identity, chosen, stack, target);
    return [];
  } catch (error) {
    if (error instanceof StackError) {
      return error.problems.map(({ file, line, path, message }) => {
        const [, service = environmentName] = path.split('.');
        return refused(service, `${path}: ${message}`, { file, line });
      });
    }
    if (error instanceof UserError) return [refused(environmentName, error.message.replaceAll('\n', ' '))];
    throw error;
  }
}

function refused(service: string, reason: string, place?: Risk['place']): Risk {
  const text = `\`up\` refuses this if the base commit runs: ${reason}`;
  return { kind: 'data', service, text, ...(place && { place }) };
}
