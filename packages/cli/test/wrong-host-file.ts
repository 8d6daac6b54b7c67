export default { mapping: {}, tables: {} };
