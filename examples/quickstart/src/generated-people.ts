export type PhoneSpelling = string | { readonly code: string; readonly number: string };

/** An invented customer: the phone in digits, and the ways in which he writes it. */
export interface Person {
  readonly phone: string;
  readonly spellings: readonly [PhoneSpelling, ...PhoneSpelling[]];
  readonly hasWhatsApp: boolean;
}

/** Every other one in Israel and in Russia; one of twenty has no WhatsApp. Numbers from unassigned blocks. */
export function inventPerson(index: number): Person {
  const subscriber = String(Math.floor(index / 2)).padStart(4, '0');
  const hasWhatsApp = index % 20 !== 19;
  if (index % 2 === 0) {
    const national = `50000${subscriber}`;
    return {
      phone: `972${national}`,
      hasWhatsApp,
      spellings: [
        { code: '972', number: `0${national}` },
        { code: '+972', number: national },
        `+972-50-000-${subscriber}`,
        `00972${national}`,
      ],
    };
  }
  const national = `900000${subscriber}`;
  return {
    phone: `7${national}`,
    hasWhatsApp,
    spellings: [
      { code: '7', number: `8 (900) 000-${subscriber}` },
      { code: '+7', number: national },
      `+7 900 000 ${subscriber}`,
      `007${national}`,
    ],
  };
}
