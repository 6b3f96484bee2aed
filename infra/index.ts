// Here and in imported files, only the needed files of @pulumi/pulumi are imported: the whole package takes 0.3 s
// longer to load.
import { deployPlan } from './program/deploy.ts';
import { engineLog } from './program/log.ts';
import { toOutputs } from './program/outputs.ts';
import { planEnvironment } from './program/plan.ts';
import { reportUserErrors } from './common/report.ts';
import { readSettings } from './program/settings.ts';

// Pulumi captures a stack trace for every resource, and its hook would read source maps for 0.3 s. TypeScript runs
// unbuilt here, so traces have the right lines without source maps.
Reflect.deleteProperty(Error, 'prepareStackTrace');

/** The Pulumi program: plans the environment, then makes the planned resources. */
export default () =>
  reportUserErrors(async () => {
    const settings = readSettings();
    // Pulumi starts the program in infra/; messages contain paths relative to the clone.
    process.chdir(settings.root);
    // A plain `pulumi up` previews first, and `railhead up` has checked already.
    const { resources, plan } = await planEnvironment(settings, engineLog, settings.preview);
    return toOutputs(plan, deployPlan(resources, settings));
  });
