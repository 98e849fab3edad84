import { describe, expect, it } from 'vitest';
import { notWritten } from '../../src/cli/not-written.js';

const failed = (code: string, path: string, otherwise?: string) =>
  notWritten(path, Object.assign(new Error(code), { code }), otherwise).message;

describe('a file that cannot be written', () => {
  it.each([
    [
      'EACCES',
      '/: this user may not write in this folder. Give this user the right to, or name a file elsewhere.',
    ],
    ['EROFS', '/: this folder is on a disk that may only be read. Name a file elsewhere.'],
    ['ENOENT', '/no/such: there is no such folder. Make it, or name a file elsewhere.'],
    [
      'ENOSPC',
      '/no/such/a.yaml: the disk is full. Free some space and try again, or name a file elsewhere.',
    ],
  ])('after %s tells the place, the cause and the remedy', (code, said) => {
    expect(failed(code, '/no/such/a.yaml')).toBe(said);
  });

  it('offers another way out where there is one', () => {
    expect(failed('EACCES', '/a.yaml', 'leave out --write')).toBe(
      '/: this user may not write in this folder. Give this user the right to, or leave out --write.',
    );
  });
});
