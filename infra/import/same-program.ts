/** Whether a command starts the program that another one starts. Options and interpreters do not count. */
export function startsProgram(command: string, proposed: string): boolean {
  const words = wordsOf(command);
  const isThere = (wanted: string) =>
    words.some((word) => word === wanted || word.startsWith(`${wanted}:`) || wanted.startsWith(`${word}:`));
  const [program = '', ...rest] = wordsOf(proposed);
  return (rest.length === 0 ? [program] : rest).every(isThere);
}

const wordsOf = (command: string) => command.split(/[\s"';&|]+/).filter((word) => /^[^-$\d]/.test(word));
