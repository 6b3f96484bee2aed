/** Matches commands that start with a shell builtin, for which not every system has a program. */
const builtin = /^(?:[.:]|cd|command|eval|exec|exit|export|set|trap|ulimit|umask|unset)(?: |$)/;

/** Returns a command as a list of arguments, so that the process receives signals directly; with a shell if it needs one. */
export function execForm(command: string): string[] {
  const text = command.trim();
  const isPlain = /^[\w@%+=:,./ -]+$/.test(text) && !/^\w+=/.test(text) && !builtin.test(text);
  return isPlain ? text.split(/ +/) : ['/bin/sh', '-c', command];
}

/** Returns a command of a stack file, a line or a list of arguments, as a list. */
export function argumentsOf(command: string | string[]): string[] {
  return typeof command === 'string' ? execForm(command) : command;
}

/** Returns a command that runs commands one after the other, each in its own shell, until one fails. */
export function execEach(commands: string[]): string[] {
  const [first, ...more] = commands;
  if (first !== undefined && more.length === 0) return execForm(first);
  return ['/bin/sh', '-c', 'for command do /bin/sh -c "$command" || exit; done', 'sh', ...commands];
}
