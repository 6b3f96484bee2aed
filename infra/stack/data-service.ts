import { z } from 'zod';
import { fields, port } from './fields.ts';
import { resources, size } from './quantities.ts';

export const postgres = dataService('postgres', ['15', '16', '17', '18'], '17', 5432);
export const redis = dataService('redis', ['7', '8'], '7', 6379);

/** A data server of a type that the targets know how to run, its versions, and what it has by default. */
function dataService<Kind extends string, const Versions extends readonly [string, ...string[]]>(
  kind: Kind,
  versions: Versions,
  version: Versions[number],
  standardPort: number,
) {
  const expected = `a version of ${kind}: ${versions.join(', ')}`;
  return fields({
    type: z.literal(kind),
    version: z
      .union([z.enum(versions, expected), z.literal(versions.map(Number), expected)], expected)
      .prefault(version)
      .transform(String)
      .describe('Major version.'),
    storage: size.prefault('1Gi').describe('Size of the disk where the target makes one.'),
    port: port.default(standardPort),
    resources: resources.optional().describe('Limits.'),
  }).transform(({ type, ...service }) => ({ kind: type, ...service }));
}
