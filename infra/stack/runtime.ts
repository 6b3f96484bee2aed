import * as z from 'zod';
import { imageNames, runtimeNames, type Runtime, type RuntimeName } from '../runtimes/index.ts';

const names = runtimeNames.toSorted();

/** The runtimes without a version: they run on the image of Node, whose version is that of `images.node`. */
const others = runtimeNames.filter((name) => !imageNames.some((other) => other === name));
const rule = `${names.slice(0, -1).join(', ')} or ${names.at(-1)}; all but ${others.join(' and ')} with a version if needed, such as python@3.12`;
const pattern = new RegExp(`^(?:(?:${imageNames.join('|')})(?:@\\d[\\w.]*)?|${others.join('|')})$`);

/** The runtime of a source service: `python`, `python@3.12`. */
export const runtime = z
  .string(rule)
  .regex(pattern, rule)
  .transform((text): Runtime => {
    const [name, version] = text.split('@') as [RuntimeName, string | undefined];
    return { name, version, reason: '"runtime"' };
  });
