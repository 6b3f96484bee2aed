import type { KeyObject } from 'node:crypto';

/** Where releases are kept: the contents of artifacts, and what happened to an environment. Several machines can share one. */
export interface Store {
  objects: Objects;
  records: Records;
  /** Returns where the store is, for messages: `the store /srv/rota`. */
  describe(): string;
}

/** The contents of artifacts. Each is named by its digest, `sha256:` and 64 hex digits, so it never changes. */
export interface Objects {
  has(digest: string): Promise<boolean>;
  /**
   * Keeps the content of a folder, and notes the time. A content that the store has is not written again. Throws UserError if its
   * digest is another one.
   */
  put(digest: string, folder: string): Promise<void>;
  /** Writes a content to an empty folder. Throws UserError if the store does not have it, or if it was altered. */
  fetch(digest: string, folder: string): Promise<void>;
  /** Returns all contents, sorted by digest, and the number of other files. */
  list(): Promise<{ contents: StoredContent[]; others: number }>;
  /** Signs a content that the store has, unless it has a signature of this key. Throws UserError if it is not what the digest says. */
  sign(digest: string, key: KeyObject): Promise<void>;
  /** Returns whether a content has a signature of a key. Throws UserError if it is not what the digest says. */
  isSigned(digest: string, publicKey: KeyObject): Promise<boolean>;
  /** Deletes a content, unless it was put after `since`. Returns whether it was deleted. */
  delete(digest: string, since: Date): Promise<boolean>;
}

/** A content in a store. */
export interface StoredContent {
  digest: string;
  /** Bytes that it takes. */
  size: number;
  /** When it was put there for the last time. */
  put: Date;
}

/** Small JSON values, each at a path such as `history/staging/12`. A reader finds a whole value or none. */
export interface Records {
  /** Writes a value that does not exist yet. Returns false if the record exists: of several writers, one succeeds. */
  create(path: string, value: unknown): Promise<boolean>;
  /** Writes a value, and replaces the existing one. Only the process that created a record may call this, or all if they write the same. */
  replace(path: string, value: unknown): Promise<void>;
  /** Returns undefined if the record does not exist. Throws UserError if it was damaged, or cannot be read. */
  read(path: string): Promise<unknown>;
  /**
   * Returns the sorted names of the records in a folder, such as `history/staging`. None if it does not exist. Throws UserError if it
   * cannot be read.
   */
  list(folder: string): Promise<string[]>;
  /** Returns the sorted names of the folders in a folder, such as `history`. None if it does not exist. */
  folders(folder: string): Promise<string[]>;
  /** Returns where a record is, for messages: the absolute path of its file. */
  describe(path: string): string;
}
