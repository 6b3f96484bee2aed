import type { Repository } from '../../init/types.ts';
import { parseDocument } from '../../stack/document.ts';
import { treeAt } from '../../stack/tree.ts';
import type { Imported } from '../facts.ts';
import { cannot, type Cannot, type Ledger } from '../ledger.ts';
import { parseInto, readText } from '../parse.ts';
import { textOf } from '../read.ts';

const kind = { name: 'a manifest', needs: 'at least "apiVersion" and "kind"' };

/**
 * Adds the Kubernetes manifests of a repository to the report. Railhead creates the objects of Kubernetes from the stack file, so
 * no field of a manifest is imported: the report names what takes its place. Returns the files.
 */
export async function readManifests(
  repository: Repository,
  imported: Imported,
  ledger: Ledger,
): Promise<string[]> {
  const named = repository.files.filter((name) => /\.ya?ml$/.test(name));
  const manifests = named.filter((file) => isManifest(repository.text(file)));
  for (const file of manifests) {
    for (const document of documentsOf(readText(repository.root, file))) {
      const parsed = await parseInto(imported, file, () =>
        Promise.resolve({ tree: parseDocument(document, file, kind) }),
      );
      if (parsed === undefined) continue;
      const name = textOf(treeAt(parsed.tree, ['kind'])) ?? '';
      ledger.settle(parsed.tree, byKind.get(name) ?? ofObject);
    }
  }
  return manifests;
}

/**
 * Whether a text contains an object of Kubernetes. The keys alone are no sign: other tools have them, with a group that is neither a
 * domain nor one of Kubernetes. A template of a Helm chart is none: it is not YAML.
 */
function isManifest(text: string): boolean {
  return apiVersion.test(text) && /^kind:/m.test(text) && !text.includes('{{');
}

const apiVersion =
  /^apiVersion: *["']?((apps|autoscaling|batch|extensions|policy|[a-z0-9-]+(\.[a-z0-9-]+)+)\/)?v\d+((alpha|beta)\d+)?["']?\s*(#.*)?$/m;

/** Returns the documents of a file that are not empty. Empty lines precede each, so that its values keep their places. */
function documentsOf(text: string): string[] {
  const documents: string[] = [];
  let above = '';
  for (const document of text.split(/^---.*$/m)) {
    if (/^[^#\s]/m.test(document)) documents.push(`${above}${document}`);
    above += document.replace(/[^\n]/g, '');
  }
  return documents;
}

const ofObject = cannot(
  'Railhead makes the objects of Kubernetes from the stack file',
  'write the counterparts of its fields in the stack file; deploy({ transform }) changes single fields of an object',
);

const ofRoutes = cannot(
  'a reference connects two services directly, and the gateway routes requests from outside',
  'write `gateway.routes`; to check who calls, use `railhead/service-token` in the service',
);

const ofScaler = cannot(
  'Railhead makes the scaler from `replicas`',
  'write `replicas: { min, max, cpu, memory }`',
);

/** What takes the place of an object, by its kind. */
const byKind = new Map<string, Cannot>([
  ['VirtualService', ofRoutes],
  ['DestinationRule', ofRoutes],
  ['Ingress', ofRoutes],
  ['HTTPRoute', ofRoutes],
  ['HorizontalPodAutoscaler', ofScaler],
  ['ScaledObject', ofScaler],
]);
