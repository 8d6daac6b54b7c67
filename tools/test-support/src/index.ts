export {
  asAdministrator,
  createTestDatabase,
  databaseUrl,
  newName,
  type TestDatabase,
  urlOf,
} from './databases.ts';
export { type Impostor, listening, silentServer } from './impostors.ts';
export { must } from './must.ts';
export { insertOrder, statusOf } from './orders.ts';
export { createOrdersDatabase, type OrdersDatabase } from './orders-database.ts';
