interface Named {
  hash: string;
  pinned?: string | undefined;
}

/**
 * Returns what identifies an artifact among those of its service: its hash, and for one of a release file also the start of the
 * digest that the file names. The same inputs can be built to other files.
 */
export function artifactName({ hash, pinned }: Named): string {
  return pinned === undefined ? hash : `${hash}-${pinned.slice('sha256:'.length).slice(0, 16)}`;
}
