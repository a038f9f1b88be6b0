-- Derived: orders that the awarding body assesses a unit, and how far each is.
CREATE TABLE external_order (
    id {text} PRIMARY KEY,
    registration {text} NOT NULL,
    unit {text} NOT NULL,
    centre {text} NOT NULL,
    -- ordered, sent, received, marked, result, withdrawn
    state {text} NOT NULL,
    -- place in lists: 0 with the awarding body, 1 sent, 2 ordered, 3 result, 4 withdrawn; then by this text, a day and an instant
    place {int} NOT NULL,
    sorted_by {text} NOT NULL,
    ordered_at {text} NOT NULL,
    ordered_on {text} NOT NULL,
    ordered_by {text},
    -- the last hand-in of the unit
    hand_in {text},
    -- the hand-in received last, and when its result is due
    submission {text},
    revision {int},
    received_at {text},
    received_on {text},
    received_by {text},
    due_on {text},
    -- the external assessor
    assessor {text},
    withdrawn_at {text},
    withdrawn_by {text}
) {strict};
CREATE INDEX external_order_by_unit ON external_order (registration, unit);
CREATE INDEX external_order_by_hand_in ON external_order (hand_in, withdrawn_at);
CREATE INDEX external_order_by_place ON external_order (place, sorted_by, id);
CREATE INDEX external_order_by_centre ON external_order (centre, place, sorted_by, id);
CREATE INDEX external_order_by_assessor ON external_order (assessor, place, sorted_by, id);

-- The order under which an external assessor judged for the awarding body.
ALTER TABLE judgement ADD COLUMN external_order {text};
