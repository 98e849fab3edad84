/** What an address of an All Academic program shows. */
export type AcademicPlace =
  | { readonly kind: 'session' | 'presentation'; readonly id: string }
  /** A calendar, or a list by day or session type. */
  | { readonly kind: 'list' }
  | { readonly kind: 'other' };

/** An address of an All Academic program, taken apart. */
export interface AcademicAddress {
  readonly place: AcademicPlace;
  /** Origin and folder of the meeting, without an end slash: all pages of one program share it. */
  readonly meeting: string;
}

/** Only pages of the system's own online programs have these; a page that merely links to one has not. */
const marks =
  /online_program1_panel|online_program_footer|\/online_program_ajax\.js|\/css\/online_program\.css|name=["']?cmd["']?\s{1,9}value=["']Online Program|(?:&copy;|©)\s?\d{4} All Academic, Inc/;

/** Whether a text is the beginning of a page of an All Academic program, whatever it shows. */
export function isAcademicPage(head: string): boolean {
  return /^\s*</.test(head) && marks.test(head);
}

const directLink = /^(.*?)\/online_program_direct_link\/view_(session|paper)\/(\d{1,12})\/?$/;
const listCommand =
  /^Online Program (?:Load(?: Selected)? Focus|View Selected (?:Day|Session Type)\b.*)$/i;
const listFocus = /^(?:browse_by_(?:day|session_type)\w*|\w{0,40}calendar)$/i;

/**
 * Takes an address of an All Academic program apart. Pages are named by the parameter `cmd` of `index.php`; sessions and presentations also by a direct link without
 * parameters, which every such page shows under "Share".
 *
 * @example academicAddress(new URL('https://c.example/one/m/m26/index.php?cmd=Online+Program+View+Session&selected_session_id=7')).place // { kind: 'session', id: '7' }
 */
export function academicAddress(url: URL): AcademicAddress {
  const path = url.pathname.replace(/\/{2,}/g, '/');
  const direct = directLink.exec(path);
  if (direct) {
    const [, folder = '', what, id = ''] = direct;
    return {
      meeting: url.origin + folder,
      place: { kind: what === 'session' ? 'session' : 'presentation', id },
    };
  }
  const meeting = url.origin + path.replace(/\/(?:index\.php)?$/i, '');
  return { meeting, place: placeOf(url.searchParams) };
}

function placeOf(parameters: URLSearchParams): AcademicPlace {
  const command = (parameters.get('cmd') ?? '').trim();
  const focus = (parameters.get('program_focus') ?? '').trim();
  const direct = command === 'online_program_direct_link';
  const session = parameters.get('selected_session_id') ?? '';
  const presentation = parameters.get('selected_paper_id') ?? '';
  const isId = (text: string) => /^\d{1,12}$/.test(text);
  if (/^Online Program View Session$/i.test(command) || (direct && focus === 'view_session')) {
    return isId(session) ? { kind: 'session', id: session } : { kind: 'other' };
  }
  if (/^Online Program View Paper$/i.test(command) || (direct && focus === 'view_paper')) {
    return isId(presentation) ? { kind: 'presentation', id: presentation } : { kind: 'other' };
  }
  const isList =
    listCommand.test(command) &&
    (listFocus.test(focus) || (focus === '' && !/Focus$/i.test(command)));
  return { kind: isList ? 'list' : 'other' };
}

/** The direct link of a session or a presentation: it needs no session of a browser and stays the same. */
export function directAddress(
  meeting: string,
  { kind, id }: Extract<AcademicPlace, { readonly id: string }>,
): string {
  return `${meeting}/online_program_direct_link/view_${kind === 'session' ? 'session' : 'paper'}/${id}/`;
}
