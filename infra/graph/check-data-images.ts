import { kindOf, serverImage } from '../data/index.ts';
import { taggedVersion } from '../data/tag.ts';
import type { Finding } from '../stack/finding.ts';
import { isCode, type Stack } from '../stack/schema.ts';

/**
 * Warns about an image whose tag names another version than `version`, on which the checks of existing data depend. Only an
 * image with the name of the server, or a tag such as `pg17`, says which version it has.
 */
export function checkDataImages({ services, images }: Stack): Finding[] {
  return Object.entries(services).flatMap(([name, service]): Finding[] => {
    if (isCode(service) || service.external !== undefined) return [];
    const { version } = service;
    const kind = kindOf(service);
    const image = serverImage(images, service);
    const tagged = taggedVersion(image);
    const isNamed = /:.*\bpg\d/.test(image) || image.replace(/:[^/]*$/, '').endsWith(kind.image);
    if (!isNamed || version.split('.').every((part, at) => (tagged[at] ?? part) === part)) return [];
    const message = `${image} is ${kind.title} ${tagged.join('.')} by its tag, and "version" is ${JSON.stringify(version)}: name the same version in both`;
    const path = service.image === undefined ? ['images', service.kind] : ['services', name, 'image'];
    return [{ path, message, warning: true }];
  });
}
