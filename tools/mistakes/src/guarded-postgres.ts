import { listening } from '@visanet/test-support';

/** Says what Postgres says of a wrong password, in its own form. */
export function guardedPostgres() {
  const fields = ['SFATAL', 'VFATAL', 'C28P01', 'Mpassword authentication failed for user "someone"'];
  const body = Buffer.from(`${fields.join('\0')}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(body.length + 4, 1);
  return listening((socket) => socket.once('data', () => socket.end(Buffer.concat([head, body]))));
}
