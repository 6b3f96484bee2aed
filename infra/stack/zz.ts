import { run } from '../cli/validate.ts';
process.exitCode = await run(process.argv.slice(2));
