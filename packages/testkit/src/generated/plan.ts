// Generated from openapi/cbb-plan.yaml by scripts/generate-contracts.ts. Do not edit.
import type { OpenApiModel } from '../openapi/model.ts';

export const planModel: OpenApiModel = {
 "id": "cbb:plan",
 "operations": [
  {
   "operationId": "createContact",
   "method": "POST",
   "pathTemplate": "/contacts",
   "parameters": [],
   "requestBody": {
    "required": true,
    "content": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/NewContact"
     }
    }
   },
   "answers": {
    "200": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/Contact"
     }
    },
    "201": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/Contact"
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "409": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "422": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "429": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "500": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "502": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "503": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "504": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    }
   }
  },
  {
   "operationId": "findContact",
   "method": "GET",
   "pathTemplate": "/contacts/{id}",
   "parameters": [
    {
     "name": "id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:plan#/$defs/PhoneDigits"
     }
    }
   ],
   "requestBody": null,
   "answers": {
    "200": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/Contact"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "404": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "429": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "500": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "502": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "503": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "504": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    }
   }
  },
  {
   "operationId": "updateContact",
   "method": "PATCH",
   "pathTemplate": "/contacts/{id}",
   "parameters": [
    {
     "name": "id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:plan#/$defs/PhoneDigits"
     }
    }
   ],
   "requestBody": {
    "required": true,
    "content": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ContactUpdate"
     }
    }
   },
   "answers": {
    "200": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/Contact"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "404": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "429": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "500": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "502": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "503": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "504": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    }
   }
  },
  {
   "operationId": "checkWhatsApp",
   "method": "GET",
   "pathTemplate": "/contacts/{id}/validate-whatsapp",
   "parameters": [
    {
     "name": "id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:plan#/$defs/PhoneDigits"
     }
    }
   ],
   "requestBody": null,
   "answers": {
    "200": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/WhatsAppCheck"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "404": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "429": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "500": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "502": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "503": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    },
    "504": {
     "application/json": {
      "$ref": "cbb:plan#/$defs/ErrorBody"
     },
     "text/plain": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     },
     "text/html": {
      "$ref": "cbb:plan#/$defs/ErrorPage"
     }
    }
   }
  }
 ],
 "schemas": {
  "PhoneDigits": {
   "type": "string",
   "pattern": "^[0-9]{1,20}$"
  },
  "Contact": {
   "type": "object",
   "required": [
    "id",
    "phone",
    "customFields"
   ],
   "properties": {
    "id": {
     "type": "string"
    },
    "phone": {
     "type": "string"
    },
    "name": {
     "type": [
      "string",
      "null"
     ]
    },
    "email": {
     "type": [
      "string",
      "null"
     ]
    },
    "hasWhatsApp": {
     "type": "boolean"
    },
    "customFields": {
     "type": "object",
     "additionalProperties": {
      "$ref": "cbb:plan#/$defs/NullableFieldValue"
     }
    },
    "createdAt": {
     "type": "string",
     "format": "date-time"
    },
    "updatedAt": {
     "type": "string",
     "format": "date-time"
    }
   }
  },
  "NewContact": {
   "type": "object",
   "required": [
    "id",
    "phone",
    "customFields"
   ],
   "additionalProperties": false,
   "properties": {
    "id": {
     "$ref": "cbb:plan#/$defs/PhoneDigits"
    },
    "phone": {
     "$ref": "cbb:plan#/$defs/PhoneDigits"
    },
    "name": {
     "type": "string"
    },
    "email": {
     "type": "string"
    },
    "customFields": {
     "type": "object",
     "additionalProperties": {
      "$ref": "cbb:plan#/$defs/FieldValue"
     }
    }
   }
  },
  "ContactUpdate": {
   "type": "object",
   "required": [
    "customFields"
   ],
   "additionalProperties": false,
   "properties": {
    "customFields": {
     "type": "object",
     "additionalProperties": {
      "$ref": "cbb:plan#/$defs/NullableFieldValue"
     }
    }
   }
  },
  "FieldValue": {
   "type": [
    "string",
    "number",
    "boolean"
   ]
  },
  "NullableFieldValue": {
   "type": [
    "string",
    "number",
    "boolean",
    "null"
   ]
  },
  "WhatsAppCheck": {
   "type": "object",
   "required": [
    "hasWhatsApp"
   ],
   "properties": {
    "hasWhatsApp": {
     "type": "boolean"
    }
   }
  },
  "ErrorText": {
   "oneOf": [
    {
     "type": "string"
    },
    {
     "type": "object",
     "required": [
      "message"
     ],
     "properties": {
      "code": {
       "type": [
        "string",
        "integer"
       ]
      },
      "message": {
       "type": "string"
      }
     }
    }
   ]
  },
  "ErrorBody": {
   "oneOf": [
    {
     "type": "object",
     "required": [
      "error"
     ],
     "properties": {
      "error": {
       "$ref": "cbb:plan#/$defs/ErrorText"
      }
     }
    },
    {
     "type": "object",
     "required": [
      "message"
     ],
     "properties": {
      "message": {
       "$ref": "cbb:plan#/$defs/ErrorText"
      }
     },
     "not": {
      "required": [
       "error"
      ],
      "properties": {
       "error": {}
      }
     }
    }
   ]
  },
  "ErrorPage": {
   "type": "string"
  }
 }
};
