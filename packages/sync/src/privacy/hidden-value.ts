/**
 * Stands for every value in a preview, whatever its field and type: a mapping may hold passports, addresses and dates
 * of birth, and even their first letters or length tell something. Who may see a value finds it by the order id.
 */
export const hiddenValue = '***';
