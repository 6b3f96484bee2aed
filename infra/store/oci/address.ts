import { isLoopback } from '../../common/loopback.ts';
import { UserError } from '../../../tools/user-error.ts';

/** A repository of a registry. */
export interface Address {
  /** Host with its port, as Docker's config has it: `ghcr.io`, `localhost:5000`. */
  registry: string;
  /** `acme/rota` */
  repository: string;
}

const form = /^oci:\/\/([A-Za-z0-9.-]+(?::\d+)?|\[[0-9a-f:]+\](?::\d+)?)\/([a-z0-9]+(?:[._/-]+[a-z0-9]+)*)$/;

/** Parses `oci://ghcr.io/acme/rota`. Throws UserError. */
export function parseAddress(text: string, place: string): Address {
  const [, registry, repository] = form.exec(text) ?? [];
  if (registry === undefined || repository === undefined) {
    throw new UserError(
      `${place} is "${text}"; it must be the path of a folder, or a repository of a registry without a tag, such as oci://ghcr.io/acme/rota.`,
    );
  }
  return { registry, repository };
}

/** Returns the URL of a registry. One on this machine is used without TLS, as Docker does. */
export function urlOf(registry: string): string {
  // Docker Hub serves its API under another name.
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  return `${isLoopback(registry.replace(/:\d+$/, '')) ? 'http' : 'https'}://${host}`;
}
