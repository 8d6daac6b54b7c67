import type { Operation } from '../resilience/operation.ts';

export const planOperations = {
  createContact: { name: 'createContact', method: 'POST', pathTemplate: '/contacts', intent: 'create' },
  findContact: { name: 'findContact', method: 'GET', pathTemplate: '/contacts/{id}', intent: 'read' },
  // Merging the same fields twice leaves what merging them once leaves.
  updateContact: { name: 'updateContact', method: 'PATCH', pathTemplate: '/contacts/{id}', intent: 'update' },
  checkWhatsApp: {
    name: 'checkWhatsApp',
    method: 'GET',
    pathTemplate: '/contacts/{id}/validate-whatsapp',
    intent: 'read',
  },
} as const satisfies Record<string, Operation>;
