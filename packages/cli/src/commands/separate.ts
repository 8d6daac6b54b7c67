import { separateScope } from '@visanet/cbb-postgres';
import { defineCommand } from '../command.ts';
import { changeScope, changeScopeFlags, type ScopeChange } from '../compose/change-scope.ts';

const change: ScopeChange = {
  action: 'separate',
  effect: ({ contacts }) => `what is known of ${contacts} contacts is forgotten; erased phones stay erased`,
  change: separateScope,
};

export const separate = defineCommand({
  name: 'separate',
  description: 'In a copy of the database, as for staging: it gets an account of its own',
  flags: changeScopeFlags,
  run: (flags, context) => changeScope(change, flags, context),
});
