import { settingTexts, type FixedOptions, type Settings } from '../settings.ts';

/** The options that Railhead sets, and those on which its roles and its addresses depend. */
export const fixedOptions: FixedOptions = {
  hasConnections: true,
  fixed: {
    port: 'port',
    listen_addresses: '',
    'unix_socket_*': '',
    data_directory: '',
    config_file: '',
    hba_file: '',
    ident_file: '',
    external_pid_file: '',
    'ssl*': '',
    password_encryption: '',
  },
};

/** Returns the arguments of `postgres` for options. Of two with one name, the last one counts. */
export function optionArgs(options: Settings, settings: Settings | undefined): string[] {
  return [...settingTexts(options), ...settingTexts(settings)].flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
}
