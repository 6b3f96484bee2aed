import type { Packages } from './packages.ts';
import type { DescribedArtifact } from './types.ts';

/** A bill of materials in the format CycloneDX 1.6. It has no time and no serial number, so it is the same for the same inputs. */
export interface Sbom {
  bomFormat: 'CycloneDX';
  specVersion: '1.6';
  version: 1;
  metadata: { component: Component };
  components: Component[];
  compositions: { aggregate: 'complete' | 'incomplete'; assemblies: string[] }[];
}

interface Component {
  type: 'application' | 'library';
  'bom-ref': string;
  name: string;
  version: string;
  purl?: string;
  hashes?: { alg: string; content: string }[];
}

/**
 * Returns what an artifact was built from: its service, and the packages among its inputs. Only the packages of a bundle are all
 * known: a build command or a Dockerfile can take others.
 *
 * @param integrity npm's whole integrity of each installed package; inputs have the start of it
 */
export function sbomOf(
  { service, hash, inputs }: Pick<DescribedArtifact, 'service' | 'hash' | 'inputs'>,
  { integrity }: Pick<Packages, 'integrity'>,
): Sbom {
  const root = `${service}@${hash}`;
  const components = new Map<string, Component>();
  for (const [path, described] of Object.entries(inputs.packages)) {
    const name = nameOf(path);
    const [version = '', start = ''] = described.split(' ');
    const whole = integrity.get(path);
    const purl = `pkg:npm/${name.split('/').map(encodeURIComponent).join('/')}@${encodeURIComponent(version)}`;
    const hashes = whole?.startsWith(start) ? hashesOf(whole) : [];
    // The same version can be in several folders.
    components.set(purl, {
      ...({ type: 'library', 'bom-ref': purl, name, version, purl } as const),
      ...(hashes.length > 0 && { hashes }),
    });
  }
  const isComplete = /^builder: esbuild /m.test(inputs.settings);
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': root, name: service, version: hash } },
    components: [...components.keys()].toSorted().flatMap((purl) => components.get(purl) ?? []),
    compositions: [{ aggregate: isComplete ? 'complete' : 'incomplete', assemblies: [root] }],
  };
}

/** Returns the name of the package in a folder: `@s/a` of `node_modules/.pnpm/a@1/node_modules/@s/a`. */
function nameOf(path: string): string {
  return path.split('node_modules/').at(-1) ?? path;
}

const algorithms: Record<string, string> = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' };

/** Converts `sha512-<base64>`; an integrity can have several of them. */
function hashesOf(integrity: string): { alg: string; content: string }[] {
  return integrity.split(/\s+/).flatMap((one) => {
    const [, name = '', base64 = ''] = /^(\w+)-([^?]+)/.exec(one) ?? [];
    const alg = algorithms[name];
    return alg === undefined ? [] : [{ alg, content: Buffer.from(base64, 'base64').toString('hex') }];
  });
}
