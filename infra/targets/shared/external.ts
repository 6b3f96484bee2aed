import type { Input } from '@pulumi/pulumi';
import { output } from '@pulumi/pulumi/output.js';
import type { GraphService } from '../../graph/types.ts';
import { fillVariables, type Lookup } from '../../graph/values.ts';
import type { ProvidedValues } from '../../servers/values.ts';

/**
 * Returns the variables that an external data server provides, taken from its URL; undefined if the target runs the
 * server itself. All values are secret, since the URL is.
 */
export function externalValues(service: GraphService, lookup: Lookup): ProvidedValues | undefined {
  if (service.form !== 'external') return undefined;
  const { config, addresses } = service;
  const { url, readonlyUrl, ownerUrl } = fillVariables(addresses, lookup);
  if (url === undefined) return undefined;
  const partOf = (whole: Input<string>, read: (url: URL) => string) =>
    output(whole).apply((text) => read(new URL(text)));
  const part = (read: (url: URL) => string) => partOf(url, read);
  const userOf = ({ username }: URL) => decodeURIComponent(username);
  const passwordOf = ({ password }: URL) => decodeURIComponent(password);
  const [user, password] = [part(userOf), part(passwordOf)];
  const domain = part(({ hostname }) => hostname);
  const port = part((parsed) => parsed.port || String(config.port));
  const address = {
    HOST: domain,
    PORT: port,
    PRIVATE_DOMAIN: domain,
    RAILWAY_PRIVATE_DOMAIN: domain,
    URL: url,
  };
  return config.kind === 'redis'
    ? {
        ...address,
        REDIS_URL: url,
        REDISHOST: domain,
        REDISPORT: port,
        REDISUSER: user,
        REDISPASSWORD: password,
      }
    : {
        ...address,
        ...postgresUrls(url, readonlyUrl, ownerUrl),
        OWNER_USER: partOf(ownerUrl ?? url, userOf),
        OWNER_PASSWORD: partOf(ownerUrl ?? url, passwordOf),
        PGHOST: domain,
        PGPORT: port,
        PGUSER: user,
        PGPASSWORD: password,
        PGDATABASE: part(({ pathname }) => decodeURIComponent(pathname.slice(1))),
      };
}

function postgresUrls(
  url: Input<string>,
  readonlyUrl: Input<string> | undefined,
  ownerUrl: Input<string> | undefined,
): ProvidedValues {
  return { DATABASE_URL: url, READONLY_URL: readonlyUrl ?? url, OWNER_URL: ownerUrl ?? url };
}
