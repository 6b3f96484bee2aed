import { z } from 'zod';
import { ipRange } from './egress.ts';
import { fields, port, whole } from './fields.ts';
import { resources, size } from './quantities.ts';

const url = z
  .string('an address as a reference to a secret')
  .refine(
    (text) => /\$\{\{\s*secrets?\./i.test(text),
    'must refer to a secret, such as ${{secret.DATABASE_URL}}: it contains a password',
  );

const network = ipRange
  .optional()
  .describe(
    'IP range that contains the server. Services may connect to this range on `port`. Default: any address.',
  );

const externalPostgres = fields({
  url: url.describe('Value of DATABASE_URL.'),
  readonlyUrl: url.optional().describe('Value of READONLY_URL; default: `url`.'),
  ownerUrl: url.optional().describe('Value of OWNER_URL; default: `url`.'),
  network,
});

const externalRedis = fields({ url: url.describe('Value of REDIS_URL.'), network });

const connections = whole(10, 262_143)
  .optional()
  .describe(
    'How many connections the server accepts (`max_connections`); default: 100, or unknown for an external server. POOL_SIZE is the share of each replica.',
  );

export const postgres = fields({
  ...dataFields('postgres', ['15', '16', '17', '18'], '17', 5432, externalPostgres),
  connections,
}).transform(({ type, ...service }) => ({ kind: type, ...service }));

export const redis = fields(dataFields('redis', ['7', '8'], '7', 6379, externalRedis)).transform(
  ({ type, ...service }) => ({ kind: type, ...service }),
);

/** Returns the fields of a data server of one type, with its supported versions and defaults. */
function dataFields<
  Kind extends string,
  const Versions extends readonly [string, ...string[]],
  External extends z.ZodType,
>(kind: Kind, versions: Versions, version: Versions[number], standardPort: number, external: External) {
  const expected = `a version of ${kind}: ${versions.join(', ')}`;
  return {
    type: z.literal(kind),
    version: z
      .union([z.enum(versions, expected), z.literal(versions.map(Number), expected)], expected)
      .prefault(version)
      .transform(String)
      .describe('Major version.'),
    storage: size.prefault('1Gi').describe('Size of the disk, on targets that create one.'),
    port: port.default(standardPort),
    resources: resources.optional().describe('CPU and memory limits.'),
    external: external
      .optional()
      .describe('Uses an existing server outside the system instead of creating one.'),
  };
}
