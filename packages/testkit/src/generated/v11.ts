// Generated from openapi/cbb-v1.1.yaml by scripts/generate-contracts.ts. Do not edit.
import type { OpenApiModel } from '../openapi/model.ts';

export const v11Model: OpenApiModel = {
 "id": "cbb:v1.1",
 "operations": [
  {
   "operationId": "getAccount",
   "method": "GET",
   "pathTemplate": "/accounts/me",
   "parameters": [],
   "requestBody": null,
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "$ref": "cbb:v1.1#/$defs/Account"
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "listCustomFields",
   "method": "GET",
   "pathTemplate": "/accounts/custom_fields",
   "parameters": [],
   "requestBody": null,
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "type": "array",
        "items": {
         "$ref": "cbb:v1.1#/$defs/CustomField"
        }
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "createCustomField",
   "method": "POST",
   "pathTemplate": "/accounts/custom_fields",
   "parameters": [],
   "requestBody": {
    "required": true,
    "content": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/NewCustomField"
     }
    }
   },
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "$ref": "cbb:v1.1#/$defs/Created"
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "getCustomFieldByName",
   "method": "GET",
   "pathTemplate": "/accounts/custom_fields/name/{name}",
   "parameters": [
    {
     "name": "name",
     "in": "path",
     "required": true,
     "schema": {
      "type": "string",
      "minLength": 1
     }
    }
   ],
   "requestBody": null,
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "$ref": "cbb:v1.1#/$defs/CustomField"
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "404": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "listTags",
   "method": "GET",
   "pathTemplate": "/accounts/tags",
   "parameters": [],
   "requestBody": null,
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "type": "array",
        "items": {
         "$ref": "cbb:v1.1#/$defs/Tag"
        }
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "createTag",
   "method": "POST",
   "pathTemplate": "/accounts/tags",
   "parameters": [],
   "requestBody": {
    "required": true,
    "content": {
     "application/x-www-form-urlencoded": {
      "type": "object",
      "required": [
       "name"
      ],
      "properties": {
       "name": {
        "type": "string",
        "minLength": 1
       }
      }
     }
    }
   },
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "$ref": "cbb:v1.1#/$defs/Created"
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "listFlows",
   "method": "GET",
   "pathTemplate": "/accounts/flows",
   "parameters": [],
   "requestBody": null,
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "type": "array",
        "items": {
         "$ref": "cbb:v1.1#/$defs/Flow"
        }
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "createContact",
   "method": "POST",
   "pathTemplate": "/contacts",
   "parameters": [],
   "requestBody": {
    "required": true,
    "content": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/NewContact"
     }
    }
   },
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "$ref": "cbb:v1.1#/$defs/ContactCreated"
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "findContactsByCustomField",
   "method": "GET",
   "pathTemplate": "/contacts/find_by_custom_field",
   "parameters": [
    {
     "name": "field_id",
     "in": "query",
     "required": true,
     "schema": {
      "type": "string",
      "minLength": 1
     }
    },
    {
     "name": "value",
     "in": "query",
     "required": true,
     "schema": {
      "type": "string"
     }
    }
   ],
   "requestBody": null,
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "$ref": "cbb:v1.1#/$defs/ContactList"
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "getContact",
   "method": "GET",
   "pathTemplate": "/contacts/{contact_id}",
   "parameters": [
    {
     "name": "contact_id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:v1.1#/$defs/Id"
     }
    }
   ],
   "requestBody": null,
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "$ref": "cbb:v1.1#/$defs/Contact"
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "404": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "listContactCustomFields",
   "method": "GET",
   "pathTemplate": "/contacts/{contact_id}/custom_fields",
   "parameters": [
    {
     "name": "contact_id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:v1.1#/$defs/Id"
     }
    }
   ],
   "requestBody": null,
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "$ref": "cbb:v1.1#/$defs/FieldValueList"
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "404": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "getContactCustomField",
   "method": "GET",
   "pathTemplate": "/contacts/{contact_id}/custom_fields/{field_id}",
   "parameters": [
    {
     "name": "contact_id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:v1.1#/$defs/Id"
     }
    },
    {
     "name": "field_id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:v1.1#/$defs/Id"
     }
    }
   ],
   "requestBody": null,
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "$ref": "cbb:v1.1#/$defs/FieldValueList"
       },
       {
        "$ref": "cbb:v1.1#/$defs/FieldValue"
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "404": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "setContactCustomField",
   "method": "POST",
   "pathTemplate": "/contacts/{contact_id}/custom_fields/{field_id}",
   "parameters": [
    {
     "name": "contact_id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:v1.1#/$defs/Id"
     }
    },
    {
     "name": "field_id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:v1.1#/$defs/Id"
     }
    }
   ],
   "requestBody": {
    "required": true,
    "content": {
     "application/x-www-form-urlencoded": {
      "type": "object",
      "required": [
       "value"
      ],
      "properties": {
       "value": {
        "type": "string"
       }
      }
     }
    }
   },
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "$ref": "cbb:v1.1#/$defs/Success"
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "404": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "clearContactCustomField",
   "method": "DELETE",
   "pathTemplate": "/contacts/{contact_id}/custom_fields/{field_id}",
   "parameters": [
    {
     "name": "contact_id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:v1.1#/$defs/Id"
     }
    },
    {
     "name": "field_id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:v1.1#/$defs/Id"
     }
    }
   ],
   "requestBody": null,
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "$ref": "cbb:v1.1#/$defs/Success"
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "404": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "addContactTag",
   "method": "POST",
   "pathTemplate": "/contacts/{contact_id}/tags/{tag_id}",
   "parameters": [
    {
     "name": "contact_id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:v1.1#/$defs/Id"
     }
    },
    {
     "name": "tag_id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:v1.1#/$defs/Id"
     }
    }
   ],
   "requestBody": {
    "required": true,
    "content": {
     "application/json": {
      "type": "object",
      "maxProperties": 0
     }
    }
   },
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "$ref": "cbb:v1.1#/$defs/Success"
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "404": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "411": {
     "text/html": {
      "type": "string"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "removeContactTag",
   "method": "DELETE",
   "pathTemplate": "/contacts/{contact_id}/tags/{tag_id}",
   "parameters": [
    {
     "name": "contact_id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:v1.1#/$defs/Id"
     }
    },
    {
     "name": "tag_id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:v1.1#/$defs/Id"
     }
    }
   ],
   "requestBody": null,
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "$ref": "cbb:v1.1#/$defs/Success"
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "404": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "sendContent",
   "method": "POST",
   "pathTemplate": "/contacts/{contact_id}/send_content",
   "parameters": [
    {
     "name": "contact_id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:v1.1#/$defs/Id"
     }
    }
   ],
   "requestBody": {
    "required": true,
    "content": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Content"
     }
    }
   },
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "$ref": "cbb:v1.1#/$defs/Success"
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "404": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "sendFlow",
   "method": "POST",
   "pathTemplate": "/contacts/{contact_id}/send/{flow_id}",
   "parameters": [
    {
     "name": "contact_id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:v1.1#/$defs/Id"
     }
    },
    {
     "name": "flow_id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:v1.1#/$defs/Id"
     }
    }
   ],
   "requestBody": {
    "required": true,
    "content": {
     "application/json": {
      "type": "object",
      "maxProperties": 0
     }
    }
   },
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "$ref": "cbb:v1.1#/$defs/Success"
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "404": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "411": {
     "text/html": {
      "type": "string"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "sendText",
   "method": "POST",
   "pathTemplate": "/contacts/{contact_id}/send/text",
   "parameters": [
    {
     "name": "contact_id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:v1.1#/$defs/Id"
     }
    }
   ],
   "requestBody": {
    "required": true,
    "content": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/TextMessage"
     }
    }
   },
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "$ref": "cbb:v1.1#/$defs/Success"
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "404": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  },
  {
   "operationId": "sendFile",
   "method": "POST",
   "pathTemplate": "/contacts/{contact_id}/send/file",
   "parameters": [
    {
     "name": "contact_id",
     "in": "path",
     "required": true,
     "schema": {
      "$ref": "cbb:v1.1#/$defs/Id"
     }
    }
   ],
   "requestBody": {
    "required": true,
    "content": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/FileMessage"
     }
    }
   },
   "answers": {
    "200": {
     "application/json": {
      "anyOf": [
       {
        "$ref": "cbb:v1.1#/$defs/Success"
       },
       {
        "$ref": "cbb:v1.1#/$defs/Rejection"
       }
      ]
     }
    },
    "400": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "401": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "404": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    },
    "default": {
     "application/json": {
      "$ref": "cbb:v1.1#/$defs/Rejection"
     }
    }
   }
  }
 ],
 "schemas": {
  "Id": {
   "type": "string",
   "minLength": 1
  },
  "Account": {
   "type": "object",
   "required": [
    "page_id"
   ],
   "properties": {
    "page_id": {
     "$ref": "cbb:v1.1#/$defs/Id"
    },
    "name": {
     "type": "string"
    },
    "active": {
     "type": [
      "boolean",
      "integer",
      "string"
     ]
    },
    "created": {
     "type": [
      "string",
      "integer"
     ]
    },
    "total_users": {
     "type": "integer"
    }
   }
  },
  "FieldType": {
   "type": "integer",
   "minimum": 0,
   "maximum": 7
  },
  "CustomField": {
   "type": "object",
   "required": [
    "id",
    "name",
    "type"
   ],
   "properties": {
    "id": {
     "$ref": "cbb:v1.1#/$defs/Id"
    },
    "name": {
     "type": "string"
    },
    "type": {
     "$ref": "cbb:v1.1#/$defs/FieldType"
    },
    "description": {
     "type": [
      "string",
      "null"
     ]
    },
    "options": {
     "type": "array",
     "items": {
      "type": "string"
     }
    }
   }
  },
  "NewCustomField": {
   "type": "object",
   "required": [
    "name",
    "type"
   ],
   "properties": {
    "name": {
     "type": "string",
     "minLength": 1
    },
    "type": {
     "$ref": "cbb:v1.1#/$defs/FieldType"
    }
   }
  },
  "Created": {
   "type": "object",
   "required": [
    "id"
   ],
   "properties": {
    "id": {
     "$ref": "cbb:v1.1#/$defs/Id"
    },
    "name": {
     "type": "string"
    }
   }
  },
  "Tag": {
   "type": "object",
   "required": [
    "id",
    "name"
   ],
   "properties": {
    "id": {
     "$ref": "cbb:v1.1#/$defs/Id"
    },
    "name": {
     "type": "string"
    }
   }
  },
  "Flow": {
   "type": "object",
   "required": [
    "id",
    "name"
   ],
   "properties": {
    "id": {
     "$ref": "cbb:v1.1#/$defs/Id"
    },
    "name": {
     "type": "string"
    }
   }
  },
  "FieldValue": {
   "type": "object",
   "required": [
    "id",
    "name",
    "value"
   ],
   "properties": {
    "id": {
     "$ref": "cbb:v1.1#/$defs/Id"
    },
    "name": {
     "type": "string"
    },
    "type": {
     "$ref": "cbb:v1.1#/$defs/FieldType"
    },
    "value": {
     "type": [
      "string",
      "number",
      "boolean",
      "array",
      "null"
     ],
     "items": {
      "type": "string"
     }
    }
   }
  },
  "FieldValueList": {
   "type": "array",
   "items": {
    "$ref": "cbb:v1.1#/$defs/FieldValue"
   }
  },
  "Contact": {
   "type": "object",
   "required": [
    "id"
   ],
   "properties": {
    "id": {
     "$ref": "cbb:v1.1#/$defs/Id"
    },
    "page_id": {
     "$ref": "cbb:v1.1#/$defs/Id"
    },
    "phone": {
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
    "full_name": {
     "type": [
      "string",
      "null"
     ]
    },
    "first_name": {
     "type": [
      "string",
      "null"
     ]
    },
    "last_name": {
     "type": [
      "string",
      "null"
     ]
    },
    "channel": {
     "type": [
      "integer",
      "null"
     ]
    },
    "profile_pic": {
     "type": [
      "string",
      "null"
     ]
    },
    "locale": {
     "type": [
      "string",
      "null"
     ]
    },
    "gender": {
     "type": [
      "integer",
      "null"
     ],
     "enum": [
      0,
      1,
      2,
      null
     ]
    },
    "timezone": {
     "type": [
      "number",
      "string",
      "null"
     ]
    },
    "last_sent": {
     "$ref": "cbb:v1.1#/$defs/UnixMilliseconds"
    },
    "last_delivered": {
     "$ref": "cbb:v1.1#/$defs/UnixMilliseconds"
    },
    "last_seen": {
     "$ref": "cbb:v1.1#/$defs/UnixMilliseconds"
    },
    "last_interaction": {
     "$ref": "cbb:v1.1#/$defs/UnixMilliseconds"
    },
    "subscribed_date": {
     "type": [
      "string",
      "null"
     ]
    },
    "subscribed": {
     "type": [
      "integer",
      "boolean",
      "null"
     ]
    },
    "tags": {
     "type": "array",
     "items": {
      "$ref": "cbb:v1.1#/$defs/Tag"
     }
    },
    "custom_fields": {
     "type": "array",
     "items": {
      "$ref": "cbb:v1.1#/$defs/FieldValue"
     }
    }
   }
  },
  "UnixMilliseconds": {
   "type": [
    "integer",
    "null"
   ]
  },
  "NewContact": {
   "type": "object",
   "required": [
    "phone"
   ],
   "properties": {
    "phone": {
     "type": "string",
     "pattern": "^[0-9]{1,20}$"
    },
    "email": {
     "type": "string"
    },
    "first_name": {
     "type": "string"
    },
    "last_name": {
     "type": "string"
    },
    "gender": {
     "type": "string",
     "enum": [
      "male",
      "female"
     ]
    },
    "actions": {
     "type": "array",
     "items": {
      "$ref": "cbb:v1.1#/$defs/Action"
     }
    }
   }
  },
  "ContactCreated": {
   "type": "object",
   "required": [
    "success",
    "data"
   ],
   "properties": {
    "success": {
     "const": true
    },
    "data": {
     "$ref": "cbb:v1.1#/$defs/Contact"
    }
   }
  },
  "ContactList": {
   "type": "object",
   "required": [
    "data"
   ],
   "properties": {
    "data": {
     "type": "array",
     "maxItems": 100,
     "items": {
      "$ref": "cbb:v1.1#/$defs/Contact"
     }
    }
   }
  },
  "Action": {
   "oneOf": [
    {
     "$ref": "cbb:v1.1#/$defs/SetFieldValue"
    },
    {
     "$ref": "cbb:v1.1#/$defs/AddTag"
    },
    {
     "$ref": "cbb:v1.1#/$defs/StartFlow"
    }
   ]
  },
  "SetFieldValue": {
   "type": "object",
   "required": [
    "action",
    "field_name",
    "value"
   ],
   "properties": {
    "action": {
     "const": "set_field_value",
     "type": "string"
    },
    "field_name": {
     "type": "string",
     "minLength": 1
    },
    "value": {
     "type": "string"
    }
   }
  },
  "AddTag": {
   "type": "object",
   "required": [
    "action",
    "tag_name"
   ],
   "properties": {
    "action": {
     "const": "add_tag",
     "type": "string"
    },
    "tag_name": {
     "type": "string",
     "minLength": 1
    }
   }
  },
  "StartFlow": {
   "type": "object",
   "required": [
    "action",
    "flow_id"
   ],
   "properties": {
    "action": {
     "const": "send_flow",
     "type": "string"
    },
    "flow_id": {
     "$ref": "cbb:v1.1#/$defs/Id"
    }
   }
  },
  "Content": {
   "type": "object",
   "required": [
    "messages",
    "actions"
   ],
   "properties": {
    "messages": {
     "type": "array",
     "items": {
      "type": "object",
      "additionalProperties": true
     }
    },
    "actions": {
     "type": "array",
     "items": {
      "$ref": "cbb:v1.1#/$defs/Action"
     }
    },
    "channel": {
     "$ref": "cbb:v1.1#/$defs/Channel"
    }
   }
  },
  "TextMessage": {
   "type": "object",
   "required": [
    "text"
   ],
   "properties": {
    "text": {
     "type": "string",
     "minLength": 1
    },
    "channel": {
     "$ref": "cbb:v1.1#/$defs/Channel"
    }
   }
  },
  "FileMessage": {
   "type": "object",
   "required": [
    "url"
   ],
   "properties": {
    "url": {
     "type": "string",
     "format": "uri"
    },
    "type": {
     "type": "string",
     "enum": [
      "image",
      "video",
      "audio",
      "file"
     ]
    },
    "channel": {
     "$ref": "cbb:v1.1#/$defs/Channel"
    }
   }
  },
  "Channel": {
   "type": "string"
  },
  "Success": {
   "type": "object",
   "required": [
    "success"
   ],
   "properties": {
    "success": {
     "const": true,
     "type": "boolean"
    }
   }
  },
  "Rejection": {
   "type": "object",
   "properties": {
    "success": {
     "const": false,
     "type": "boolean"
    },
    "error": {
     "anyOf": [
      {
       "type": "string"
      },
      {
       "type": "object",
       "properties": {
        "code": {
         "type": [
          "integer",
          "string"
         ]
        },
        "message": {
         "type": "string"
        }
       }
      }
     ]
    },
    "message": {
     "type": "string"
    }
   },
   "anyOf": [
    {
     "required": [
      "success"
     ]
    },
    {
     "required": [
      "error"
     ]
    },
    {
     "required": [
      "message"
     ]
    }
   ]
  }
 }
};
