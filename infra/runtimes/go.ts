import type { Folder } from './folder.ts';
import type { RuntimeKind } from './kind.ts';

/** The program that a build makes. */
export const goProgram = './service.bin';

/** Go: the module is compiled to one static program, `service.bin`. */
export const go = {
  contents: 'the compiled program',
  programs: /^go$/,
  markers: ['go.mod'],
  versionIn: (folder) => /^go\s+(\d+\.\d+)/m.exec(folder.text('go.mod'))?.[1],
  image: { reference: (version) => `golang:${version}`, version: '1.25' },
  compiles: true,
  caches: ['/go/pkg/mod', '/root/.cache/go-build'],
  // A program that uses C libraries would not run on an image with another C library.
  environment: { CGO_ENABLED: '0' },
  build: (folder) => {
    const place = mainPackage(folder);
    return place && buildPackage(place);
  },
  start: (folder) => (mainPackage(folder) === undefined ? undefined : goProgram),
} as const satisfies RuntimeKind;

/** Returns the command that compiles a package of a module: `./cmd/web`. */
export function buildPackage(place: string): string {
  // In a workspace, Go refuses a copy that go.work does not list. The copy has no git history for a version.
  return `GOWORK=off go build -buildvcs=false -trimpath -o service.bin ${place}`;
}

/** Returns the package to build: that of the module itself, or the only one in `cmd`. */
function mainPackage(folder: Folder): string | undefined {
  if (folder.names('.').some((name) => name.endsWith('.go') && !name.endsWith('_test.go'))) return '.';
  const [only, ...more] = folder.names('cmd');
  return only !== undefined && more.length === 0 ? `./cmd/${only}` : undefined;
}
