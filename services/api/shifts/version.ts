import { HttpError } from '../../shared/errors.ts';

/** Throws unless the client has read this version of the shift. */
export type VersionCheck = (version: number) => void;

export function etagOf(version: number): string {
  return `"${version}"`;
}

/**
 * Returns a check for the header `If-Match` (RFC 9110). Throws a 428 if the header is missing: the change could
 * overwrite another user's recent change. `*` accepts every version. A weak tag matches none.
 */
export function versionCheck(ifMatch: string | undefined): VersionCheck {
  if (ifMatch === undefined) {
    throw new HttpError(
      428,
      'version_required',
      'A change needs the version of the shift that you have read: send its ETag as If-Match, or * for any version.',
    );
  }
  if (ifMatch.trim() === '*') return () => {};
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  if (!tags.every((tag) => /^(W\/)?"[^"]*"$/.test(tag))) {
    throw new HttpError(400, 'bad_request', 'If-Match is not valid: send an ETag such as "3", or *.');
  }
  return (version) => {
    if (tags.includes(etagOf(version))) return;
    throw new HttpError(412, 'changed', 'Another user has changed this shift since you read it.');
  };
}
