import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder =
  process.env.CALLBOARD_REAL_PROGRAMS ??
  fileURLToPath(new URL('../../../shared/programs', import.meta.url));

/** The folder of real conference programs, for tests and benches only; undefined where it is not there. */
export const realPrograms: string | undefined = existsSync(folder) ? folder : undefined;
