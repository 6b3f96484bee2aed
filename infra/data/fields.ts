import * as z from 'zod';
import { fields, port, whole } from '../fields/fields.ts';
import { image } from '../fields/image.ts';
import { ipRange } from '../fields/ip-range.ts';
import { kubernetes } from '../fields/kubernetes.ts';
import { resources, size } from '../fields/quantities.ts';
import { valueAt, type Rule } from '../fields/rules.ts';

/** The address of an external server. It must refer to a secret. */
export const address = z
  .string('an address as a reference to a secret')
  .refine(
    (text) => /\$\{\{\s*secrets?\./i.test(text),
    'must refer to a secret, such as ${{secret.DATABASE_URL}}: it contains a password',
  );

/** A secret of an external server that is no address. */
export const secretKey = z
  .string('a reference to a secret')
  .regex(/\$\{\{\s*secrets?\./i, 'a reference to a secret, such as ${{secret.S3_SECRET_KEY}}');

const network = ipRange
  .optional()
  .describe(
    'IP range that contains the server. Services can connect to this range on `port`. Default: all addresses.',
  );

export const connectionLimit = whole(10, 262_143);

/** The field of a server that limits its connections. `standard`: the server's own limit. */
export const connections = (standard: number) =>
  connectionLimit
    .optional()
    .describe(
      `How many connections the server accepts (\`max_connections\`); default: ${standard}, or unknown for an external server. POOL_SIZE is the share of each replica.`,
    );

interface DataFields<
  Kind extends string,
  Versions extends readonly [string, ...string[]],
  External extends z.ZodRawShape,
> {
  kind: Kind;
  versions: Versions;
  /** The default version. */
  version: NoInfer<Versions[number]>;
  /** The default port. */
  port: number;
  /** The addresses of an external server by field. */
  external: External;
}

/** Returns the fields that every data service has. */
export function dataFields<
  Kind extends string,
  const Versions extends readonly [string, ...string[]],
  External extends z.ZodRawShape,
>({ kind, versions, version, port: standardPort, external }: DataFields<Kind, Versions, External>) {
  const expected = `a version of ${kind}: ${versions.join(', ')}`;
  return {
    type: z.literal(kind),
    version: z
      .union([z.enum(versions, expected), z.literal(versions.map(Number), expected)], expected)
      .prefault(version)
      .transform(String)
      .describe('Major version.'),
    image: image
      .optional()
      .describe(
        'Image with the server of this `version`, in place of the official one or that of `images`. It must contain the programs and the user 999 of the official image, so images on Alpine do not fit. A change restarts the server and keeps the data.',
      ),
    storage: size.prefault('1Gi').describe('Size of the disk, on targets that create one.'),
    port: port
      .default(standardPort)
      .describe(`Default: ${standardPort}, or the next free port if another service has it.`),
    resources: resources.optional().describe('CPU and memory limits.'),
    kubernetes: kubernetes.optional().describe('Settings that apply only on Kubernetes.'),
    external: fields({ ...external, network })
      .optional()
      .describe('Uses an existing server outside the system instead of creating one.'),
  };
}

/** Returns the rule that a field is left out where Railhead does not run the server. */
export function onlyOwnServer(key: string): Rule {
  return {
    key,
    holds: (service) => valueAt(service, key) === undefined || valueAt(service, 'external') === undefined,
    problem: 'must be left out with "external": Railhead does not configure an external server',
  };
}

/** The rules between the fields of every data service. */
export const dataRules: Rule[] = [onlyOwnServer('image')];
