import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The project's own folder of templates. */
export const templatesFolder = fileURLToPath(new URL('../../templates/', import.meta.url));

/** The templates that the project ships, by name without ending. */
export const shippedTemplates: ReadonlyMap<string, string> = new Map(
  readdirSync(templatesFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.liquid'))
    .map((file) => [
      file.replace(/\.liquid$/, '').replaceAll('\\', '/'),
      readFileSync(`${templatesFolder}/${file}`, 'utf8'),
    ]),
);
