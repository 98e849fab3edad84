import type { FC } from 'hono/jsx';
import type { MarkedText } from '../../program/search/marks.js';

/** A text in which what matched is marked. */
export const Marked: FC<{ readonly marked: MarkedText }> = ({ marked }) => {
  const { text, ranges } = marked;
  return (
    <>
      {ranges.map(([from, to], index) => (
        <>
          {text.slice(ranges[index - 1]?.[1] ?? 0, from)}
          <mark>{text.slice(from, to)}</mark>
        </>
      ))}
      {text.slice(ranges.at(-1)?.[1] ?? 0)}
    </>
  );
};
