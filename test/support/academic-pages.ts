/** An invented meeting in the manner of an All Academic program: pages as its server would give them. */
export interface InventedSession {
  readonly id: number;
  readonly title: string;
  /** The time line, whole; several are parted by `<br />`. */
  readonly when: string;
  readonly type?: string;
  /** What stands behind, as HTML; see `heading`. */
  readonly body?: string;
}

/** Where the invented pages say that they stand; a server of a test puts its own in place. */
export const origin = 'https://pages.example';
const folder = '/one/harbour/harbour26';

/** The HTML of a heading with entries. */
export function heading(title: string, ...entries: readonly string[]): string {
  return `<h4>${title}</h4><ul data-role="listview" data-inset="true">${entries.map((entry) => `<li>${entry}</li>`).join('')}</ul>`;
}

/** A person below a role's heading; `name` is set in italics word by word. */
export function personEntry(id: number, name: string, affiliation = '', clock = ''): string {
  return `<a href="${folder}/index.php?cmd=Online+Program+View+Person&selected_people_id=${id}&PHPSESSID=0">${at(clock)}<p style="white-space: normal;">${italics(name)}${affiliation && `, ${affiliation}`}</p></a>`;
}

/** A presentation with its authors: `[name, affiliation]`. */
export function presentationEntry(
  id: number,
  title: string,
  authors: readonly (readonly [string, string])[],
  clock = '',
): string {
  const people = authors.map(([name, affiliation]) => `${italics(name)}, ${affiliation}`);
  return `<a href="${origin}//one/harbour/harbour26/index.php?cmd=Online+Program+View+Paper&selected_paper_id=${id}&PHPSESSID=0">${at(clock)}<p style="white-space: normal;"><strong>${title}</strong> - ${people.join('; ')}</p></a>`;
}

/** A unit. */
export function unitEntry(id: number, name: string): string {
  return `<a href="${folder}/index.php?cmd=Online+Program+Load+Selected+Focus&selected_sub_unit_id=${id}&program_focus=browse_by_sub_unit_submissions&PHPSESSID=0"><p><strong>${name}</strong></p></a>`;
}

/** The page of a session. */
export function sessionPage(session: InventedSession): string {
  const { id, title, when, type = 'Paper Session', body = '' } = session;
  const link = `${origin}${folder}/online_program_direct_link/view_session/${id}/`;
  return page(
    `<div class="ui-bar" data-role="header">Session Submission Summary</div><div data-role="content"><div class="undefined">
    <div data-role="popup"><h3>Share</h3><input type="text" value="${link}" /></div><h3>${title}</h3><strong>${when}</strong>
    <p style="white-space: normal;"><strong>Session Submission Type: </strong>${type}</p>${body}</div></div>`,
    `<link rel="canonical" href="${link}" />`,
  );
}

/** The page of a presentation. */
export function presentationPage(
  id: number,
  title: string,
  abstract: string,
  authors: readonly string[] = [],
): string {
  const link = `${origin}${folder}/online_program_direct_link/view_paper/${id}/`;
  return page(
    `<div data-role="content"><h3>${title}</h3><strong>Mon, June 15, 9:00 to 10:30am CEST, Quay House</strong>
    <h4>Abstract</h4><blockquote>${abstract}</blockquote>${heading('Authors', ...authors)}</div>`,
    `<link rel="canonical" href="${link}" />`,
  );
}

/** A page of the program with its menu, whatever it shows. */
export function page(content: string, head = ''): string {
  const menu = (focus: string, text: string) =>
    `<li><a href="${origin}//one/harbour/harbour26/index.php?cmd=Online+Program+Load+Focus&amp;program_focus=${focus}&amp;PHPSESSID=0">${text}</a></li>`;
  return `<!DOCTYPE html><html lang="en"><head><title>Harbour Studies: page</title><meta property="og:site_name" content="Harbour Studies" />${head}
<link rel="stylesheet" href="/files/css/online_program.css"><script>var away = '<h3>No title</h3>';</script></head><body><div data-role="page">
<div data-role="panel" id="online_program1_panel"><ul>${menu('search', 'Search')}${menu('browse_by_day_submissions', 'Browse By Day')}${menu('browse_by_people', 'Browse By Person')}
<li><a href="${folder}/index.php?cmd=Online+Program+View+Personal+Schedule&program_focus=personal_schedule&PHPSESSID=0">Personal Schedule</a></li>
<li><a href="/one/harbour/harbour26/index.php?cmd=login&PHPSESSID=0">Sign In</a></li><li><a href="/one/other/other26/index.php?cmd=Online+Program+View+Session&selected_session_id=1">Another meeting</a></li></ul></div>
<div data-role="header">Home</div>${content}<div id="online_program_footer" data-role="footer">&copy;2026 All Academic, Inc.</div></div></body></html>`;
}

/** A list of sessions on one day, headed as the system heads it. */
export function dayPage(day: string, ids: readonly number[], session = '0'): string {
  const entries = ids.map(
    (id) =>
      `<li><a href="${origin}//one/harbour/harbour26/index.php?cmd=Online+Program+View+Session&selected_session_id=${id}&PHPSESSID=${session}">Session ${id}</a><a href="#${id}" class="add_personal_schedule">Add to Personal Schedule</a></li>`,
  );
  return page(
    `<div data-role="content"><ul><li data-role="list-divider">${day} CEST</li>${entries.join('')}</ul></div>`,
  );
}

function italics(name: string): string {
  return name
    .split(' ')
    .map((word) => `<i>${word}</i>`)
    .join(' ');
}

function at(clock: string): string {
  return clock === '' ? '' : `<div style="float:left"><p><strong>${clock}</strong> |</p></div>`;
}
