import { adoptScope } from '@visanet/cbb-postgres';
import { defineCommand } from '../command.ts';
import { changeScope, changeScopeFlags, type ScopeChange } from '../compose/change-scope.ts';

const change: ScopeChange = {
  action: 'adopt',
  effect: ({ contacts, liveLeases }) =>
    `what is known of ${contacts} contacts becomes void, ${liveLeases} running syncs lose their lease`,
  change: adoptScope,
};

export const adopt = defineCommand({
  name: 'adopt',
  description: 'After a restore, or a change of account: this database goes on, and trusts nothing it knew',
  flags: changeScopeFlags,
  run: (flags, context) => changeScope(change, flags, context),
});
