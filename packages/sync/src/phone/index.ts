export { type InvalidPhone, type InvalidPhoneReason, normalizePhone } from './normalize-phone.ts';
