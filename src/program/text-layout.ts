const blockElements = new Set(
  `address article aside blockquote body center dd details dialog dir div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6
  header hr main menu nav ol p pre section table ul`.split(/\s+/),
);

// Control characters stand for layout while tags are taken out: a text that comes here has none.
const keptBreak = '\u0001';
const item = '\u0002';
const cell = '\u0004';

/** What an element is in a text that is not laid out: a line end, an empty line, a space or nothing. */
export function lineBreaks(name: string): string {
  if (name === 'br' || name === 'tr' || name === 'li') return '\n';
  if (name === 'td' || name === 'th') return ' ';
  return blockElements.has(name) ? '\n\n' : '';
}

/** One line of single spaces. */
export function spaced(line: string): string {
  return line.replace(/\s{2,}|[^\S ]/g, ' ').trim();
}

/** HTML's own line ends are spaces, except in `pre`. */
export function onOneLine(html: string): string {
  const lower = html.toLowerCase();
  let out = '';
  let from = 0;
  for (let at = lower.indexOf('<pre'); at !== -1; at = lower.indexOf('<pre', from)) {
    const end = lower.indexOf('</pre', at);
    if (end === -1) break;
    out += html.slice(from, at).replace(/\s+/g, ' ');
    out += html.slice(at, end).replaceAll('\n', keptBreak);
    from = end;
  }
  return out + html.slice(from).replace(/\s+/g, ' ');
}

/** Replaces tags one after the other, in their order: it knows which list an item is in. For `laidOutLines`. */
export function createLayout(): (name: string, closing: boolean, tag: string) => string {
  const lists: { readonly isOrdered: boolean; next: number }[] = [];
  const numberIn = (tag: string, attribute: RegExp) => Number(attribute.exec(tag)?.[1]);
  return (name, closing, tag) => {
    if (name === 'ul' || name === 'ol' || name === 'menu' || name === 'dir') {
      if (closing) lists.pop();
      else
        lists.push({
          isOrdered: name === 'ol',
          next: numberIn(tag, /\bstart=["']?(\d{1,6})/i) || 1,
        });
      return lists.length > (closing ? 0 : 1) ? '\n' : '\n\n';
    }
    if (name === 'li' && !closing) {
      const list = lists.at(-1);
      if (list?.isOrdered !== true) return `\n${item}${lists.length > 1 ? '◦' : '•'} `;
      const number = numberIn(tag, /\bvalue=["']?(\d{1,6})/i) || list.next;
      list.next = number + 1;
      return `\n${item}${number}. `;
    }
    if (name === 'td' || name === 'th') return cell;
    if (name === 'tr' || name === 'dt' || name === 'dd') return closing ? '' : '\n';
    return lineBreaks(name);
  };
}

/**
 * The lines of what `createLayout` made: items follow one another without empty lines, a bullet stands before its text or not at all, cells are parted by ` | `, and
 * there is never more than one empty line. Takes time as the text is long.
 */
export function laidOutLines(text: string): string {
  const lines: string[] = [];
  let bullet = '';
  for (const raw of text.replaceAll(keptBreak, '\n').split('\n')) {
    const isItem = raw.startsWith(item);
    const line = spaced(cellsOf(isItem ? raw.slice(item.length) : raw).replaceAll(item, ''));
    if (isItem) while (lines.at(-1) === '') lines.pop();
    if (isItem && /^(?:[•◦]|\d{1,7}\.)$/.test(line)) {
      bullet = line;
    } else if (line === '') {
      if (bullet === '' && lines.length > 0 && lines.at(-1) !== '') lines.push('');
    } else {
      lines.push(isItem || bullet === '' ? line : `${bullet} ${line}`);
      bullet = '';
    }
  }
  return lines.join('\n').trim();
}

function cellsOf(line: string): string {
  if (!line.includes(cell)) return line;
  return line
    .split(cell)
    .map(spaced)
    .filter((text) => text !== '')
    .join(' | ');
}
