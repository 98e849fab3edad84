import { sourceId } from '../identity.js';
import { excerpt, report, type Problems } from '../problem.js';
import type { SourceSession } from '../source.js';
import {
  contributionPresentation,
  contributionSession,
  indicoEnd,
  indicoMinute,
  indicoMoment,
  indicoRoom,
  type IndicoContribution,
} from './indico-contribution.js';
import type { IndicoPeople } from './indico-people.js';
import { objectOf, objectsOf, textOf, type JsonObject } from './json-values.js';

/** A longer pause, in minutes, ends a session: what follows is another part of it. */
const longGap = 20;

/** Sessions of `detail=sessions`: each block is one, its contributions its presentations, its conveners its chairs. */
export function blockSession(
  fields: JsonObject,
  place: string,
  { people, problems }: { readonly people: IndicoPeople; readonly problems: Problems },
): SourceSession {
  const around = objectOf(fields.session) ?? {};
  const contributions = objectsOf(fields.contributions).map((one, index) => ({
    fields: one,
    place: `${place}.contributions[${index}]`,
  }));
  reportNested(contributions, problems);
  const conveners = people.parts(fields.conveners, 'chair');
  return {
    place,
    ids: sourceId('block', textOf(fields.id)),
    title: textOf(fields.title) ?? textOf(around.title),
    start: indicoMoment(fields.startDate),
    end: indicoMoment(fields.endDate),
    room: indicoRoom(fields),
    unit: trackOf(contributions),
    type: around.isPoster === true ? 'Poster' : typeOf(contributions),
    abstract: textOf(fields.description) ?? textOf(around.description),
    url: textOf(fields.url),
    cancelled: false,
    people: conveners.length > 0 ? conveners : people.parts(around.sessionConveners, 'chair'),
    presentations: contributions.map((one) => contributionPresentation(one, people)),
  };
}

/**
 * Sessions of `detail=contributions`, which names the session of a contribution by title alone: contributions of one session that follow each other in one
 * room, without a pause of more than 20 minutes, are a session; any other is one by itself. One without a time belongs to its session where that has one part
 * only, else it has no place.
 */
export function groupedSessions(
  contributions: readonly IndicoContribution[],
  { people, problems }: { readonly people: IndicoPeople; readonly problems: Problems },
): readonly SourceSession[] {
  const timed: { one: IndicoContribution; from: number; until: number }[] = [];
  const untimed: IndicoContribution[] = [];
  for (const one of contributions) {
    const from = indicoMinute(one.fields.startDate);
    if (from === undefined) untimed.push(one);
    else timed.push({ one, from, until: Math.max(from, endMinute(one) ?? from) });
  }
  timed.sort((a, b) => a.from - b.from);
  const open = new Map<string, Group>();
  const groups: Group[] = [];
  const parts = new Map<string, number>();
  for (const { one, from, until } of timed) {
    const session = titleOf(one);
    const room = indicoRoom(one.fields);
    const mark = JSON.stringify([session, room?.name, room?.building]);
    const group = session === undefined ? undefined : open.get(mark);
    if (group && from - group.until <= longGap) {
      group.members.push(one);
      if (until > group.until) Object.assign(group, { until, last: one });
      continue;
    }
    const day = textOf(objectOf(one.fields.startDate)?.date) ?? '';
    const ofDay = `${session ?? ''}/${day}`;
    const part = (parts.get(ofDay) ?? 0) + 1;
    parts.set(ofDay, part);
    const fresh: Group = { session, mark: `${day}/${part}`, members: [one], last: one, until };
    groups.push(fresh);
    open.set(mark, fresh);
  }
  const bySession = new Map<string, Group[]>();
  for (const group of groups) {
    if (group.session === undefined) continue;
    const same = bySession.get(group.session);
    if (same) same.push(group);
    else bySession.set(group.session, [group]);
  }
  const homeless = untimed.filter((one) => {
    const [only, ...others] = bySession.get(titleOf(one) ?? '') ?? [];
    if (!only || others.length > 0) return true;
    only.members.push(one);
    return false;
  });
  return [
    ...groups.map((group) => groupSession(group, { people, problems })),
    ...homeless.map((one) => contributionSession(one, people)),
  ];
}

interface Group {
  readonly session: string | undefined;
  /** Its day, and which part of its session it is there. */
  readonly mark: string;
  readonly members: IndicoContribution[];
  /** The one that ends last, and when. */
  last: IndicoContribution;
  until: number;
}

function groupSession(
  { session, mark, members, last }: Group,
  { people, problems }: { readonly people: IndicoPeople; readonly problems: Problems },
): SourceSession {
  const [first] = members;
  if (!first) throw new Error('a group of contributions has a member');
  if (session === undefined || members.length === 1) return contributionSession(first, people);
  reportNested(members, problems);
  return {
    place: first.place,
    ids: [
      ...sourceId('part', `${session.slice(0, 200)}/${mark}`),
      ...members.flatMap(({ fields }) => sourceId('holds', textOf(fields.id))),
    ],
    title: session,
    start: indicoMoment(first.fields.startDate),
    end: indicoEnd(last.fields),
    room: indicoRoom(first.fields),
    unit: trackOf(members),
    type: typeOf(members),
    cancelled: false,
    people: [],
    presentations: members.map((one) => contributionPresentation(one, people)),
  };
}

function endMinute({ fields }: IndicoContribution): number | undefined {
  const end = indicoEnd(fields);
  return end && 'wall' in end ? Date.parse(`${end.wall}Z`) / 60_000 : undefined;
}

function titleOf({ fields: { session } }: IndicoContribution): string | undefined {
  return textOf(session) ?? textOf(objectOf(session)?.title);
}

/** The track that all of them share. */
function trackOf(contributions: readonly IndicoContribution[]): SourceSession['unit'] {
  const name = shared(contributions, 'track');
  return name === undefined ? undefined : { ids: [], name };
}

function typeOf(contributions: readonly IndicoContribution[]): string | undefined {
  return shared(contributions, 'type');
}

function shared(contributions: readonly IndicoContribution[], field: string): string | undefined {
  const [first, ...others] = new Set(contributions.map(({ fields }) => textOf(fields[field])));
  return others.length === 0 ? first : undefined;
}

/** Inside a session there is one level of presentations. */
function reportNested(contributions: readonly IndicoContribution[], problems: Problems): void {
  for (const { fields, place } of contributions) {
    const count = objectsOf(fields.subContributions).length;
    if (count === 0) continue;
    report(problems, 'dropped', 'nested-too-deep', {
      place,
      problem: `"${excerpt(textOf(fields.title) ?? '')}" holds ${count} subcontributions, which are left out`,
      remedy:
        'Nothing, where the contribution itself is enough; else make contributions of them in Indico',
    });
  }
}
