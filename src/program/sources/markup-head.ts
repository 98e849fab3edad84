/** How a document of markup begins. */
export interface MarkupHead {
  /** Name that its document type declaration gives, in lower case. */
  readonly doctype?: string;
  /** Name of its first element, as written. */
  readonly root?: string;
}

/**
 * Looks at what stands before the first element of XML or HTML: declaration, comments, document type. In time proportional to the text, whatever
 * stands in it.
 *
 * @example markupHead('<?xml version="1.0"?><!-- a --><schedule>') // { root: 'schedule' }
 * @example markupHead('<!doctype html><html>') // { doctype: 'html', root: 'html' }
 */
export function markupHead(text: string): MarkupHead {
  let doctype: string | undefined;
  let at = 0;
  for (;;) {
    at += /^\s*/.exec(text.slice(at, at + 10_000))?.[0].length ?? 0;
    const end = asideEnd(text, at);
    if (end === undefined) break;
    doctype ??= /^<!doctype\s+([\w:-]{1,50})/i.exec(text.slice(at, at + 80))?.[1]?.toLowerCase();
    at = end;
  }
  const root = /^<([A-Za-z_][\w:.-]{0,100})(?=[\s/>])/.exec(text.slice(at, at + 120))?.[1];
  return { ...(doctype !== undefined && { doctype }), ...(root !== undefined && { root }) };
}

/** Behind the declaration, comment or document type that begins here; undefined where none does, or it never ends. */
function asideEnd(text: string, at: number): number | undefined {
  const behind = (close: string, from: number) => {
    const found = text.indexOf(close, from);
    return found === -1 ? undefined : found + close.length;
  };
  if (text.startsWith('<!--', at)) return behind('-->', at + 4);
  if (text.startsWith('<?', at)) return behind('?>', at + 2);
  if (!/^<!doctype/i.test(text.slice(at, at + 9))) return undefined;
  const close = text.indexOf('>', at);
  const subset = text.indexOf('[', at);
  if (close === -1) return undefined;
  if (subset === -1 || subset > close) return close + 1;
  const subsetEnd = behind(']', subset);
  return subsetEnd === undefined ? undefined : behind('>', subsetEnd);
}
