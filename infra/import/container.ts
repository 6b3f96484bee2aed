import { posix } from 'node:path';
import { toUnusedLabel } from '../init/names.ts';
import type { Vocabulary } from './facts.ts';
import { cannot, defaulted } from './ledger.ts';
import { to, write, type Rule } from './rule.ts';

/** The rules of facts that say how the container of a service differs from a hardened one. */

export const user: Rule<string> = (fact, place) => {
  const value = /^root(:root|:0)?$/.test(fact.value) ? '0' : fact.value;
  return /^\d+(:\d+)?$/.test(value)
    ? to<string>('user')({ ...fact, value }, place)
    : cannot(
        'a user is a number: a cluster cannot check that one with a name is not root',
        'write `user: <uid>`',
      );
};

export const readOnly: Rule<string> = (fact, place) =>
  fact.value === 'false'
    ? to<string>('readOnly', () => false)(fact, place)
    : defaulted('the file system of a container is read-only, with a writable /tmp');

export const stopSignal: Rule<string> = (fact, place) =>
  fact.value === 'SIGTERM'
    ? defaulted('SIGTERM stops a replica, unless its image sets another signal')
    : to<string>('stopSignal')(fact, place);

/** Folders of the repository, by the last part of their path. */
export const bindMounts: Rule<Vocabulary['bindMounts']> = ({ value }, place) => {
  const taken = new Set<string>();
  return value.map(({ source, path, readOnly, from }) => {
    const at = ['bindMounts', toUnusedLabel(posix.basename(source), taken, 20)];
    write([...at, 'source'], source, from, place);
    if (readOnly) write([...at, 'readOnly'], true, from, place);
    return [from, write([...at, 'path'], path, from, place)];
  });
};

const ofDaemon = cannot(
  'no service gets the socket of the Docker daemon, which controls the whole machine',
  'run the program that needs it outside of the stack file',
);
const ofData = cannot(
  'the imported folder does not contain the source of the mount',
  'for data, write the path in the container under `volumes`; for configuration, copy the files into this folder, mount them with a path that begins with ./, and import again',
);
const ofConfiguration = cannot(
  'the imported folder does not contain the source of the mount',
  'copy the files into this folder, mount them with a path that begins with ./, and import again',
);

/** Paths that the imported folder does not contain. What a service can write is more likely data than configuration. */
export const mountedFiles: Rule<Vocabulary['mountedFiles']> = ({ value }) =>
  value.map(({ source, readOnly, from }) => {
    if (/\/docker\.sock$/.test(source)) return [from, ofDaemon];
    return [from, readOnly ? ofConfiguration : ofData];
  });

/** Folders in memory: a path, or a map with its size. */
export const tmpfs: Rule<Vocabulary['tmpfs']> = ({ value }, place) =>
  value.map(({ path, size, from }, index) => {
    const at = ['tmpfs', String(index)];
    if (size !== undefined) write([...at, 'size'], size, from, place);
    return [from, write(size === undefined ? at : [...at, 'path'], path, from, place)];
  });

export const ulimits: Rule<Vocabulary['ulimits']> = ({ value }, place) =>
  value.map(({ name, soft, hard, from }) => {
    const at = ['ulimits', name];
    if (soft !== hard) write([...at, 'hard'], hard, from, place);
    return [from, write(soft === hard ? at : [...at, 'soft'], soft, from, place)];
  });

/** Only root keeps capabilities. Without a user, Compose runs the user of the image, which usually is root. */
export const capabilities: Rule<Vocabulary['capabilities']> = ({ value, from }, place) => {
  const named = place.facts.user?.value;
  if (named !== undefined && !/^(0|root)(:|$)/.test(named))
    return cannot('only root keeps capabilities', 'write `user: 0` and `capabilities.add`');
  if (named === undefined) write(['user'], 'image', from, place);
  return value.map(({ name, from }, index) => [
    from,
    write(['capabilities', 'add', String(index)], name, from, place),
  ]);
};

/** Only a cluster has annotations. */
export const annotations: Rule<Vocabulary['annotations']> = ({ value }, place) =>
  value.map(({ name, value, from }) => [
    from,
    write(['kubernetes', 'annotations', name], value, from, place),
  ]);
