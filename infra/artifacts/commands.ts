/** A command as the list of its words, so that the process gets its signals itself; by a shell where it needs one. */
export function execForm(command: string): string[] {
  const isPlain = /^[\w@%+=:,./ -]+$/.test(command) && !/^\w+=/.test(command);
  return isPlain ? command.trim().split(/ +/) : ['/bin/sh', '-c', command];
}
