import * as z from 'zod';

/** Parts of the model of a preview (model.ts): why a service changes, and where that stands. */

/** A position in a file of the project. */
export const placeSchema = z
  .strictObject({
    file: z.string().describe('Path relative to the project.'),
    line: z.int().min(1).describe('The first line is 1.'),
  })
  .describe('Where the stack file says so. What is removed has the place of what contained it.');

/** Two sides of something. */
export const sides = {
  before: z.string().optional().describe('Absent if it is added.'),
  after: z.string().optional().describe('Absent if it is removed.'),
};
export const pair = z.strictObject(sides);
export const addedOrRemoved = z.enum(['added', 'removed']).describe('What the update does.');
export const from = z.string().describe('A service, or `public` for the clients of the gateway.');
export const to = z.string().describe('A service, or an address outside of the system.');

/** Why a service changes. */
export const causeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('service').describe('The stack file adds or removes the service.'),
    change: addedOrRemoved,
    place: placeSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('field').describe('A field of the stack file.'),
    path: z.string().describe('Path below the service: `replicas.min`. Of the whole stack: `gateway.port`.'),
    ...sides,
    place: placeSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('variable').describe('A variable, directly or through references.'),
    name: z.string().describe('The variable of the service.'),
    via: z.array(z.string()).describe('The references from the variable to what changed: `redis.PORT`.'),
    place: placeSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('secret').describe('A secret with another value.'),
    name: z.string().describe('The name of the secret in the config.'),
    variables: z.array(z.string()).describe('The variables of the service that contain it.'),
  }),
  z.strictObject({
    kind: z.literal('files').describe('Files that the artifact is built from.'),
    folder: z.string().describe('The source folder of the service.'),
    changed: z.array(z.string()).describe('Paths relative to the project.'),
    added: z.array(z.string()).describe('Paths relative to the project.'),
    removed: z.array(z.string()).describe('Paths relative to the project.'),
  }),
  z.strictObject({
    kind: z.literal('package').describe('A package that the artifact contains.'),
    name: z.string().describe('The name in the registry.'),
    ...sides,
  }),
  z.strictObject({
    kind: z.literal('build').describe('How the artifact is built: a command, options, the builder.'),
    ...sides,
  }),
  z.strictObject({
    kind: z.literal('release').describe('The release file names another artifact.'),
    file: z.string().describe('The release file, or the former one if the artifact is built again.'),
    before: z
      .string()
      .describe('The hash of the artifact, and the start of its digest if only that differs.'),
    after: z.string().describe('The hash of the artifact, and the start of its digest if only that differs.'),
  }),
  z.strictObject({
    kind: z.literal('edge').describe('A connection that is allowed or no longer allowed.'),
    change: addedOrRemoved,
    from,
    to,
    place: placeSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('railhead').describe("Railhead's own version or programs."),
    ...sides,
  }),
  z.strictObject({
    kind: z.literal('drift').describe('The running resource is not as the last update left it.'),
    resource: z.string().describe('The kind and the name of the resource.'),
    ...sides,
  }),
  z.strictObject({
    kind: z.literal('unexplained').describe('Nothing known explains the change of these resources.'),
    resources: z.array(z.string()).describe('Their kinds and names.'),
  }),
]);
