/** Raises the limit of open files of every container on Docker. */
import { deploy } from 'railhead';

const system = await deploy({
  transform: {
    container: (args) => ({ ...args, ulimits: [{ name: 'nofile', soft: 4096, hard: 4096 }] }),
  },
});

export const url = system.url;
