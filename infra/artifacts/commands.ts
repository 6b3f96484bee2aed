/** What only a shell knows: no program is called so everywhere. */
const builtin = /^(?:[.:]|cd|command|eval|exec|exit|export|set|trap|ulimit|umask|unset)(?: |$)/;

/** A command as the list of its words, so that the process gets its signals itself; by a shell where it needs one. */
export function execForm(command: string): string[] {
  const text = command.trim();
  const isPlain = /^[\w@%+=:,./ -]+$/.test(text) && !/^\w+=/.test(text) && !builtin.test(text);
  return isPlain ? text.split(/ +/) : ['/bin/sh', '-c', command];
}

/** Commands that run one after the other, each by itself as if it were alone, until one fails. */
export function execEach(commands: string[]): string[] {
  const [first, ...more] = commands;
  if (first !== undefined && more.length === 0) return execForm(first);
  return ['/bin/sh', '-c', 'for command do /bin/sh -c "$command" || exit; done', 'sh', ...commands];
}
