import * as z from 'zod';

const names = z.record(z.string(), z.unknown()).catch({});

/** The fields of a package.json that `init` reads. A field of another type counts as absent. */
const manifest = z.object({
  name: z.string().optional().catch(undefined),
  type: z.string().optional().catch(undefined),
  scripts: z.record(z.string(), z.string()).catch({}),
  dependencies: names,
  devDependencies: names,
  packageManager: z.string().optional().catch(undefined),
  workspaces: z
    .union([
      z.array(z.string()),
      z.object({ packages: z.array(z.string()) }).transform((map) => map.packages),
    ])
    .optional()
    .catch(undefined),
});

export type Manifest = z.infer<typeof manifest>;

/** Parses a package.json. Returns undefined if the text is no JSON object. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    return manifest.safeParse(JSON.parse(text.replace(/^\uFEFF/, ''))).data;
  } catch {
    return undefined;
  }
}
