import type { Ends } from './parts.ts';
import type { Trace } from './trace.ts';

/** Returns the ends of the parts of `pulumi preview`. */
export function previewEnds({ duration, marks }: Trace): Ends {
  const first = (what: string, program: RegExp) =>
    marks.find((mark) => mark.what === what && program.test(mark.program));
  const provider = first('start', /^provider/);
  const second = marks.find(
    ({ what, program, process }) =>
      what === 'start' && program === provider?.program && process !== provider.process,
  );
  const runner = /^(run|index\.js)$/;
  return {
    'Pulumi, and the start of its language host': (first('GetRequiredPackages', /^language-host/) ?? provider)
      ?.at,
    'start of the provider': first('Handshake', /^provider/)?.at,
    'live state that is read before the program': first('start', runner)?.at,
    "program: Node and Pulumi's SDK": first('connect', runner)?.at,
    "program: Railhead's code, stack file, graph, artifacts, plan": second?.at,
    'second start of the provider, for its configuration': first('Check', /^provider/)?.at,
    'resources; end of the program': first('end', runner)?.at,
    'end of Pulumi': duration,
  };
}
