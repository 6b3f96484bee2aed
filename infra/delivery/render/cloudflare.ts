import { createHash } from 'node:crypto';
import { UserError } from '../../../tools/user-error.ts';
import type { RecordedResource } from '../../targets/shared/recorded.ts';
import { replaceSecrets } from '../../targets/shared/secret-values.ts';
import { toYaml } from '../../targets/shared/yaml.ts';

/** Maximum length of a rendered string. Longer strings are programs, and artifacts of the release. */
const longest = 2000;

/** Returns the Cloudflare resources as YAML, sorted by type and name, with masked secrets. Throws UserError if none exist. */
export function toGatewayDocuments(resources: RecordedResource[]): string {
  const documents = resources
    .filter(({ type }) => type.startsWith('cloudflare:'))
    .map((resource) => {
      const { type, name } = resource;
      const values = shortened(replaceSecrets(resource, () => '[secret]'));
      return `type: ${type}\n${toYaml({ name })}${toYaml({ arguments: values })}`;
    });
  if (documents.length === 0) {
    throw new UserError(
      'This environment has no Cloudflare resources: its stack file has no "gateway: { provider: cloudflare }".',
    );
  }
  return documents.toSorted().join('---\n');
}

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shortened(item)]));
  }
  if (typeof value !== 'string' || value.length <= longest) return value;
  const hash = createHash('sha256').update(value).digest('hex');
  return `<${value.length} characters, sha256:${hash}>`;
}
