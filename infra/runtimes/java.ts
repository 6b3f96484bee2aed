import type { Folder } from './folder.ts';
import type { RuntimeKind } from './kind.ts';
import { bashCheck } from './server-check.ts';

const gradleFiles = ['build.gradle', 'build.gradle.kts'] as const;

/** Java: Maven or Gradle, or the wrapper of the folder, makes one jar that runs by itself: `service.jar`. */
export const java = {
  contents: 'Java',
  programs: /^(java|mvn|mvnw|gradle|gradlew)$/,
  markers: ['pom.xml', ...gradleFiles],
  versionIn: (folder) =>
    /<(?:java\.version|maven\.compiler\.(?:release|source))>\s*(?:1\.)?(\d+)/.exec(
      folder.text('pom.xml'),
    )?.[1] ??
    /JavaLanguageVersion\.of\(\s*(\d+)/.exec(gradleText(folder))?.[1] ??
    /^(?:1\.)?(\d+)/.exec(folder.text('.java-version'))?.[1] ??
    /java\.runtime\.version\s*=\s*(\d+)/.exec(folder.text('system.properties'))?.[1],
  image: {
    // It has what a wrapper of Gradle needs, too.
    reference: (version) => `maven:3-eclipse-temurin-${version}`,
    run: (version) => `eclipse-temurin:${version}-jre`,
    version: '21',
  },
  caches: ['/root/.m2', '/root/.gradle'],
  environment: {},
  check: bashCheck,
  build: (folder) => {
    if (folder.has('pom.xml')) {
      const maven = folder.has('mvnw') ? 'sh ./mvnw' : 'mvn';
      return `${maven} -B -q -DskipTests package && ${keepJar('target/*.jar')} && rm -rf target`;
    }
    return gradleFiles.some((file) => folder.has(file)) ? gradleBuild(folder) : undefined;
  },
  start: (folder) => (isApplication(folder) ? `sh ${script}` : `java ${address(folder)}-jar service.jar`),
} as const satisfies RuntimeKind;

/** The script of a program that the plugin `application` of Gradle has installed. */
const script = 'service/bin/start';

function gradleBuild(folder: Folder): string {
  // Without settings, the project has the name of its folder, which is another one for each build and begins with a dot.
  const hasSettings = gradleFiles.some((file) => folder.has(file.replace('build', 'settings')));
  const named = hasSettings ? '' : `echo "rootProject.name = 'service'" > settings.gradle && `;
  const gradle = `${named}${folder.has('gradlew') ? 'sh ./gradlew' : 'gradle'} --no-daemon -q`;
  const made = isApplication(folder)
    ? `installDist && mv build/install/* service && mv "$(ls -d service/bin/* | grep -v '[.]bat$')" ${script}`
    : `assemble && ${keepJar('build/libs/*.jar')}`;
  return `${gradle} ${made} && rm -rf build .gradle`;
}

/** Returns the command that keeps the largest jar of a build: it has the packages. */
function keepJar(jars: string): string {
  return `cp "$(ls -S ${jars} | grep -v -e '-sources.jar$' -e '-javadoc.jar$' -e '-plain.jar$' | head -n 1)" service.jar`;
}

/** Whether Gradle makes a folder of jars with a script. Spring Boot and Shadow make one jar instead. */
function isApplication(folder: Folder): boolean {
  const text = gradleText(folder);
  const applies =
    /^\s*(?:id\s*\(?\s*['"]application['"]|application\s*$|apply plugin: *['"]application['"])/m;
  return !folder.has('pom.xml') && applies.test(text) && !/springframework\.boot|shadow/.test(text);
}

function gradleText(folder: Folder): string {
  return gradleFiles.map((file) => folder.text(file)).join('\n');
}

/** Returns the options that set the address of Spring Boot. Other frameworks read PORT in the code of the service. */
function address(folder: Folder): string {
  const isSpring = /spring-boot|springframework\.boot/.test(folder.text('pom.xml') + gradleText(folder));
  return isSpring ? '-Dserver.address=$HOST -Dserver.port=$PORT ' : '';
}
