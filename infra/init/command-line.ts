/** A command with its fixed address replaced by the variables HOST and PORT. */
export interface Adapted {
  command: string;
  /** The port that the command named. */
  port?: number;
}

/**
 * Replaces the fixed address in a command by `$HOST` and `$PORT`: several replicas of a service run side by side, each at
 * its own address.
 */
export function adaptAddress(command: string): Adapted {
  const named =
    /(?:--port[ =]|(?:--bind|-b)[ =]\S*:|\brunserver \S*?:?)(\d{2,5})\b/.exec(command) ??
    (/\b(next|serve|uvicorn)\b/.test(command) ? /\s-p[ =]?(\d{2,5})\b/.exec(command) : null);
  const adapted = command
    .replace(/(--port[ =])\d{2,5}\b/, '$1$PORT')
    .replace(/(--host(?:name)?[ =])[\w.:]+/, '$1$HOST')
    .replace(/((?:--bind|-b)[ =])[\w.[\]]*:\d{2,5}\b/, '$1$HOST:$PORT')
    .replace(/(\brunserver )(?:\S*:)?\d{2,5}\b/, '$1$HOST:$PORT')
    .replace(/(\b(?:next|serve|uvicorn)\b.*\s-p[ =]?)\d{2,5}\b/, '$1$PORT');
  return { command: withAddress(adapted), ...(named !== null && { port: Number(named[1]) }) };
}

/** Adds the address to a uvicorn command without one: its default is a fixed port of 127.0.0.1. */
function withAddress(command: string): string {
  if (!/\buvicorn\b/.test(command)) return command;
  const host = /--host\b/.test(command) ? '' : ' --host $HOST';
  const port = /(--port|-p)\b/.test(command) ? '' : ' --port $PORT';
  return `${command}${host}${port}`;
}
