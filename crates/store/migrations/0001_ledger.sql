-- The ledger: every fact that was ever recorded, in one order, with its Merkle tree (RFC 9162). Rows are added and never
-- changed. Sequence counts from 0. Level 0 of the tree is entry.leaf_hash.
CREATE TABLE entry (
    sequence {int} NOT NULL PRIMARY KEY,
    bytes {bytes} NOT NULL,
    leaf_hash {bytes} NOT NULL
) {strict};

CREATE TABLE tree_node (
    level {int} NOT NULL,
    position {int} NOT NULL,
    hash {bytes} NOT NULL,
    PRIMARY KEY (level, position)
) {keyed};
