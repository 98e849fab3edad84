/** What is said while Callboard runs, from everything to nothing. */
export const logLevels = ['info', 'warn', 'error', 'silent'] as const;

/** A level of the live lines. */
export type LogLevel = (typeof logLevels)[number];

/** Whether the word is a level. */
export function isLogLevel(word: string): word is LogLevel {
  return (logLevels as readonly string[]).includes(word);
}

/**
 * Whether something of this level is said where only this much is wanted.
 *
 * @example isSaid('warn', 'info') // true
 */
export function isSaid(level: LogLevel, wanted: LogLevel): boolean {
  return wanted !== 'silent' && logLevels.indexOf(level) >= logLevels.indexOf(wanted);
}
