import { Resolver } from 'node:dns/promises';
import { codeOf } from '../../../../tools/error-code.ts';

/**
 * Asks Docker's DNS directly. On an internal network it does not answer for a name that no container has now, and `lookup`
 * would wait for 10 s.
 */
const resolver = new Resolver({ timeout: 2_000, tries: 2 });

/** Returns the addresses of a DNS name: none if no container has it, `undefined` if Docker's DNS did not answer. */
export type LookUp = (name: string) => Promise<string[] | undefined>;

export const lookUp: LookUp = async (name) => {
  try {
    return await resolver.resolve4(name);
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : undefined;
  }
};
