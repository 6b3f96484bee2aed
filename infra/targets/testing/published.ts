import { publishedHost } from '../../common/loopback.ts';
import { ports } from './services.ts';

/** Returns the addresses of a harness whose target publishes ports on this machine. */
export function publishedOfOneMachine(port: number) {
  return {
    open: { host: publishedHost, port },
    closed: { host: publishedHost, port: ports.first },
  };
}
