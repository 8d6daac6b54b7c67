import { readConfiguration } from './configuration.ts';
import { createEntry } from './create-entry.ts';
import { openFunction } from './open-function.ts';

const { fetch, scheduled, handler } = createEntry(async () =>
  openFunction(readConfiguration(process.env), (entry) => console.log(JSON.stringify(entry))),
);

/** For platforms that call `fetch` and `scheduled`. */
export default { fetch, scheduled };
/** For AWS Lambda: scheduled events and HTTP events. */
export { handler };
