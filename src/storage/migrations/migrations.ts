import { first } from './0001-first.js';
import { liveAccounts } from './0002-live-accounts.js';
import { sessionHistory } from './0003-session-history.js';
import { signIn } from './0004-sign-in.js';
import { membersPerson } from './0005-members-person.js';
import { noticesAgain } from './0006-notices-again.js';
import { acceptedBudgets } from './0007-accepted-budgets.js';

/**
 * Every change of the tables, by name, in order; imported as code so that a packed Callboard has them. What was released never changes:
 * a later change is a new file.
 */
export const migrations: Readonly<Record<string, string>> = {
  '0001-first': first,
  '0002-live-accounts': liveAccounts,
  '0003-session-history': sessionHistory,
  '0004-sign-in': signIn,
  '0005-members-person': membersPerson,
  '0006-notices-again': noticesAgain,
  '0007-accepted-budgets': acceptedBudgets,
};
