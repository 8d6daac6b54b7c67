import { stripVTControlCharacters } from 'node:util';
import { type ArgsDef, renderUsage } from 'citty';
import type { Command } from './command.ts';
import { helpOf } from './options/flags.ts';

const about = 'Keep the WhatsApp contacts of the contact service CBB equal to the newest orders';

function argumentsOf(command: Command): ArgsDef {
  return Object.fromEntries(
    Object.entries(command.flags).map(([name, schema]) => {
      const { description, hint } = helpOf(schema);
      if (hint === undefined) return [name, { type: 'boolean', description }];
      const required = !schema.safeParse(undefined).success;
      return [name, { type: 'string', description, valueHint: hint, required }];
    }),
  );
}

const definitionOf = (command: Command) => ({
  meta: { name: command.name, description: command.description },
  args: argumentsOf(command),
});

/** Plain text: it is read through pagers and pipes as often as on a terminal. */
export async function usageOf(commands: readonly Command[], command: Command | null): Promise<string> {
  const root = {
    meta: { name: 'cbb', description: about },
    subCommands: Object.fromEntries(commands.map((each) => [each.name, definitionOf(each)])),
  };
  const usage = command === null ? renderUsage(root) : renderUsage(definitionOf(command), root);
  const plain = stripVTControlCharacters(await usage);
  return `${plain.replace(/ +$/gm, '').trimEnd()}\n`;
}
