import { dataKinds, dataTypes } from '../../data/index.ts';
import type { Target } from '../shared/target.ts';
import type { ServiceInputs } from './kinds/service.ts';
import { dataServer, types } from './resources.ts';

/** The inputs of a service from which its processes start. Its other inputs leave ready replicas alone (`supervisor/same.ts`). */
const processInputs: readonly (keyof ServiceInputs)[] = [
  'root',
  'artifact',
  'folder',
  'command',
  'host',
  'health',
  'restart',
  'drain',
  'variables',
];

/** The inputs of named ports without their numbers: only the variables are part of a process. */
const namedPorts = /^ports(\[\d+\](\.variable)?)?$/;

/** Processes that listen at their address themselves. Every change of their inputs starts another process. */
const listening: readonly string[] = [
  types.gateway.token,
  ...dataTypes.map((type) => dataServer(dataKinds[type].title).token),
];

/**
 * A supervisor starts the new replicas while the old ones still run. A gateway or a data server listens at the address itself, so
 * the old process must end first.
 */
export const processHandover: Target['handover'] = (changes) => {
  const updated = changes.filter(({ operation }) => operation === 'update' || operation === 'replace');
  const paths = (types: readonly string[]) =>
    updated.filter(({ type }) => types.includes(type)).flatMap((change) => change.paths);
  if (paths(listening).some((path) => path !== 'state')) return 'stopFirst';
  const startsAgain = paths([types.service.token]).some(
    (path) =>
      namedPorts.test(path) ||
      processInputs.some(
        (input) => path === input || path.startsWith(`${input}.`) || path.startsWith(`${input}[`),
      ),
  );
  return startsAgain ? 'together' : undefined;
};
