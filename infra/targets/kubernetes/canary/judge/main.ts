import { writeFileSync } from 'node:fs';
import { lookup } from 'node:dns/promises';
import type { Metered } from '../meter/metered.ts';
import { readJudgeEnvironment } from './environment.ts';
import { judgeStep, type Told } from './judge.ts';

/** Milliseconds for which a pod may take to tell its figures. */
const timeout = 2_000;

/** Where Kubernetes reads how a container has ended. */
const terminationLog = '/dev/termination-log';

/** The program of the Job that judges a step of a canary. It exits with 1 if the new version does not keep to its limits. */
const { pods, figures, measurement, ...step } = readJudgeEnvironment(process.env);
const { passed, text } = await judgeStep(step, askAll);
console.log(text);
writeFileSync(terminationLog, text);
process.exit(passed ? 0 : 1);

async function askAll(): Promise<Told> {
  try {
    const found = await lookup(pods, { all: true });
    const answers = await Promise.all(found.map(({ address }) => askOne(address)));
    const problem = answers.find((answer) => typeof answer === 'string');
    return { figures: new Map(answers.filter((answer) => typeof answer !== 'string')), problem };
  } catch (error) {
    return { figures: new Map(), problem: messageOf(error) };
  }
}

/** Returns why a pod does not answer: one that starts or ends does not. */
async function askOne(address: string): Promise<[string, Metered] | string> {
  const host = address.includes(':') ? `[${address}]` : address;
  try {
    const signal = AbortSignal.timeout(timeout);
    const answer = await fetch(`http://${host}:${figures}/${measurement}`, { signal });
    return [address, (await answer.json()) as Metered];
  } catch (error) {
    return `${address}: ${messageOf(error)}`;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
