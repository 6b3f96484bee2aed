/** Builds the commands that messages name, so that users can copy and run them unchanged. */

/**
 * Returns a railhead command: `npx --no -- railhead logs api -s dev`. `environment` is undefined for commands that need none.
 */
export function railheadCommand(environment: string | undefined, ...words: string[]): string {
  return line(...ownProgram, ...words, ...stackFlag(environment));
}

/** Returns the help command: `npx --no -- railhead logs --help`. */
export function helpCommand(...command: string[]): string {
  return line(...ownProgram, ...command, '--help');
}

/** Without `--no`, npx runs a package of that name from the registry wherever Railhead is not installed. */
const ownProgram = ['npx', '--no', '--', 'railhead'] as const;

/** Returns an npm command: `npm run up -- -s dev`. */
export function npmCommand(script: 'up' | 'down', environment: string, ...flags: string[]): string {
  return line('npm', 'run', script, '--', '-s', environment, ...flags);
}

/**
 * Returns a Pulumi command: `npm run pulumi -- cancel -s dev`. `environment` is undefined for commands that need none.
 */
export function pulumiCommand(environment: string | undefined, ...words: string[]): string {
  return line('npm', 'run', 'pulumi', '--', ...words, ...stackFlag(environment));
}

/** Returns the command that sets a key of Railhead in the config: `npm run pulumi -- config set railhead:target process -s dev`. */
export function configCommand(environment: string, key: string, value: string): string {
  return pulumiCommand(environment, 'config', 'set', configKey(key), value);
}

/** Returns the command that asks for the value of a secret: `npx --no -- railhead secrets set TOKEN -s dev`. */
export function secretCommand(environment: string, name: string): string {
  return railheadCommand(environment, 'secrets', 'set', name);
}

/** Pulumi puts a key without a namespace into that of the project, which has any name. */
function configKey(name: string): string {
  return `railhead:${name}`;
}

/** `kubectl logs api-1 -n rota-prod --context=prod-eu` */
export function kubectlCommand(namespace: string, flags: string[], ...words: string[]): string {
  return line('kubectl', ...words, '-n', namespace, ...flags);
}

/** `git push --set-upstream origin promote/staging-12` */
export function gitCommand(...words: string[]): string {
  return line('git', ...words);
}

/** `gh pr create --head promote/staging-12 --fill` */
export function ghCommand(...words: string[]): string {
  return line('gh', ...words);
}

/** `cd ../shop` */
export function cdCommand(folder: string): string {
  return line('cd', folder);
}

/** `docker logs rota-docker-api-1` */
export function dockerCommand(...words: string[]): string {
  return line('docker', ...words);
}

function stackFlag(environment: string | undefined): string[] {
  return environment === undefined ? [] : ['-s', environment];
}

function line(...words: string[]): string {
  return words.map(quote).join(' ');
}

/** Quotes a word for a POSIX shell. `…` is a placeholder that the reader fills in. */
export function quote(word: string): string {
  return /^[\w./:=@%+,…-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
