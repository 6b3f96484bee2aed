import type { HistoryRecord } from '../../infra/delivery/history/record.ts';
import type { UpdateStep } from '../../infra/delivery/update/steps.ts';
import type { Ends } from './parts.ts';
import { firstMark, programRunner, type Trace } from './trace.ts';

/** Names of the parts that a start by hand has too. */
export const sharedParts = {
  data: 'postgres and redis are ready',
  preDeploy: 'the migrations of api have run',
  api: 'api is ready',
  services: 'worker and web are ready',
  gateway: 'the gateway is ready',
} as const;

/** Returns the ends of the parts of `npm run up`, from its trace and its record in the history. */
export function upEnds(trace: Trace, record: HistoryRecord): Ends {
  const first = (what: string, program: RegExp) => firstMark(trace, what, program)?.at;
  const offset = Date.parse(record.started) - trace.started;
  const { steps = [], ended } = record.ending ?? {};
  const end = (which: (step: UpdateStep) => boolean) =>
    offset + Math.max(...steps.filter(which).map(({ to }) => to));
  const of = (...services: string[]) =>
    end(({ what, service = '' }) => what === 'rollout' && services.includes(service));
  return {
    'npm, and the checks of dependencies and bundles': first('start', /^railhead\.js$/),
    'command line: stack file, graph, policy, checks of the machine': offset,
    'bundling of the services, while Pulumi prepares the stack': end(({ what }) => what === 'build'),
    "Pulumi, its language host, the provider, the program's start": first('connect', programRunner),
    'plan, and the first resources': first('Create', /^provider/),
    [sharedParts.data]: of('postgres', 'redis'),
    [sharedParts.preDeploy]: end(({ what }) => what === 'preDeploy'),
    [sharedParts.api]: of('api'),
    [sharedParts.services]: of('worker', 'web'),
    [sharedParts.gateway]: of('gateway'),
    'end of Pulumi': ended === undefined ? undefined : Date.parse(ended) - trace.started,
    'search for strays, outputs': first('end', /^railhead\.js$/),
    'end of npm': trace.duration,
  };
}
