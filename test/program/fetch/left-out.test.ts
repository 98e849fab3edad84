import { expect, it } from 'vitest';
import { leftOut } from '../../../src/program/fetch/left-out.js';

it('says of each kind of page that was not fetched what it means and what to do', () => {
  const said = leftOut('https://example.org/program', { forbidden: 2, missing: 1, beyondMost: 0 });
  expect(said.map(({ code, severity, problem }) => [code, severity, problem])).toEqual([
    [
      'pages-forbidden',
      'dropped',
      'robots.txt of the server forbids 2 pages, so what they say is missing',
    ],
    [
      'pages-missing',
      'dropped',
      'the program names 1 page that the server does not have, so what they say is missing',
    ],
  ]);
});
