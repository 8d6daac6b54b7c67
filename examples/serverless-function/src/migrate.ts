import { prepareDatabase } from './prepare-database.ts';

// A step of the deployment: a function that starts should find its tables.
const url = process.env.DATABASE_DIRECT_URL || process.env.DATABASE_URL;
if (url === undefined || url === '') {
  console.error('DATABASE_DIRECT_URL or DATABASE_URL must be set');
  process.exitCode = 2;
} else {
  await prepareDatabase(url).then(
    () => console.log('The tables are up to date.'),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : 'The migration failed.');
      process.exitCode = 1;
    },
  );
}
