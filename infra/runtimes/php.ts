import type { Folder } from './folder.ts';
import type { RuntimeKind } from './kind.ts';

/** PHP: Composer installs the packages into `vendor`, and PHP's own server serves `public`, or the folder. */
export const php = {
  contents: 'PHP',
  programs: /^(php|composer|frankenphp)$/,
  markers: ['composer.json', 'index.php', 'public/index.php'],
  versionIn: (folder) => /"php"\s*:\s*"[^"\d]*(\d+\.\d+)/.exec(folder.text('composer.json'))?.[1],
  // The version of PHP in the image of Composer does not matter: Composer only downloads packages.
  image: { reference: () => 'composer:2', run: (version) => `php:${version}-cli`, version: '8.4' },
  caches: ['/tmp/cache'],
  environment: { COMPOSER_ALLOW_SUPERUSER: '1', PHP_CLI_SERVER_WORKERS: '4' },
  packages: 'vendor',
  check: ({ urls = [], port }) => {
    const read =
      'foreach (array_slice($argv, 1) as $url) if (@file_get_contents($url) === false) { echo $url; exit(1); }';
    const connect = port === undefined ? '' : ` if (!@fsockopen("127.0.0.1", ${port})) exit(1);`;
    return ['php', '-r', `${read}${connect}`, '--', ...urls];
  },
  build: (folder) => {
    if (!declaresPackages(folder)) return undefined;
    return 'composer install --quiet --no-dev --no-interaction --no-scripts --optimize-autoloader --ignore-platform-reqs';
  },
  start: (folder) => {
    const root = ['public', '.'].find((name) => folder.has(`${name}/index.php`));
    return root && `php -S $HOST:$PORT -t ${root}`;
  },
} as const satisfies RuntimeKind;

/** Whether Composer has something to do: packages, or classes of the folder that it loads. */
function declaresPackages(folder: Folder): boolean {
  return /"(require|autoload)"\s*:/.test(folder.text('composer.json'));
}
