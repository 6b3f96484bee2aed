import type { TimedEvent } from './follow.ts';

type Kind = 'resourcePreEvent' | 'resOutputsEvent' | 'resOpFailedEvent';

/** Returns the URN of a component or, with `type`, of a resource in it. */
export function urnOf(service: string, type?: string, name = service): string {
  const component = `railhead:index:Service`;
  return `urn:pulumi:dev::shop::${type === undefined ? component : `${component}$${type}`}::${name}`;
}

/** Returns the events of one step of the engine, from its beginning to its end. */
export function step(
  op: string,
  { service, type, name, failed }: { service?: string; type?: string; name?: string; failed?: boolean },
  [from, to]: [number, number] = [0, 0],
): TimedEvent[] {
  const state = { parent: urnOf(service ?? ''), protect: false, retainOnDelete: false, inputs: {} };
  const metadata = {
    op,
    urn: urnOf(service ?? '', type, name),
    type: type ?? 'railhead:index:Service',
    new: type !== undefined && service !== undefined ? state : null,
  };
  const event = (kind: Kind, at: number): TimedEvent => ({ [kind]: { metadata }, at });
  return [event('resourcePreEvent', from), event(failed ? 'resOpFailedEvent' : 'resOutputsEvent', to)];
}
