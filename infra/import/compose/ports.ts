import type { Tree } from '../../stack/tree.ts';
import { treeAt } from '../../stack/tree.ts';
import { say, sayItem } from '../say.ts';
import { defaulted, type Outcome } from '../ledger.ts';
import { portProtocol } from '../port-protocols.ts';
import { numberOf, textOf } from '../read.ts';
import type { ComposeService } from './compose-service.ts';
import { filled, type Environment } from './interpolate.ts';

export interface ComposePort {
  target: number;
  /** The port of the machine; `unknown` if a variable that no file sets has it, or if Compose chooses it. */
  published: number | 'unknown' | undefined;
  name?: string | undefined;
  from: Tree;
}

/** Returns a port of the short form, such as `127.0.0.1:8080:80/tcp`, or of the long one; undefined for a range and for UDP. */
export function portOf(tree: Tree, environment: Environment): ComposePort | undefined {
  const valueOf = (key?: string) => {
    const value = key === undefined ? tree : treeAt(tree, [key]);
    return value && filled(value, environment);
  };
  if (tree.kind === 'map') {
    const target = numberOf(valueOf('target'));
    const isTcp = (textOf(valueOf('protocol')) ?? 'tcp') === 'tcp';
    if (target === undefined || !isTcp) return undefined;
    const published = valueOf('published');
    return {
      target,
      published: published && (numberOf(published) ?? 'unknown'),
      name: textOf(valueOf('name')),
      from: tree,
    };
  }
  const [, published, target] =
    /^(?:(?:\d+\.[\d.]+|\[[^\]]*\]|localhost):|:(?=\d*:))?(?:(\d*):)?(\d+)(?:\/tcp)?$/.exec(
      textOf(valueOf()) ?? '',
    ) ?? [];
  if (target === undefined) return undefined;
  return {
    target: Number(target),
    published: published === '' ? 'unknown' : published === undefined ? undefined : Number(published),
    from: tree,
  };
}

/** Takes a port of a service: the first one is the main port. */
export function takePort(
  { target, published, name, from }: ComposePort,
  { service, environment }: ComposeService,
): Outcome | undefined {
  const { port, morePorts } = service.facts;
  const known = published === 'unknown' ? target : published;
  if (port !== undefined && port.value !== target) {
    if (morePorts?.value.some((other) => other.port === target) === true) return ofSame;
    sayItem(service, 'morePorts', { port: target, name, published: known, from });
    return undefined;
  }
  if (port === undefined) say(service, 'port', target, from);
  else environment.ledger.settleOtherwise(from, ofSame);
  // The gateway chooses a port of its own for HTTP.
  const value = published === 'unknown' && portProtocol(target) === undefined ? undefined : known;
  if (published !== undefined) service.published ??= { value, from };
  return undefined;
}

const ofSame = defaulted('another line has this port');
