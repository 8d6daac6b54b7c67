import { emptyAnswer, jsonAnswer, textAnswer } from '../contract/answers.ts';
import type { Answer, Call } from '../contract/contract.ts';
import type { World } from '../contract/world.ts';
import type { V11Settings } from './v11-options.ts';

export type Operations = Readonly<Record<string, (call: Call) => Answer>>;

/** What the operations of v1.1 share: the state, and how this service says yes and no. */
export interface V11Context {
  readonly world: World;
  readonly settings: V11Settings;
  answer(value: unknown): Answer;
  succeed(): Answer;
  /** `code` is the status where the service is set to use one. */
  refuse(code: number, text: string): Answer;
  /** A failure of the service or of a proxy before it. */
  fail(status: number): Answer;
}

/** Every shape of a refusal. */
const REFUSALS: readonly ((code: number, text: string) => unknown)[] = [
  (_code, text) => ({ success: false, error: text }),
  (_code, text) => ({ success: false, message: text }),
  (code, text) => ({ error: { code, message: text } }),
];

const FAILURES: readonly ((status: number) => Answer)[] = [
  (status) => jsonAnswer(status, { success: false, message: 'Server error' }),
  (status) => textAnswer(status, '<html><body><h1>Bad gateway</h1></body></html>', 'text/html'),
  (status) => emptyAnswer(status),
];

export function createV11Context(world: World, settings: V11Settings): V11Context {
  const { random } = world;
  const { jsonLabel, errorsInBody } = settings;

  function labelled(status: number, value: unknown): Answer {
    const drawn = random.pick(['application/json', 'text/html'] as const);
    const label = jsonLabel === 'varied' ? drawn : jsonLabel;
    return { ...jsonAnswer(status, value, label), mislabelled: label !== 'application/json' };
  }

  return {
    world,
    settings,
    answer: (value) => labelled(200, value),
    succeed: () => labelled(200, { success: true }),
    refuse: (code, text) => labelled(errorsInBody ? 200 : code, random.pick(REFUSALS)(code, text)),
    fail: (status) => random.pick(FAILURES)(status),
  };
}
