/** A process that writes to a store: `node writer.ts <folder> numbers <writers> <each>` or `node writer.ts <folder> endless`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentOf } from '../archive.ts';
import { folderStore } from '../folder-store.ts';

const [folder = '', mode, writers, each] = process.argv.slice(2);
const { objects, records } = folderStore(folder);

/** Takes the next free numbers, as a history does, and returns them. */
async function takeNumbers(count: number): Promise<number[]> {
  const taken: number[] = [];
  for (let number = 1; taken.length < count; number++) {
    if (await records.create(`history/dev/${number}`, { pid: process.pid })) taken.push(number);
  }
  return taken;
}

async function writeForever(): Promise<never> {
  const source = join(folder, `source-${process.pid}`);
  mkdirSync(source, { recursive: true });
  for (let number = 1; ; number++) {
    const text = `${number} `.repeat(200_000);
    await records.create(`history/${process.pid}/${number}`, { text });
    await records.replace(`history/${process.pid}/1`, { text });
    writeFileSync(join(source, 'file'), text);
    await objects.put(await contentOf(source), source);
  }
}

if (mode === 'endless') await writeForever();
const taken = await Promise.all(Array.from({ length: Number(writers) }, () => takeNumbers(Number(each))));
console.log(JSON.stringify(taken.flat()));
