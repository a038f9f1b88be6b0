-- Finding a learner among very many, and what is still open on a registration.

-- Words by which a registration is found: names, number, code; in small letters.
CREATE TABLE registration_word (
    centre {text} NOT NULL,
    word {text} NOT NULL,
    registration {text} NOT NULL,
    PRIMARY KEY (centre, word, registration)
) {keyed};
CREATE INDEX registration_word_by_word ON registration_word (word, registration);
CREATE INDEX registration_word_by_registration ON registration_word (registration, word);

-- What somebody still has to do on an active registration.
CREATE TABLE registration_open (
    registration {text} NOT NULL,
    -- identity, advice, plan, assessor
    what {text} NOT NULL,
    -- for assessor: the unit without one; else empty
    unit {text} NOT NULL,
    centre {text} NOT NULL,
    since {text} NOT NULL,
    PRIMARY KEY (registration, what, unit)
) {keyed};
CREATE INDEX registration_open_by_centre ON registration_open (centre, what, since);

CREATE INDEX registration_by_centre_number ON registration (centre, number);
CREATE INDEX registration_by_uln ON registration (uln);
CREATE INDEX registration_by_end ON registration (state, ends_on);
CREATE INDEX registration_by_qualification ON registration (specification, qualification, state, centre, number);
CREATE INDEX person_by_birth ON person (born_on, family);
CREATE INDEX plan_by_review ON plan (current, review_on);
CREATE INDEX message_by_recipient ON message (recipient, sent_at);
