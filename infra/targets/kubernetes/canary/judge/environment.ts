import type { Analysis } from '../../../../canary/analysis.ts';

/** The settings of the judge of a step, passed as environment variables. */
export interface JudgeEnvironment {
  /** Name of the Service of all pods. A name without a dot is the first that the pod looks up. */
  pods: string;
  /** The port at which their meters tell their figures. */
  figures: number;
  analysis: Analysis;
}

/** The variables that differ between steps: the version to judge, its share in percent, and the name of the measurement. */
export const stepVariables = { version: 'VERSION', weight: 'WEIGHT', measurement: 'MEASUREMENT' } as const;

export function judgeEnvironment({ pods, figures, analysis }: JudgeEnvironment): Record<string, string> {
  return { PODS: pods, FIGURES_PORT: String(figures), ANALYSIS: JSON.stringify(analysis) };
}

export function readJudgeEnvironment(env: NodeJS.ProcessEnv) {
  const value = (name: string) => {
    const text = env[name];
    if (text === undefined) throw new Error(`${name} must be set`);
    return text;
  };
  return {
    pods: value('PODS'),
    figures: Number(value('FIGURES_PORT')),
    analysis: JSON.parse(value('ANALYSIS')) as Analysis,
    version: value(stepVariables.version),
    weight: Number(value(stepVariables.weight)),
    measurement: value(stepVariables.measurement),
  };
}
