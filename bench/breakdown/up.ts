import type { HistoryRecord } from '../../infra/delivery/history/record.ts';
import type { UpdateStep } from '../../infra/delivery/update/steps.ts';
import type { Ends } from './parts.ts';
import type { Trace } from './trace.ts';

/** Names of the parts that a start by hand has too. */
export const started = {
  data: 'postgres and redis are ready',
  preDeploy: 'the migrations of api have run',
  api: 'api is ready',
  services: 'worker and web are ready',
  gateway: 'the gateway is ready',
} as const;

/** Returns the ends of the parts of `npm run up`, from its trace and its record in the history. */
export function upEnds(trace: Trace, record: HistoryRecord): Ends {
  const { duration, marks } = trace;
  const first = (what: string, program: RegExp) =>
    marks.find((mark) => mark.what === what && program.test(mark.program))?.at;
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
    "Pulumi, its language host, the provider, the program's start": first('connect', /^(run|index\.js)$/),
    'plan, and the first resources': first('Create', /^provider/),
    [started.data]: of('postgres', 'redis'),
    [started.preDeploy]: end(({ what }) => what === 'preDeploy'),
    [started.api]: of('api'),
    [started.services]: of('worker', 'web'),
    [started.gateway]: of('gateway'),
    'end of Pulumi': ended === undefined ? undefined : Date.parse(ended) - trace.started,
    'search for strays, outputs': first('end', /^railhead\.js$/),
    'end of npm': duration,
  };
}
