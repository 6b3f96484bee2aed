/** Commands as a person types them: what a message names is spelled here, so that it works as it stands. */

/** `npx railhead logs api -s dev` */
export function railheadCommand(environment: string, ...words: string[]): string {
  return line('npx', 'railhead', ...words, '-s', environment);
}

/** `npx railhead logs --help` */
export function helpCommand(command?: string): string {
  return line('npx', 'railhead', ...(command === undefined ? [] : [command]), '--help');
}

/** `npm run up -- -s dev` */
export function npmCommand(script: 'up' | 'down', environment: string, ...flags: string[]): string {
  return line('npm', 'run', script, '--', '-s', environment, ...flags);
}

/** `npm run pulumi -- cancel -s dev`; the environment is left out where the command is about none. */
export function pulumiCommand(environment: string | undefined, ...words: string[]): string {
  const stack = environment === undefined ? [] : ['-s', environment];
  return line('npm', 'run', 'pulumi', '--', ...words, ...stack);
}

function line(...words: string[]): string {
  return words.map(quote).join(' ');
}

/** For a POSIX shell. `…` stands for what only the reader knows. */
function quote(word: string): string {
  return /^[\w./:=@%+,…-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
