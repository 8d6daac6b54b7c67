const ownHeaders = /* @__PURE__ */ new Set(['accept', 'authorization', 'content-type', 'x-access-token']);

/** Whether a caller may set a header of this name. */
export function isFreeHeader(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && !ownHeaders.has(name.toLowerCase());
}

/** `Headers` refuses the rest with a message that quotes the value. */
export const printable = /^[\x20-\x7e]*$/;
