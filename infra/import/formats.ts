import { UserError } from '../../tools/user-error.ts';
import type { Repository } from '../init/types.ts';
import { findCompose, readCompose } from './compose/read-compose.ts';
import { findRailway, isRailwayFile, readRailway } from './railway/read-railway.ts';
import type { Imported } from './facts.ts';
import { findFly, isFlyFile, readFly } from './fly/read-fly.ts';
import { findHeroku, isHerokuFile, readHeroku } from './heroku/read-heroku.ts';
import type { Ledger } from './ledger.ts';
import { isRenderFile, readRender, renderNames } from './render/read-render.ts';

/** A format that can be imported. */
interface Format {
  /** Returns the files of a repository that belong to it. */
  find: (repository: Repository) => string[];
  /** Whether a file in any folder has this format, by its name. */
  isOne: (file: string) => boolean;
  /** Returns all files of the format in a repository, where `find` returns only those to read. */
  findOthers?: (repository: Repository) => string[];
  read: (repository: Repository, files: string[], ledger: Ledger) => Promise<Imported>;
}

/** By the name for `--from`, in the order in which a folder with several is read. */
const formats: Record<string, Format> = {
  railway: {
    find: findRailway,
    isOne: isRailwayFile,
    read: readRailway,
  },
  compose: {
    find: findCompose,
    findOthers: ({ files }) => files.filter((file) => /^(docker-)?compose[^/]*\.ya?ml$/.test(file)),
    isOne: (file) => /compose.*\.ya?ml$/.test(file),
    read: ({ root }, files, ledger) => readCompose(root, files, ledger),
  },
  render: {
    find: ({ files }) => renderNames.filter((name) => files.includes(name)).slice(0, 1),
    isOne: isRenderFile,
    read: readRender,
  },
  fly: {
    find: findFly,
    findOthers: ({ files }) => files.filter(isFlyFile),
    isOne: isFlyFile,
    read: readFly,
  },
  heroku: { find: findHeroku, isOne: isHerokuFile, read: readHeroku },
};

export const formatNames = Object.keys(formats);

/** Finds what a folder describes. Throws UserError if it is nothing that can be imported. */
export function findFormat(repository: Repository, file: string | undefined, from: string | undefined) {
  const found = Object.entries(formats).flatMap(([name, format]) => {
    const files = file === undefined ? format.find(repository) : format.isOne(file) ? [file] : [];
    return files.length === 0 ? [] : [{ name, format, files }];
  });
  const chosen = from === undefined ? found[0] : found.find(({ name }) => name === from);
  if (chosen === undefined) {
    const what = from === undefined ? 'nothing that can be imported' : `nothing of the format ${from}`;
    throw new UserError(`${file ?? repository.root} has ${what}. Formats: ${formatNames.join(', ')}.`);
  }
  const { format, files } = chosen;
  const all = found.flatMap((other) => [...other.files, ...(other.format.findOthers?.(repository) ?? [])]);
  return {
    read: (ledger: Ledger) => format.read(repository, files, ledger),
    ignored: file === undefined ? [...new Set(all)].filter((other) => !files.includes(other)) : [],
  };
}
