import type { Folder } from './folder.ts';
import type { RuntimeKind } from './kind.ts';
import { bashCheck } from './server-check.ts';

/** Java: Maven, or the wrapper of the folder, makes one jar that runs by itself: `service.jar`. */
export const java = {
  contents: 'Java',
  programs: /^(java|mvn|mvnw)$/,
  markers: ['pom.xml'],
  versionIn: (folder) =>
    /<(?:java\.version|maven\.compiler\.(?:release|source))>\s*(?:1\.)?(\d+)/.exec(
      folder.text('pom.xml'),
    )?.[1] ??
    /^(?:1\.)?(\d+)/.exec(folder.text('.java-version'))?.[1] ??
    /java\.runtime\.version\s*=\s*(\d+)/.exec(folder.text('system.properties'))?.[1],
  image: {
    reference: (version) => `maven:3-eclipse-temurin-${version}`,
    run: (version) => `eclipse-temurin:${version}-jre`,
    version: '21',
  },
  caches: ['/root/.m2'],
  environment: {},
  check: bashCheck,
  build: (folder) => {
    if (!folder.has('pom.xml')) return undefined;
    const maven = folder.has('mvnw') ? 'sh ./mvnw' : 'mvn';
    return `${maven} -B -q -DskipTests package && cp "${builtJar}" service.jar && rm -rf target`;
  },
  start: (folder) => `java ${address(folder)}-jar service.jar`,
} as const satisfies RuntimeKind;

/** The largest jar of the build: it has the packages. */
const builtJar =
  "$(ls -S target/*.jar | grep -v -e '-sources.jar$' -e '-javadoc.jar$' -e '-plain.jar$' | head -n 1)";

/** Returns the options that set the address of Spring Boot. Other frameworks read PORT in the code of the service. */
function address(folder: Folder): string {
  const isSpring = /spring-boot|springframework\.boot/.test(folder.text('pom.xml'));
  return isSpring ? '-Dserver.address=$HOST -Dserver.port=$PORT ' : '';
}
