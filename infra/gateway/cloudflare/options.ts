import type { Input, Output, Resource } from '@pulumi/pulumi';
import type { Gateway } from '../../stack/schema.ts';

/** What the gateway on Cloudflare is made from. */
export interface CloudflareOptions {
  /** Of everything that is made, unique in the account: `rota-prod`. */
  name: string;
  gateway: Gateway;
  /**
   * Address of a service as cloudflared finds it, `http://api.rota-prod.svc.cluster.local:3001`. The whole name: what
   * Cloudflare asks goes to the resolver as it is, without the search domains of a container.
   */
  originOf: (service: string) => string;
  /** The bundled Worker. */
  script: string;
  /** PKCS #8 PEM of an Ed25519 key; with it every request to an origin is signed. Secret. */
  signingKey?: Input<string>;
  /**
   * Whether the rules of the zone are this gateway's to make. Cloudflare has one list of rules for a phase and a zone,
   * so only one environment of a zone can, and only where nobody else has made some.
   */
  ownsZone: boolean;
  /** Starts cloudflared with the tunnel's token (secret). What it returns runs before the Worker and its domain do. */
  connect: (token: Output<string>) => Resource[];
}

/** The gateway's place on Cloudflare. Throws where the stack file names none; its rules ask for all three. */
export function placeOf({ cloudflare, domain }: Gateway): { account: string; zone: string; domain: string } {
  if (cloudflare === undefined || domain === undefined)
    throw new Error('the gateway has no place on Cloudflare');
  return { ...cloudflare, domain };
}
