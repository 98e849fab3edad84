import type { FC } from 'hono/jsx';
import {
  choices,
  leaving,
  selectionQuery,
  type ChoicePart,
  type Selection,
  type SelectionPart,
} from '../../program/calendar/selection.js';
import type { View } from '../shell/view.js';
import { partName, valueName } from './selection-words.js';

/** What narrows a list further: a form, and the parts chosen already, each of which can be taken off. */
export const Filters: FC<{
  readonly view: View;
  /** Path of the page, without the base path. */
  readonly path: string;
  readonly selection: Selection;
  /** The parts that the page itself is about. */
  readonly fixed: readonly SelectionPart[];
  /** Further parameters of the address that stay as they are. */
  readonly keep?: Readonly<Record<string, string>>;
}> = ({ view, path, selection, fixed, keep = {} }) => {
  const { addresses, catalog } = view;
  const offered = choices(catalog, selection);
  const lists = (['day', 'unit', 'type', 'room'] as const).filter(
    (part) => !fixed.includes(part) && (offered[part].length > 1 || selection[part] !== undefined),
  );
  const own = Object.fromEntries(
    Object.entries(selection).filter(([part]) => !fixed.includes(part as SelectionPart)),
  ) as Selection;
  const chosen = Object.keys(own) as SelectionPart[];
  if (lists.length === 0 && chosen.length === 0) return null;
  return (
    <details class="filters" open={chosen.length > 0}>
      <summary>Filter</summary>
      <form method="get" action={addresses.to(path)} autocomplete="off">
        {Object.entries(keep).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {own.person !== undefined && <input type="hidden" name="person" value={own.person} />}
        {lists.map((part) => (
          <Choices view={view} part={part} selection={selection} offered={offered[part]} />
        ))}
        {!fixed.includes('after') && (
          <label>
            <span>{partName(view, 'after')}</span>
            <input type="time" name="after" value={selection.after ?? ''} />
          </label>
        )}
        <button type="submit">Show</button>
      </form>
      {chosen.length > 0 && (
        <ul class="chosen" aria-label="Chosen filters">
          {chosen.map((part) => (
            <li>
              <a href={addresses.to(withQuery(path, selectionQuery(leaving(own, part)), keep))}>
                <span class="unseen">Remove: </span>
                {partName(view, part)}: <span dir="auto">{valueName(view, part, own[part])}</span>
                <span aria-hidden="true"> ×</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
};

const Choices: FC<{
  readonly view: View;
  readonly part: ChoicePart;
  readonly selection: Selection;
  readonly offered: readonly {
    readonly value: string;
    readonly name: string;
    readonly count: number;
  }[];
}> = ({ view, part, selection, offered }) => (
  <label>
    <span dir="auto">{partName(view, part)}</span>
    <select name={part}>
      <option value="">Any</option>
      {offered.map(({ value, name, count }) => (
        <option value={value} selected={selection[part] === value}>
          {part === 'day' ? valueName(view, part, value) : name} ({count})
        </option>
      ))}
    </select>
  </label>
);

/** A path with a query, in one order; empty parts are left out. */
export function withQuery(
  path: string,
  query: string,
  more: Readonly<Record<string, string>> = {},
): string {
  const rest = new URLSearchParams(more).toString();
  const whole = [query, rest].filter((part) => part !== '').join('&');
  return whole === '' ? path : `${path}?${whole}`;
}
