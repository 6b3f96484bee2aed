import type { Folder } from './folder.ts';
import type { RuntimeKind } from './kind.ts';
import { bashCheck } from './server-check.ts';

/** .NET: the project is published to `out`, which runs on the image without the SDK. */
export const dotnet = {
  contents: '.NET',
  programs: /^dotnet$/,
  markers: ['*.csproj', '*.fsproj'],
  versionIn: (folder) =>
    /"version"\s*:\s*"(\d+\.\d+)/.exec(folder.text('global.json'))?.[1] ??
    /<TargetFrameworks?>\s*net(\d+\.\d+)/.exec(projectText(folder))?.[1],
  image: {
    reference: (version) => `mcr.microsoft.com/dotnet/sdk:${version}`,
    run: (version) => `mcr.microsoft.com/dotnet/aspnet:${version}`,
    version: '10.0',
  },
  caches: ['/root/.nuget/packages'],
  environment: { DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' },
  check: bashCheck,
  build: (folder) => {
    const project = projectOf(folder);
    return project && `dotnet publish ${project} -c Release -o out --nologo -v quiet && rm -rf bin obj`;
  },
  start: (folder) => {
    const project = projectOf(folder);
    if (project === undefined) return undefined;
    const assembly = /<AssemblyName>\s*([\w.-]+)/.exec(projectText(folder))?.[1];
    return `ASPNETCORE_URLS=http://$HOST:$PORT dotnet out/${assembly ?? project.replace(/\.\w+$/, '')}.dll`;
  },
} as const satisfies RuntimeKind;

/** Returns the only project of a folder. */
function projectOf(folder: Folder): string | undefined {
  const [only, ...more] = folder.names('.').filter((name) => /^[\w.-]+\.(cs|fs)proj$/.test(name));
  return more.length === 0 ? only : undefined;
}

function projectText(folder: Folder): string {
  const project = projectOf(folder);
  return project === undefined ? '' : folder.text(project);
}
