import { dataKinds, dataTypes, type DataType } from '../data/index.ts';
import type { DataKind, KeptImage, Part } from '../data/kind.ts';
import { taggedVersion } from '../data/tag.ts';
import type { Tree } from '../stack/tree.ts';
import type { Fact, Imported, ImportedService, Vocabulary } from './facts.ts';
import { cannot, defaulted, type Ledger, type Outcome } from './ledger.ts';
import type { Place } from './rule.ts';
import { writeOptions } from './server-options.ts';
import { sharedValuesIn } from './shared-values.ts';
import { variableOf, type Server } from './values.ts';

/** Returns the type of data service that an image contains; undefined for other images. */
export function dataTypeOf({ facts: { image } }: Pick<ImportedService, 'facts'>): DataType | undefined {
  const name = nameOf(image?.value);
  return dataTypes.find((type) => {
    const { image: official, replaces = [] }: DataKind = dataKinds[type];
    return official === name || replaces.includes(name) || keptImage(type, image?.value) !== undefined;
  });
}

function nameOf(image = ''): string {
  return /^(?:docker\.io\/)?(?:library\/)?([\w./-]+)(?::|@|$)/.exec(image)?.[1] ?? '';
}

/** Returns what is known of an image that stays; undefined for other images, and if no version of the server is known. */
function keptImage(type: DataType, image = ''): KeptImage | undefined {
  const { kept }: DataKind = dataKinds[type];
  return versionOf(type, image) === undefined ? undefined : kept?.[nameOf(image)];
}

const accounts =
  'Railhead makes the database, its accounts and their passwords; services get them by reference';
const isAccount = /USER|PASSWORD|DATABASE|_DB$|^PGDATA$|INITDB|AUTH_METHOD|^TZ$|^LANG$/i;

/** Writes a data service in place of a container of its official image. */
export function writeDataService(
  service: ImportedService,
  type: DataType,
  place: Place,
  ledger: Ledger,
): void {
  const settle = (fact: Fact<unknown>, outcome: Outcome) => ledger.settle(fact.from, outcome);
  const { image, command, bindMounts, mountedFiles, ...others } = service.facts;
  const path = ['services', place.service];
  const outcome = place.draft.set([...path, 'type'], type, image?.from);
  if (image !== undefined) {
    settle(image, outcome);
    const version = versionOf(type, image.value);
    if (version !== undefined) place.draft.set([...path, 'version'], version, image.from);
    else if (/:\D*\d/.test(image.value))
      settle(
        image,
        cannot(
          `${type} has no such version here, so the default version starts with an empty database`,
          'restore a dump of the data',
        ),
      );
    const kept = keptImage(type, image.value);
    if (kept !== undefined) {
      // The user of the official images does not exist on Alpine.
      const debian = image.value.replace(/[:-]alpine[\d.]*(@.*)?$/, '');
      settle(image, place.draft.set([...path, 'image'], debian, image.from));
      if (kept.extensions !== undefined)
        settle(image, place.draft.set([...path, 'extensions'], kept.extensions, image.from));
    }
  }
  for (const [name, fact] of Object.entries(others))
    settle(fact, factOutcome(name as keyof Vocabulary, fact, type, place));
  if (command !== undefined)
    for (const [from, outcome] of commandOutcomes(command, type, place)) ledger.settle(from, outcome);
  for (const [name, fact] of service.variables) {
    settle(
      fact,
      isAccount.test(name)
        ? defaulted(accounts)
        : fact.from.place.file !== service.from.place.file
          ? defaulted(`a ${type} service reads no variables of a file`)
          : cannot(`a ${type} service takes no variables`, 'run the image itself as a service with `image`'),
    );
  }
  const accountFiles = accountFilesOf(service);
  for (const { path, from } of [
    ...service.files,
    ...(bindMounts?.value ?? []),
    ...(mountedFiles?.value ?? []),
  ])
    ledger.settle(from, accountFiles.has(path) ? defaulted(accounts) : fileOutcome(path, type));
  if (service.published !== undefined)
    settle(service.published, defaulted('a data service is private: other machines cannot connect to it'));
}

function factOutcome(
  name: keyof Vocabulary,
  fact: Fact<unknown>,
  type: DataType,
  { draft, service }: Place,
): Outcome {
  const path = ['services', service];
  const isStandard =
    (name === 'port' && fact.value === dataKinds[type].port) || (name === 'replicas' && fact.value === 1);
  if (isStandard) return defaulted('it is so in every data service of this type');
  const field = fields[name];
  if (field !== undefined) return draft.set([...path, ...field], fact.value as string | number, fact.from);
  const own = builtIn[name];
  if (own !== undefined) return defaulted(`a data service has ${own} of its own`);
  return noSetting(type);
}

function commandOutcomes(fact: Fact<Vocabulary['command']>, type: DataType, place: Place): [Tree, Outcome][] {
  if (takesSettings(type)) return writeOptions(fact, type, place);
  const { replaces }: DataKind = dataKinds[type];
  const ofCommand = defaulted(`a ${type} service has a command of its own`);
  return [[fact.from, replaces === undefined ? noSetting(type) : ofCommand]];
}

function fileOutcome(path: string, type: DataType): Outcome {
  if (path.startsWith('/docker-entrypoint-initdb.d'))
    return cannot(
      'files for the first start of a server are not run',
      'run this SQL in `preDeploy` of a service, or in a service that runs once',
    );
  const { imageFolder, schema }: DataKind = dataKinds[type];
  const folder = imageFolder(schema.parse({ type }).version);
  if (isBelow(path, folder) || isBelow(folder, path))
    return cannot(`a ${type} service starts with an empty database`, 'restore a dump of the data');
  return cannot(
    `a ${type} service reads no files of a stack`,
    takesSettings(type)
      ? 'write the options of the server as `settings`'
      : 'run the image itself as a service with `image`',
  );
}

const isBelow = (path: string, folder: string) => `${path}/`.startsWith(`${folder}/`);

const takesSettings = (type: DataType) => dataKinds[type].schema.safeParse({ type, settings: {} }).success;

function noSetting(type: DataType): Outcome {
  return cannot(`a ${type} service has no such setting`, 'run the image itself as a service with `image`');
}

/** Facts that are fields of data services. */
const fields: { [Name in keyof Vocabulary]?: string[] } = {
  port: ['port'],
  cpu: ['resources', 'cpu'],
  memory: ['resources', 'memory'],
  volumeSize: ['storage'],
};

/** Settings that every data service has already. */
const builtIn: { [Name in keyof Vocabulary]?: string } = {
  volumePath: 'storage',
  healthCommand: 'a health check',
  healthTimeout: 'a health check',
  restart: 'a restart policy',
  retries: 'a restart policy',
};

/** Returns the version of the stack file that an image has: that of `postgres:15-alpine` is 15. */
function versionOf(type: DataType, image: string): string | undefined {
  const { kept }: DataKind = dataKinds[type];
  const ofAll = kept?.[nameOf(image)]?.version;
  if (ofAll !== undefined) return ofAll;
  const [major, minor] = taggedVersion(image);
  if (major === undefined) return undefined;
  const candidates = [`${major}.${minor}`, major];
  return candidates.find((version) => dataKinds[type].schema.safeParse({ type, version }).success);
}

/** Returns the names of its accounts and its database, each with the variable from which other services get it here. */
export function textsOf(
  service: ImportedService,
  type: DataType,
  { shared, secrets }: Imported,
): Server['texts'] {
  const files = accountFilesOf(service);
  return [...service.variables, ...passwordOption(service)].flatMap(([name, { value: text, from }]) => {
    // Its file of variables can contain those of other services.
    if (ownNames[type]?.test(name) === false) return [];
    const value = sharedValuesIn(files.get(text) ?? text, shared);
    const found = parts.find(([pattern]) =>
      pattern.test(files.has(text) ? name.replace(/_FILE$/, '') : name),
    );
    const variable = found === undefined ? '' : variableOf(dataKinds[type], found[1]);
    // Another service can have the value of a secret as a text.
    const secret = secrets.get(/^\$\{\{secret\.(\w+)\}\}$/.exec(value)?.[1] ?? '');
    const texts = secret === undefined ? [value] : [value, secret];
    return variable === '' ? [] : texts.map((text) => ({ name, text, variable, from }));
  });
}

/** Returns the password in the command of a Redis, as a variable. */
function passwordOption({ facts: { command } }: ImportedService): [string, Fact<string>][] {
  const line = [command?.value ?? []].flat().join(' ');
  const [, value] = /\s?--requirepass[= ]+["']?([^\s"']+)/.exec(line) ?? [];
  return command === undefined || value === undefined
    ? []
    : [['REDIS_PASSWORD', { value, from: command.from }]];
}

/** Returns the contents of the files that variables such as `POSTGRES_PASSWORD_FILE` name, by path. */
function accountFilesOf({ variables, files }: ImportedService): Map<string, string> {
  const named = [...variables].flatMap(([name, { value }]) => (name.endsWith('_FILE') ? [value] : []));
  return new Map(
    files.flatMap(({ path, content }) =>
      content !== undefined && named.includes(path) ? [[path, content] as const] : [],
    ),
  );
}

const parts: [RegExp, Part['part']][] = [
  [/PASSWORD$/i, 'password'],
  [/USER(NAME)?$/i, 'user'],
  [/(_DB|DATABASE)$/i, 'database'],
];

/** How the names of the variables that the images read begin, by type. */
const ownNames: Record<string, RegExp> = {
  postgres: /^(POSTGRES|PG)/i,
  mysql: /^MYSQL/i,
  mariadb: /^(MARIADB|MYSQL)/i,
  mongodb: /^MONGO/i,
  redis: /^(REDIS|VALKEY)/i,
};
