import type { z } from '@hono/zod-openapi';
import { withOffset } from '../../program/exports/frab-event.js';
import { given } from '../../program/given.js';
import type { SessionHistory } from '../../program/history.js';
import type { Catalog } from '../../program/calendar/catalog.js';
import type { Participation, Person, Presentation, Session } from '../../program/model.js';
import { toIso } from '../../program/time.js';
import type { Addresses } from '../addresses.js';
import type * as shapes from './schemas.js';

type Shape<T extends z.ZodType> = z.infer<T>;

/** What answers are made from. */
export interface AnswerMaterial {
  readonly catalog: Catalog;
  readonly addresses: Addresses;
}

/** A session as lists have it. */
export function sessionSummary(
  material: AnswerMaterial,
  session: Session,
): Shape<typeof shapes.sessionSummaryShape> {
  const { catalog, addresses } = material;
  const { lookup } = catalog;
  const room = lookup.room(session.room);
  const unit = lookup.unit(session.unit);
  const type = catalog.types.find(({ name }) => name === session.type);
  return {
    key: session.key,
    title: session.title,
    start: withOffset(session.startsAt, catalog.zone),
    end: withOffset(session.endsAt, catalog.zone),
    languages: [...session.languages],
    cancelled: session.cancelled,
    people: parts(material, session.people),
    address: addresses.absolute(`/sessions/${session.key}`),
    ...given({
      subtitle: session.subtitle,
      room: room && { ...room, address: addresses.absolute(`/rooms/${room.key}`) },
      unit: unit && { ...unit, address: addresses.absolute(`/units/${unit.key}`) },
      type: type && {
        slug: type.slug,
        name: type.name,
        address: addresses.absolute(`/types/${type.slug}`),
      },
    }),
  };
}

/** A session with all that belongs to it. */
export function sessionAnswer(
  material: AnswerMaterial,
  session: Session,
  history: SessionHistory,
): Shape<typeof shapes.sessionShape> {
  const { zone } = material.catalog;
  const revision = history(session.key);
  const { abstract, stream, recording, url: source } = session;
  return {
    ...sessionSummary(material, session),
    links: session.links.map((link) => ({ ...link })),
    presentations: session.presentations.map((one) => presentationFields(material, one)),
    ...given({
      abstract,
      stream,
      recording,
      source,
      revision: revision && {
        sequence: revision.sequence,
        modified: toIso(revision.modifiedAt),
        ...(revision.previousStart !== undefined && {
          previousStart: withOffset(revision.previousStart, zone),
        }),
      },
    }),
  };
}

/** A presentation with its session. */
export function presentationAnswer(
  material: AnswerMaterial,
  presentation: Presentation,
  session: Session,
): Shape<typeof shapes.presentationShape> {
  return {
    ...presentationFields(material, presentation),
    session: sessionSummary(material, session),
  };
}

/** A person as lists have them. */
export function personSummary(
  { addresses }: AnswerMaterial,
  { key, name, affiliation, url }: Person,
): Shape<typeof shapes.personSummaryShape> {
  return {
    key,
    name,
    ...given({ affiliation, url }),
    address: addresses.absolute(`/people/${key}`),
  };
}

/** A person with what they take part in. */
export function personAnswer(
  material: AnswerMaterial,
  person: Person,
): Shape<typeof shapes.personShape> {
  return {
    ...personSummary(material, person),
    parts: material.catalog.parts(person.key).map(({ session, presentation, roles }) => ({
      roles: [...roles],
      session: sessionSummary(material, session),
      ...(presentation && {
        presentation: {
          key: presentation.key,
          title: presentation.title,
          address: material.addresses.absolute(`/presentations/${presentation.key}`),
        },
      }),
    })),
  };
}

function presentationFields(material: AnswerMaterial, presentation: Presentation) {
  const { catalog, addresses } = material;
  const { key, title, startsAt, endsAt, abstract, people, links, cancelled } = presentation;
  return {
    key,
    title,
    people: parts(material, people),
    links: links.map((link) => ({ ...link })),
    cancelled,
    address: addresses.absolute(`/presentations/${key}`),
    ...given({
      start: startsAt === undefined ? undefined : withOffset(startsAt, catalog.zone),
      end: endsAt === undefined ? undefined : withOffset(endsAt, catalog.zone),
      abstract,
    }),
  };
}

function parts({ catalog }: AnswerMaterial, people: readonly Participation[]) {
  return people.flatMap(({ person, role, affiliation }) => {
    const found = catalog.lookup.person(person);
    if (!found) return [];
    const from = affiliation ?? found.affiliation;
    return [{ person, name: found.name, role, ...given({ affiliation: from }) }];
  });
}
