import type { CbbClient } from '@visanet/cbb-client';
import type { ContactGateway } from '@visanet/cbb-sync';

// Client and sync know nothing of each other: what the one offers must be what the other asks for.
export const contactsAreAGateway = (client: CbbClient): ContactGateway => client.contacts;
