import type { Folder } from './folder.ts';
import type { RuntimeKind } from './kind.ts';

/** Ruby: Bundler installs the gems of the Gemfile into `vendor/bundle`. */
export const ruby = {
  contents: 'Ruby',
  programs: /^(ruby|bundle|gem|rake|rails|rackup|puma|unicorn|sidekiq)$/,
  markers: ['Gemfile'],
  versionIn: (folder) =>
    /^\s*(?:ruby-)?(\d+\.\d+)/.exec(folder.text('.ruby-version'))?.[1] ??
    /^\s*ruby\s+["'](?:~>\s*)?(\d+\.\d+)/m.exec(folder.text('Gemfile'))?.[1] ??
    /^\s*ruby (\d+\.\d+)/m.exec(folder.text('Gemfile.lock'))?.[1],
  // Not the slim one: gems are compiled, and those of databases need their libraries when they run.
  image: { reference: (version) => `ruby:${version}`, version: '3.4' },
  caches: [],
  environment: {
    BUNDLE_PATH: 'vendor/bundle',
    BUNDLE_WITHOUT: 'development:test',
    RACK_ENV: 'production',
    RAILS_ENV: 'production',
  },
  packages: 'vendor/bundle',
  check: ({ urls = [], port }) => {
    const connect = port === undefined ? '' : `; TCPSocket.new("127.0.0.1", ${port})`;
    const read =
      'ARGV.each { |url| r = Net::HTTP.get_response(URI(url)); abort("#{url}: #{r.code}") if r.code.to_i >= 400 }';
    return ['ruby', '-rnet/http', '-rsocket', '-e', `${read}${connect}`, ...urls];
  },
  build: (folder) => {
    if (!declaresGems(folder)) return undefined;
    const frozen = folder.has('Gemfile.lock') ? 'BUNDLE_FROZEN=true ' : '';
    const install = `${frozen}bundle install --quiet`;
    return hasAssets(folder)
      ? `${install} && SECRET_KEY_BASE_DUMMY=1 bundle exec rake assets:precompile`
      : install;
  },
  start: (folder) => {
    if (folder.has('bin/rails')) return 'bundle exec bin/rails server -b $HOST -p $PORT';
    if (folder.has('config.ru')) return 'bundle exec rackup config.ru -o $HOST -p $PORT';
    const program = ['main.rb', 'app.rb', 'server.rb'].find((name) => folder.has(name));
    return program && (declaresGems(folder) ? `bundle exec ruby ${program}` : `ruby ${program}`);
  },
} as const satisfies RuntimeKind;

function declaresGems(folder: Folder): boolean {
  return /^\s*(gem|gemspec)\b/m.test(folder.text('Gemfile'));
}

function hasAssets(folder: Folder): boolean {
  return (
    folder.has('bin/rails') &&
    /sprockets|propshaft/.test(folder.text('Gemfile') + folder.text('Gemfile.lock'))
  );
}
