import type { GraphService } from '../../graph/types.ts';
import { urlPart, type Text } from '../../plan/hole.ts';
import { fillVariables, type Lookup } from '../../plan/template.ts';
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
  const [user, password] = [urlPart(url, 'username'), urlPart(url, 'password')];
  const domain = urlPart(url, 'hostname');
  const port = urlPart(url, 'port', String(config.port));
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
        OWNER_USER: urlPart(ownerUrl ?? url, 'username'),
        OWNER_PASSWORD: urlPart(ownerUrl ?? url, 'password'),
        PGHOST: domain,
        PGPORT: port,
        PGUSER: user,
        PGPASSWORD: password,
        PGDATABASE: urlPart(url, 'path'),
      };
}

function postgresUrls(url: Text, readonlyUrl: Text | undefined, ownerUrl: Text | undefined): ProvidedValues {
  return { DATABASE_URL: url, READONLY_URL: readonlyUrl ?? url, OWNER_URL: ownerUrl ?? url };
}
