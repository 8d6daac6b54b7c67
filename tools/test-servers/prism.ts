import { startJudge } from '../servers/judge.ts';

/** Runs before the tests of the projects that name it; one serves them all. Workers find it in `REQUEST_JUDGE_URL`. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.REQUEST_JUDGE_URL !== undefined) return undefined;
  const judge = await startJudge();
  process.env.REQUEST_JUDGE_URL = judge.url;
  return async () => {
    await judge.close();
    const { plan, 'v1.1': v11 } = judge.judged;
    if (plan + v11 > 0) console.error(`Prism judged ${plan} requests of contract plan, ${v11} of v1.1.`);
  };
}
