/** Returns the folder with the mounted files of a service, relative to the Compose file. */
export function renderedFolder(service: string): string {
  return `./files/${service}`;
}
