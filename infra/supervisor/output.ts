import { execFileSync } from 'node:child_process';
import { constants, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { readLines } from './log.ts';

/** A reader of a replica's stdout and stderr. */
export interface OutputReader {
  /** Resolves after the last line, when no process has the pipes open for writing. */
  closed: Promise<unknown>;
  close(): void;
}

/**
 * Creates the named pipes for stdout and stderr of a replica and returns the descriptors for the replica's process. The
 * pipes outlive the supervisor: the replica has them open for reading too, so its writes succeed while no supervisor
 * reads, and the kernel keeps the written data for the next supervisor.
 */
export function openOutput(folder: string, id: string): number[] {
  const pipes = pipesOf(folder, id);
  const missing = pipes.filter((pipe) => !existsSync(pipe));
  if (missing.length > 0) {
    mkdirSync(outputFolder(folder), { recursive: true, mode: 0o700 });
    execFileSync('mkfifo', ['-m', '600', ...missing]);
  }
  return pipes.map((pipe) => openSync(pipe, 'r+'));
}

export function hasOutput(folder: string, id: string): boolean {
  return pipesOf(folder, id).every((pipe) => existsSync(pipe));
}

/** Reads the output of a replica from its pipes and passes the lines to `take`. */
export function readOutput(folder: string, id: string, take: (lines: string[]) => void): OutputReader {
  const sockets = pipesOf(folder, id).map((pipe) => {
    const fd = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    return new Socket({ fd, readable: true, writable: false });
  });
  const closed = sockets.map(
    (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
  );
  for (const socket of sockets) readLines(socket, take);
  return {
    closed: Promise.all(closed),
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

export function removeOutputs(folder: string): void {
  rmSync(outputFolder(folder), { recursive: true, force: true });
}

const outputFolder = (folder: string) => join(folder, 'output');

function pipesOf(folder: string, id: string): string[] {
  return ['stdout', 'stderr'].map((stream) => join(outputFolder(folder), `${id}.${stream}`));
}
