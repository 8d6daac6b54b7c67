'use strict';

// Of its own, because an old Node cannot even read an import().
import('../dist/bin.js');
