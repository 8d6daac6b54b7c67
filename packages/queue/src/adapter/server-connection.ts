import { isObject, type OptionRule } from '@visanet/cbb-sync';

const addressParts = ['url', 'host', 'port', 'path'];

/** Without its address a client would go to a server on this machine, and wait for ever or find a foreign one. */
export const serverConnection: OptionRule = (value) => {
  if (!isObject(value)) return 'must be options of a client or an instance';
  const lacking = addressParts.filter(
    (name) => name in value && [undefined, null, ''].includes(Reflect.get(value, name)),
  );
  return lacking.length === 0 ? undefined : `${lacking.join(', ')} is given but has no value`;
};
