import type { Ends } from './parts.ts';
import { firstMark, programRunner, type Trace } from './trace.ts';

/** Returns the ends of the parts of `pulumi preview`. */
export function previewEnds(trace: Trace): Ends {
  const { duration, marks } = trace;
  const first = (what: string, program: RegExp) => firstMark(trace, what, program);
  const provider = first('start', /^provider/);
  const second = marks.find(
    ({ what, program, process }) =>
      what === 'start' && program === provider?.program && process !== provider.process,
  );
  return {
    'Pulumi, and the start of its language host': (first('GetRequiredPackages', /^language-host/) ?? provider)
      ?.at,
    'start of the provider': first('Handshake', /^provider/)?.at,
    'live state that is read before the program': first('start', programRunner)?.at,
    "program: Node and Pulumi's SDK": first('connect', programRunner)?.at,
    "program: Railhead's code, stack file, graph, artifacts, plan": second?.at,
    'second start of the provider, for its configuration': first('Check', /^provider/)?.at,
    'resources; end of the program': first('end', programRunner)?.at,
    'end of Pulumi': duration,
  };
}
