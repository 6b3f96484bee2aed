import assert from 'node:assert/strict';
import { join } from 'node:path';
import { lacksCluster } from '../../../tests/kubernetes/cluster.ts';
import { lacksPlugin, linkPlugin } from '../../../tools/testing/plugins.ts';
import { unless } from '../../../tools/testing/unless.ts';
import { goodStack } from '../../policy/testing/planned.ts';
import { lacksDaemon } from '../../targets/docker/testing/daemon.ts';
import { chooseTarget } from '../../targets/index.ts';
import { createSystem, fail, lacksEngine, succeed } from '../../targets/testing/system.ts';

const lacksPlatform = {
  docker: async () => Promise.resolve(lacksDaemon()),
  kubernetes: lacksCluster,
};

for (const [name, lacks] of Object.entries(lacksPlatform)) {
  const lack = (await lacksEngine()) ?? lacksPlugin(name) ?? (await lacks());
  unless(lack).test(
    `${name}: the inputs that the engine sends keep the rules as the plan does`,
    async (t) => {
      const system = await createSystem(name);
      t.onTestFinished(() => system.close());
      linkPlugin(system.root, name);
      const good = {
        ...goodStack(await chooseTarget({ name: 'test', target: name })),
        name: `packed-${process.pid}`,
      };
      system.write('app/main.ts', '');
      const pack = join(system.root, 'dist/policy-pack/railhead-policy');
      const preview = () => system.pulumi('preview', '--policy-pack', pack);

      system.write('stacks/test.yaml', good);
      const { output } = await succeed(preview());
      assert.match(output, /✅ railhead@/);
      assert.doesNotMatch(output, /\[(mandatory|advisory)\]/);

      system.write('stacks/test.yaml', { ...good, images: {} });
      assert.equal((await fail(preview())).match(/the content of postgres:17 can change/g)?.length, 1);
    },
  );
}
