-- Derived: where the status of a certificate's digital credentials stands, for whoever reads the published lists.
CREATE TABLE certificate_status (
    certificate {text} PRIMARY KEY,
    -- how many certificates were issued before it
    earlier {int} NOT NULL,
    -- number of the list, from 1, and the place in it, from 0
    list {int} NOT NULL,
    place {int} NOT NULL,
    -- 1 once the certificate is not in force any more
    ended {int} NOT NULL
) {strict};
CREATE UNIQUE INDEX certificate_status_by_place ON certificate_status (list, place);
CREATE INDEX certificate_status_in_order ON certificate_status (earlier);
CREATE INDEX certificate_status_ended ON certificate_status (list, place) WHERE ended = 1;
