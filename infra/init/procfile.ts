/** A line of a Procfile. */
export interface ProcfileEntry {
  process: string;
  command: string;
}

/** Parses a Procfile: `web: node server.js`. Lines of another form are ignored, as its runners do. */
export function parseProcfile(text: string): ProcfileEntry[] {
  return text.split('\n').flatMap((line) => {
    const [, process, command] = /^([A-Za-z0-9_-]+):\s*(.+?)\s*$/.exec(line) ?? [];
    return process === undefined || command === undefined ? [] : { process, command };
  });
}
