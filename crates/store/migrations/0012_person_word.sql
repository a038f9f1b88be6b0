-- Derived: each word of a person's name, and their e-mail address, in small letters, for finding people by how a name
-- begins. Empty once the person is erased.
CREATE TABLE person_word (
    word {text} NOT NULL,
    person {text} NOT NULL,
    PRIMARY KEY (word, person)
) {keyed};
CREATE INDEX person_word_by_person ON person_word (person);
