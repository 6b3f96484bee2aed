import { HttpError } from '../../shared/errors.ts';

/** Throws unless this version of a shift is one that the caller has seen. */
export type VersionCheck = (version: number) => void;

export function etagOf(version: number): string {
  return `"${version}"`;
}

/**
 * What `If-Match` asks for (RFC 9110). A change without it is a 428: it could undo what somebody else has just changed. `*`
 * takes every version. A weak tag matches none.
 */
export function versionCheck(ifMatch: string | undefined): VersionCheck {
  if (ifMatch === undefined) {
    throw new HttpError(
      428,
      'version_required',
      'Say which version of the shift you have seen: send its ETag as If-Match, or * to change it whatever it is.',
    );
  }
  if (ifMatch.trim() === '*') return () => {};
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  if (!tags.every((tag) => /^(W\/)?"[^"]*"$/.test(tag))) {
    throw new HttpError(400, 'bad_request', 'If-Match is not valid: send an ETag such as "3", or *.');
  }
  return (version) => {
    if (tags.includes(etagOf(version))) return;
    throw new HttpError(412, 'changed', 'Somebody else has changed this shift since you read it.');
  };
}
