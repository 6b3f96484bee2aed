/** What a program prints that needs a field of the stack file, and the advice. The first that matches counts. */
const hints: [printed: RegExp, advice: string][] = [
  [
    /read-only file ?system|\bEROFS\b/i,
    'the root file system is read-only; list the folder under `tmpfs` or `volume`, or write `readOnly: false`',
  ],
  [
    /\/dev\/shm\b.*no space left|no space left.*\/dev\/shm\b|could not resize shared memory/i,
    'the shared memory is full; set `shmSize`',
  ],
  [/too many open files|\bEMFILE\b/i, 'set `ulimits: { nofile: … }`'],
  [
    /(chown|set_?e?[ug]id|setgroups|gosu|su-exec|initgroups|switch).*operation not permitted|operation not permitted.*(chown|set_?e?[ug]id|setgroups)/i,
    'the program changes owners or users, for which root keeps no capability; set `user` to the user that it ends as, or `user: 0` and `capabilities: { add: [CHOWN, SETUID, SETGID] }`',
  ],
  [
    /must be (run as )?root|run as root|are you root|requires root/i,
    'the program expects root; write `user: 0`, and the capabilities that it needs',
  ],
  [
    /^(?!.*(\bunix\b|denied \/))(.*\b(bind|listen)\b.*permission denied|.*permission denied.*\bbind\b)/im,
    'only root may listen on a port below 1024; use a port from 1024, or `user: 0` and `capabilities: { add: [NET_BIND_SERVICE] }`',
  ],
  [
    /permission denied(?! for )|\bEACCES\b/i,
    'the container runs as another user than the image was made for; set `user` to the owner of these files, or `user: image`',
  ],
];

/** Returns the field of the stack file that the last lines of a failed container ask for; undefined if none is known. */
export function startHint(lines: readonly string[]): string | undefined {
  const text = lines.join('\n');
  return hints.find(([printed]) => printed.test(text))?.[1];
}
