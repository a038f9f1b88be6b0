-- Working: fingerprints of longer paragraphs, to show where work is like other work. Filled when a version is saved.
CREATE TABLE paragraph_print (
    evidence {text} NOT NULL,
    version {int} NOT NULL,
    -- the paragraph's number in the piece, from 1
    number {int} NOT NULL,
    -- of its words alone, so that spacing, capitals and punctuation do not matter
    print {text} NOT NULL,
    PRIMARY KEY (evidence, version, number)
) {strict};
CREATE INDEX paragraph_print_by_print ON paragraph_print (print);
